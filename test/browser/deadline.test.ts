import { expect, test } from 'vitest';
import { unlessAborted } from '../../src/async/unless-aborted.ts';

/** Like a promise of puppeteer's whose answer went away with the browser. */
const never = (): Promise<never> => new Promise(() => undefined);

test('a call that would never end ends some time after it is aborted, with the reason', async () => {
  const controller = new AbortController();
  const waiting = expect(unlessAborted(controller.signal, never, 50)).rejects.toThrow('enough');
  controller.abort(new Error('enough'));
  await waiting;
  await expect(unlessAborted(controller.signal, never, 50)).rejects.toThrow('enough');
});
