import { describe, expect, test } from 'vitest';
import { PageLostError } from '../../src/browser/deadline.ts';
import { DeckError, diagnostic, type Outcome } from '../../src/model/diagnostics.ts';
import { DeckhandError, EXIT } from '../../src/model/errors.ts';
import type { Artifact } from '../../src/model/model.ts';
import type { OutputKind } from '../../src/model/output-kinds.ts';
import { makeOutputs } from '../../src/pipeline/make-outputs.ts';
import { OUTPUTS } from '../../src/pipeline/outputs/index.ts';
import { layout } from '../support/sample.ts';

const LAYOUT = layout();
const LAYOUTS = new Map(OUTPUTS.map((output) => [output, LAYOUT]));
const made = (kind: OutputKind): Outcome<readonly Artifact[]> => ({
  value: [{ kind, file: `${kind}.pdf`, bytes: Buffer.from(kind), key: 'k' }],
  diagnostics: [],
});

type Make = (kind: OutputKind, attempt: number) => Outcome<readonly Artifact[]> | undefined;

/** Makes every kind with `make`. Gives the status of each, all diagnostics, and the order of the attempts. */
async function outcome(make: Make, signal?: AbortSignal, isAlone = true) {
  const attempts: OutputKind[] = [];
  let secondTries = 0;
  const all = await makeOutputs(
    LAYOUTS,
    { path: 'a.md', strict: false, isAlone },
    {
      make: async ({ kind }) => {
        attempts.push(kind);
        return make(kind, attempts.filter((one) => one === kind).length);
      },
      onSecondTry: () => {
        secondTries += 1;
      },
      signal,
    },
  );
  const statuses = Object.fromEntries([...all.values()].map(({ kind, status }) => [kind, status]));
  return {
    statuses,
    diagnostics: [...all.values()].flatMap((one) => one.diagnostics),
    attempts,
    secondTries,
  };
}

const unless = (bad: OutputKind, trouble: () => unknown): Make => {
  return (kind) => {
    if (kind === bad) throw trouble();
    return made(kind);
  };
};
const COMPLETE = { slides: 'complete', handout: 'complete', cheatsheet: 'complete', images: 'complete' };

describe('an output that throws', () => {
  test('fails alone, with its stack', async () => {
    const { statuses, diagnostics } = await outcome(unless('handout', () => new TypeError('unforeseen')));
    expect(statuses).toEqual({ ...COMPLETE, handout: 'failed' });
    expect(diagnostics).toMatchObject([{ code: 'OUTPUT_FAILED', severity: 'error', output: 'handout' }]);
    expect(diagnostics[0]?.message).toMatch(/^TypeError: unforeseen\n {4}at /);
  });

  test('for a foreseen reason fails with that', async () => {
    const trouble = diagnostic('SLIDE_IMAGE_TOO_LARGE', 'too large', { deck: 'a.md' });
    const { statuses, diagnostics } = await outcome(unless('images', () => new DeckError(trouble)));
    expect(statuses).toEqual({ ...COMPLETE, images: 'failed' });
    expect(diagnostics).toEqual([{ ...trouble, output: 'images' }]);
  });

  test('what ends the run ends it', async () => {
    const error = new DeckhandError('BROWSER_NOT_FOUND', EXIT.environment, 'no browser');
    await expect(outcome(unless('handout', () => error))).rejects.toBe(error);
  });

  test('since the run was aborted rejects with the reason', async () => {
    const controller = new AbortController();
    const making = outcome((kind) => {
      controller.abort(new Error('enough'));
      throw new Error(`no ${kind}`);
    }, controller.signal);
    await expect(making).rejects.toThrow('enough');
  });
});

describe('outputs that lose their page', () => {
  test('leave it to the run to try the deck again, as long as others are being built', async () => {
    const lost = new PageLostError('the browser closed unexpectedly');
    await expect(
      outcome(
        unless('handout', () => lost),
        undefined,
        false,
      ),
    ).rejects.toBe(lost);
  });

  test('all at once have another try each, one by one, and only the one to blame fails', async () => {
    const { statuses, diagnostics, attempts } = await outcome((kind, attempt) => {
      if (kind === 'handout' || attempt === 1) throw new PageLostError('the page crashed');
      return made(kind);
    });
    expect(statuses).toEqual({ ...COMPLETE, handout: 'failed' });
    expect(diagnostics).toMatchObject([{ code: 'BROWSER_CRASHED', output: 'handout' }]);
    expect(attempts).toEqual([...Object.keys(COMPLETE), ...Object.keys(COMPLETE)]);
  });

  test('since they took too long have had their time', async () => {
    const late = () => new PageLostError('no answer for 10 s', { loss: 'no-answer' });
    const { statuses, secondTries } = await outcome(unless('cheatsheet', late));
    expect([statuses, secondTries]).toEqual([{ ...COMPLETE, cheatsheet: 'failed' }, 0]);
  });
});

describe('an output that the deck has nothing for', () => {
  test('is empty where that is no error', async () => {
    const { statuses, diagnostics } = await outcome((kind) =>
      kind === 'cheatsheet' ? undefined : made(kind),
    );
    expect(statuses).toEqual({ ...COMPLETE, cheatsheet: 'empty' });
    expect(diagnostics).toMatchObject([{ code: 'CHEATSHEET_EMPTY', severity: 'warning' }]);
  });

  test('fails where that is an error', async () => {
    const { statuses, diagnostics } = await outcome((kind) => (kind === 'slides' ? undefined : made(kind)));
    expect(statuses).toEqual({ ...COMPLETE, slides: 'failed' });
    expect(diagnostics).toMatchObject([{ code: 'DECK_EMPTY', severity: 'error', output: 'slides' }]);
  });
});
