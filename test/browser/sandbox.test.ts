import { expect, test } from 'vitest';
import { sandboxDecision } from '../../src/browser/sandbox.ts';

test.each([
  ['a plain user', true, {}, 1000, { sandbox: true }],
  ['Windows', true, {}, undefined, { sandbox: true }],
  ['root', true, {}, 0, { sandbox: false, reason: 'running as root' }],
  ['--no-sandbox', false, {}, 1000, { sandbox: false, reason: '--no-sandbox' }],
  [
    'CHROME_NO_SANDBOX',
    true,
    { CHROME_NO_SANDBOX: '1' },
    1000,
    { sandbox: false, reason: 'CHROME_NO_SANDBOX is set' },
  ],
  ['an empty CHROME_NO_SANDBOX', true, { CHROME_NO_SANDBOX: '' }, 1000, { sandbox: true }],
] as const)('the sandbox with %s', (_case, requested, env, uid, decision) => {
  expect(sandboxDecision({ requested, env, uid })).toEqual(decision);
});
