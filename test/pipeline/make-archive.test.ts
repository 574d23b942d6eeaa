import { describe, expect, test } from 'vitest';
import { DeckError, diagnostic } from '../../src/model/diagnostics.ts';
import type { OutputKind } from '../../src/model/output-kinds.ts';
import type { MadeOutput } from '../../src/pipeline/assemble/output-status.ts';
import { makeArchive } from '../../src/pipeline/make-archive.ts';
import { OUTPUTS } from '../../src/pipeline/outputs/index.ts';

const ARCHIVE = { kind: 'archive', file: 'a.zip', bytes: Buffer.from('zip'), key: 'k' } as const;
const complete = (kind: OutputKind): MadeOutput => ({
  kind,
  status: 'complete',
  artifacts: [],
  diagnostics: [],
});
const incomplete = (kind: OutputKind, ...faultySlides: string[]): MadeOutput => ({
  ...{ kind, status: 'incomplete', artifacts: [], diagnostics: [] },
  faultySlides,
});
const failed = (kind: OutputKind): MadeOutput => ({ kind, status: 'failed', diagnostics: [] });

/** The archive of a deck whose outputs are complete, but for some. */
const archive = (
  others: readonly MadeOutput[],
  { strict = false, pack = async () => ({ value: ARCHIVE, diagnostics: [] }) } = {},
) => {
  const made = new Map(
    OUTPUTS.map((output) => [
      output,
      others.find(({ kind }) => kind === output.kind) ?? complete(output.kind),
    ]),
  );
  return makeArchive(made, { path: 'a.md', strict, isAlone: true }, { pack });
};

describe('an archive', () => {
  test('is complete where its PDFs are', async () => {
    expect(await archive([])).toMatchObject({ status: 'complete', artifacts: [ARCHIVE] });
  });

  test('is complete without what the deck has nothing for', async () => {
    const empty: MadeOutput = { kind: 'cheatsheet', status: 'empty', diagnostics: [] };
    expect(await archive([empty])).toMatchObject({ status: 'complete' });
  });

  test('does not mind slide images, which it does not hold', async () => {
    expect(await archive([failed('images')])).toMatchObject({ status: 'complete' });
  });

  test('is incomplete where one of its PDFs is, and names the slides', async () => {
    const some = [incomplete('slides', '2'), incomplete('handout', '2', '3')];
    expect(await archive(some)).toMatchObject({ status: 'incomplete', faultySlides: ['2', '3'] });
  });

  test('is incomplete where one of its PDFs could not be made', async () => {
    expect(await archive([failed('handout')])).toMatchObject({ status: 'incomplete', artifacts: [ARCHIVE] });
  });

  test('that is incomplete is withheld with --strict', async () => {
    const made = await archive([failed('handout')], { strict: true });
    expect(made).toMatchObject({ status: 'withheld', reason: 'incomplete' });
  });

  test.each<[string, MadeOutput]>([
    ['failed', failed('slides')],
    [
      'withheld',
      { kind: 'slides', status: 'withheld', reason: 'unsound', faultySlides: [], diagnostics: [] },
    ],
  ])('is not made where the slides are %s, and says so', async (words, slides) => {
    const pack = () => Promise.reject(new Error('it is packed all the same'));
    expect(await archive([slides], { pack })).toMatchObject({
      status: 'failed',
      diagnostics: [{ code: 'ARCHIVE_NOT_MADE', output: 'archive', message: expect.stringContaining(words) }],
    });
  });

  test('that cannot be packed fails, and says why', async () => {
    const trouble = diagnostic('ARCHIVE_TOO_LARGE', 'too large', { deck: 'a.md' });
    const pack = () => Promise.reject(new DeckError(trouble));
    const diagnostics = [{ ...trouble, output: 'archive' }];
    expect(await archive([], { pack })).toEqual({ kind: 'archive', status: 'failed', diagnostics });
  });
});
