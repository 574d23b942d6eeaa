import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedMemo } from '../../src/async/bounded-memo.ts';
import { randomCases } from '../support/random-cases.ts';

describe('a memo that is bounded', () => {
  test('finds a thing once, and again when it was forgotten', async () => {
    const memo = boundedMemo<string>(10, (text) => text.length);
    const found: string[] = [];
    const ask = (key: string) =>
      memo.once(key, async () => {
        found.push(key);
        return key;
      });
    for (const key of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb']) await ask(key);
    expect(found).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  });

  test('keeps what weighs nothing, and what is still being looked for', async () => {
    const memo = boundedMemo<string>(0, (text) => (text === 'failed' ? 0 : text.length));
    let times = 0;
    const find = async () => {
      times += 1;
      return 'failed';
    };
    expect(await Promise.all([memo.once('a', find), memo.once('a', find)])).toEqual(['failed', 'failed']);
    await memo.once('a', find);
    expect(times).toBe(1);
  });

  test('keeps no more than it may, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 40 }), async (keys) => {
        const memo = boundedMemo<number>(100, () => 30);
        const times = new Map<number, number>();
        for (const key of keys)
          await memo.once(String(key), async () => {
            times.set(key, (times.get(key) ?? 0) + 1);
            return key;
          });
        // Three are kept: whoever of the last three is asked for again is found no second time.
        const last = [...new Set(keys.toReversed())].slice(0, 3);
        const before = new Map(times);
        for (const key of last)
          await memo.once(String(key), async () => {
            times.set(key, -1);
            return key;
          });
        expect(times).toEqual(before);
      }),
      randomCases(100, 2_000),
    );
  });
});
