import { describe, expect, test } from 'vitest';
import { imageLock, type LockEntry } from '../../src/images/lock.ts';
import type { FoundImage } from '../../src/images/source.ts';
import type { SitePath } from '../../src/model/paths.ts';
import { requestedUrl } from '../../src/pipeline/site/picture-url.ts';
import { planVendor } from '../../src/vendoring/plan.ts';
import type { Survey } from '../../src/vendoring/survey.ts';
import { sampleDeck } from '../support/sample.ts';
import { storedImageOf } from '../support/stored-image.ts';

const URL_A = requestedUrl('https://a.example/logo.png');

function found(sha = 'a', changes: { readonly archived?: boolean } = {}): FoundImage {
  const image = { ...storedImageOf(Buffer.from(sha), { widthPx: 3, heightPx: 4 }), sha256: sha.repeat(64) };
  const provenance = {
    fetchedUrl: URL_A,
    fetchedAt: '2026-01-31T12:00:00Z',
    archived: changes.archived ?? false,
  };
  return { ok: true, image, provenance };
}

const lost: FoundImage = { ok: false, failure: { code: 'IMAGE_TIMEOUT', message: 'late' } };

function survey(path: string, changes: Partial<Survey> = {}): Survey {
  const none = { remote: new Map(), damaged: new Set<string>(), files: new Set<string>(), diagnostics: [] };
  return { deck: sampleDeck('/p'), path: path as SitePath, ...none, ...changes };
}

const asks = (path: string, image: FoundImage = found()): Survey =>
  survey(path, { remote: new Map([[URL_A, image]]) });

const entry = (changes: Partial<LockEntry> = {}): LockEntry => ({
  url: URL_A,
  file: 'logo-aaaaaaaa.png',
  sha256: 'a'.repeat(64),
  type: 'image/png',
  bytes: 1,
  width: 3,
  height: 4,
  fetchedAt: '2025-05-05T05:05:05Z',
  fetchedFrom: URL_A,
  decks: ['a.md'],
  ...changes,
});

interface Asked {
  readonly update?: readonly string[];
  readonly gone?: readonly string[];
}

const plan = (surveys: readonly Survey[], entries: readonly LockEntry[], asked: Asked = {}) =>
  planVendor(surveys, imageLock('/p', entries), {
    update: asked.update ?? [],
    exists: (deck) => !asked.gone?.includes(deck),
  });

const statuses = (...args: Parameters<typeof plan>): string[] => plan(...args).map(({ status }) => status);

describe('an image', () => {
  test('that no lock has is added, with all that is known of it', () => {
    const one = found();
    expect(plan([asks('a.md', one)], [])).toEqual([
      {
        status: 'added',
        content: one.ok && one.image,
        entry: entry({ fetchedAt: '2026-01-31T12:00:00Z' }),
      },
    ]);
  });

  test('that is not available is not added', () => {
    expect(plan([asks('a.md', lost)], [])).toEqual([]);
  });

  test('that an archive gave says so', () => {
    expect(plan([asks('a.md', found('a', { archived: true }))], [])[0]?.entry.archived).toBe(true);
  });

  test('that is locked keeps its date', () => {
    expect(plan([asks('a.md')], [entry()])).toEqual([{ status: 'kept', entry: entry() }]);
  });

  test('of two decks is one file that names both', () => {
    expect(plan([asks('b.md'), asks('a.md')], []).map(({ entry: one }) => one.decks)).toEqual([
      ['a.md', 'b.md'],
    ]);
  });

  test('that changed is left alone unless its renewal is asked for', () => {
    expect(statuses([asks('a.md', found('b'))], [entry()])).toEqual(['kept']);
  });

  test.each([[[URL_A]], [['all']]])('that changed is renewed by --update %j', (update) => {
    const [one] = plan([asks('a.md', found('b'))], [entry()], { update });
    expect([one?.status, one?.entry.file]).toEqual(['updated', 'logo-bbbbbbbb.png']);
  });

  test('that did not change keeps its date when it is renewed', () => {
    expect(plan([asks('a.md')], [entry()], { update: ['all'] })).toEqual([
      { status: 'kept', entry: entry() },
    ]);
  });

  test('that is no longer available is kept when it is renewed', () => {
    expect(statuses([asks('a.md', lost)], [entry()], { update: ['all'] })).toEqual(['kept']);
  });

  test('whose file was damaged is written again', () => {
    const damaged = survey('a.md', { remote: new Map([[URL_A, found()]]), damaged: new Set([URL_A]) });
    expect(statuses([damaged], [entry()])).toEqual(['restored']);
  });

  test('that no deck asks for is unused', () => {
    expect(statuses([survey('a.md')], [entry()])).toEqual(['unused']);
  });

  test('that a deck names by its path is used', () => {
    expect(statuses([survey('a.md', { files: new Set(['logo-aaaaaaaa.png']) })], [entry()])).toEqual([
      'kept',
    ]);
  });

  test('that a deck used which was not looked at is used', () => {
    expect(statuses([survey('b.md')], [entry()])).toEqual(['kept']);
  });

  test('that was only used by a removed deck is unused', () => {
    expect(statuses([survey('b.md')], [entry()], { gone: ['a.md'] })).toEqual(['unused']);
  });
});

describe('the name of a vendored file', () => {
  test.each([
    ['https://a.example/img/My%20Logo%20(2).PNG?v=3', 'my-logo-2-aaaaaaaa.png'],
    ['https://a.example/', 'a-example-aaaaaaaa.png'],
    ['https://a.example/..%2f..%2fetc/passwd', 'passwd-aaaaaaaa.png'],
    ['https://a.example/%E2%82%AC.png', 'image-aaaaaaaa.png'],
    [`https://a.example/${'x'.repeat(300)}.png`, `${'x'.repeat(40)}-aaaaaaaa.png`],
  ])('for %s is %s', (url, file) => {
    const one = survey('a.md', { remote: new Map([[requestedUrl(url), found()]]) });
    expect(plan([one], [])[0]?.entry.file).toBe(file);
  });
});
