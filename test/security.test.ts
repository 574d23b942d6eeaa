import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('SECURITY.md', root), 'utf8');
const claims = text
  .split(/^- /m)
  .slice(1)
  .map((one) => one.split('\n\n')[0] ?? '');

test('SECURITY.md claims something', () => {
  expect(claims.length).toBeGreaterThan(15);
});

test.each(claims.map((claim) => [claim.split('\n')[0] ?? '', claim]))(
  'its claim has a test: %s',
  (_, claim) => {
    const [, name, path = ''] = /\[(test\/\S+)\]\((test\/\S+)\)\s*$/.exec(claim) ?? [];
    expect(path).toBe(name);
    expect(existsSync(fileURLToPath(new URL(path, root)))).toBe(true);
  },
);
