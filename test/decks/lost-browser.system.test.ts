import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';

import { type OnProgress, withSession } from '../../src/index.ts';

import { courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { killedWhile } from '../support/killed-while.ts';

const FINE = '# Fine\n\n---\n\n## Second\n';
const decks = { decks: ['variants/bad.md', 'variants/fine.md'], only: 'slides', jobs: 2 } as const;
/** Not the one that the tests of this worker share: it is to be killed, and to end with its build. */
const OWN_BROWSER = { session: undefined };

let earlier: readonly number[] = [];
beforeAll(() => {
  earlier = allBrowsers();
});

/** Browsers that this process started, by process id, but for those that other tests left open. */
function browsers(): number[] {
  return allBrowsers().filter((pid) => !earlier.includes(pid));
}

function allBrowsers(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const [, parent] = /\)\s\S\s(\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return (
          Number(parent) === process.pid &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--user-data-dir')
        );
      } catch {
        return false;
      }
    });
}

describe('a page that stops answering', () => {
  const course = courseBuiltOnce(
    { ...decks, timeout: 10 },
    {
      'variants/bad.md': '*a **a '.repeat(30_000),
      'variants/fine.md': FINE,
    },
    OWN_BROWSER,
  );

  test('fails its deck with the time it was given', () => {
    expect(course.deck('variants/bad.md')).toMatchObject({
      outputs: [],
      diagnostics: [{ code: 'BROWSER_CRASHED', severity: 'error', message: expect.stringContaining('10 s') }],
    });
    expect(course.report.exitCode).toBe(1);
  });

  test('hurts no other deck', async () => {
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });

  test('is gone when the build is done', () => {
    expect(browsers()).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a browser that is killed', () => {
  test('once costs nothing: the deck is built with another one', async () => {
    let killed = 0;
    const course = await courseBuiltNow(
      { ...decks, jobs: 1, decks: 'variants/fine.md' },
      { 'variants/fine.md': FINE },
      {
        ...OWN_BROWSER,
        onProgress: (event) => {
          if (event.type !== 'stage-started' || event.stage !== 'print' || killed > 0) return;
          for (const pid of browsers()) {
            process.kill(pid, 'SIGKILL');
            killed += 1;
          }
        },
      },
    );
    expect(killed).toBe(1);
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });

  test('every time fails the deck that was in it, and the next one is built', async () => {
    let isPrinting = false;
    const files = { 'variants/bad.md': FINE, 'variants/fine.md': FINE };
    const onProgress: OnProgress = (event) => {
      if (!('deck' in event) || event.deck !== 'variants/bad.md') return;
      isPrinting = event.type === 'stage-started' && event.stage === 'print';
    };
    const course = await withSession({}, (session) =>
      courseBuiltNow({ ...decks, jobs: 1 }, files, {
        session: killedWhile(() => isPrinting, session),
        onProgress,
      }),
    );
    expect(course.diagnostics('variants/bad.md', 'BROWSER_CRASHED')).toHaveLength(1);
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });
});

test('a build that is aborted rejects with the reason and leaves no browser', async () => {
  const controller = new AbortController();
  const course = courseBuiltNow(
    { ...decks, decks: 'variants/fine.md' },
    { 'variants/fine.md': FINE },
    {
      ...OWN_BROWSER,
      signal: controller.signal,
      onProgress: (event) => {
        if (event.type === 'stage-started' && event.stage === 'print') controller.abort(new Error('enough'));
      },
    },
  );
  await expect(course).rejects.toThrow('enough');
  expect(browsers()).toEqual([]);
});
