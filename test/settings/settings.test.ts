import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeckhandError } from '../../src/model/errors.ts';
import { isGiven } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import {
  type RawOptions,
  resolveOptions,
  resolveSettings,
  type Sources,
} from '../../src/settings/settings.ts';

const settings = (sources: Partial<Sources> = {}) => resolveSettings({ flags: {}, env: {}, ...sources });
const inFile = (values: RawOptions) => ({ config: { file: '/p/conf/deckhand.config.yaml', values } });

/** The refusal of some sources, as one text. */
function refusal(sources: Partial<Sources>): string {
  try {
    settings(sources);
    return 'none';
  } catch (error) {
    if (!(error instanceof DeckhandError)) throw error;
    return `${error.exitCode}: ${error.message} (${error.hint})`;
  }
}

describe('a setting', () => {
  test('comes from its flag before all else', () => {
    const sources = { flags: { paper: 'a3' }, env: { DECKHAND_PAPER: 'a5' }, ...inFile({ paper: 'legal' }) };
    expect(settings(sources).paper).toBe('a3');
  });

  test('comes from the environment before the file', () => {
    expect(settings({ env: { DECKHAND_PAPER: 'a5' }, ...inFile({ paper: 'legal' }) }).paper).toBe('a5');
  });

  test('comes from the file before its default', () => {
    expect(settings(inFile({ paper: 'legal' })).paper).toBe('legal');
  });

  test('has its default if it is not set', () => {
    expect(settings()).toMatchObject({
      decks: ['decks'],
      paper: 'a4',
      perPage: 6,
      sandbox: true,
      size: undefined,
    });
  });

  test('that is switched off by its flag stays off', () => {
    expect(settings({ flags: { sandbox: false }, env: { DECKHAND_SANDBOX: '1' } }).sandbox).toBe(false);
  });

  test('is left alone by an empty environment variable', () => {
    expect(settings({ env: { DECKHAND_PAPER: '', DECKHAND_JOBS: '', DECKHAND_OFFLINE: '' } })).toEqual(
      settings(),
    );
  });
});

describe('an environment variable', () => {
  test.each([
    ['DECKHAND_OFFLINE', 'TRUE', 'offline', true],
    ['DECKHAND_OFFLINE', 'on', 'offline', true],
    ['DECKHAND_SANDBOX', '0', 'sandbox', false],
    ['DECKHAND_SANDBOX', 'No', 'sandbox', false],
    ['DECKHAND_JOBS', ' 4 ', 'jobs', 4],
    ['DECKHAND_TIMEOUT', '1.5', 'timeout', 1.5],
    ['DECKHAND_DECKS', ' a.md\tb.md ', 'decks', ['a.md', 'b.md']],
    ['DECKHAND_ONLY', 'slides,handout', 'only', ['slides', 'handout']],
    ['DECKHAND_ONLY', 'slides, handout', 'only', ['slides', 'handout']],
    ['DECKHAND_SIZE', '1280X720', 'size', { widthPx: 1280, heightPx: 720 }],
  ] as const)('%s of %j makes %s %j', (variable, text, name, value) => {
    expect(settings({ env: { [variable]: text } })[name]).toEqual(value);
  });

  test.each([
    ['DECKHAND_OFFLINE', 'perhaps', 'perhaps'],
    ['DECKHAND_JOBS', 'many', 'many'],
    ['DECKHAND_JOBS', '2.5', '2.5'],
    ['DECKHAND_JOBS', ' ', ' '],
    ['DECKHAND_TIMEOUT', 'Infinity', 'DECKHAND_TIMEOUT'],
    ['DECKHAND_PER_PAGE', '5', '5'],
    ['DECKHAND_PAPER', 'a44', 'did you mean a4'],
  ])('%s of %j is refused by name', (variable, text, mention) => {
    const message = refusal({ env: { [variable]: text } });
    expect(message).toMatch(new RegExp(`^2: ${variable} must`));
    expect(message).toContain(mention);
  });
});

/** What YAML, JSON and programs can hold. zod itself stumbles over an object that says it has a strange length. */
const VALUE = fc.oneof(
  fc.jsonValue().filter((value) => !JSON.stringify(value).includes('length')),
  fc.constantFrom(undefined, Number.NaN, 10n, new Date(0), new Map(), Symbol('x'), Object.create(null)),
);

describe('a value', () => {
  test.each<[RawOptions, string]>([
    [
      { only: 'slides,handuot' },
      '--only must be slides, handout, cheatsheet, images or archive, not "slides,handuot" (did you mean handout?)',
    ],
    [
      { only: ['slides', 'cheatshet'] },
      '--only must be slides, handout, cheatsheet, images or archive, not "cheatshet" (did you mean cheatsheet?)',
    ],
    [{ only: '' }, '--only must not be empty'],
    [{ only: ',' }, '--only must not be empty'],
    [{ perPage: 5 }, '--per-page must be 1, 2, 3, 4, 6 or 9, not 5'],
    [{ size: '50x50' }, '--size must have sides between 100 and 10000 pixels'],
    [{ size: '1280' }, '--size must be WIDTHxHEIGHT in pixels'],
    [{ size: '1280x720x3' }, '--size must be WIDTHxHEIGHT in pixels'],
    [{ jobs: 0 }, '--jobs must be at least 1, not 0'],
    [{ jobs: 65 }, '--jobs must be at most 64, not 65'],
    [{ jobs: 1.5 }, '--jobs must be a whole number, not 1.5'],
    [{ output: '' }, '--output must not be empty'],
    [{ output: ['a', 'b'] }, '--output must be one string, not 2 values'],
    [{ output: false }, '--output must be one string, not false'],
    [{ output: { dir: 'x' } }, '--output must be one string, not {"dir":"x"}'],
    [
      { imageMirror: ['a=https://x', 'b'] },
      '--image-mirror must be FROM=TO, where TO is an http or https URL, not "b"',
    ],
    [{ imageMirror: 'a=ftp://x' }, '--image-mirror must be FROM=TO'],
    [{ decks: [] }, '--decks must not be empty'],
  ])('that cannot be in %j is refused in plain words', (flags, message) => {
    expect(refusal({ flags })).toContain(`2: ${message}`);
  });

  test('that holds itself is refused', () => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    expect(refusal(inFile({ paper: ring }))).toContain('2: paper in');
  });

  test.each([
    [{ jobs: '3' }, 'jobs', 3],
    [{ perPage: '9' }, 'perPage', 9],
    [{ timeout: '0.5e2' }, 'timeout', 50],
  ] as const)('in %j is a number though it is written as text', (flags, name, value) => {
    expect(settings({ flags })[name]).toBe(value);
  });

  test('that cannot be in a file is refused with the file', () => {
    expect(refusal(inFile({ paper: 'a9' }))).toContain('paper in /p/conf/deckhand.config.yaml must be');
  });

  test('is taken or refused and nothing worse, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPTION_ROWS.map(([name]) => name)), VALUE, (name, value) => {
        expect(refusal({ flags: { [name]: value } })).toMatch(/^(?:none$|2: )/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('in the environment is taken or refused and nothing worse, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...OPTION_ROWS.flatMap(([, row]) => row.env ?? [])),
        fc.string(),
        (variable, value) => {
          expect(refusal({ env: { [variable]: value } })).toMatch(/^(?:none$|2: )/);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('a config file', () => {
  test('names paths relative to itself', () => {
    const { decks, output, cacheDir, browser } = settings(
      inFile({ decks: ['x', '../y', '/z'], output: 'out', cacheDir: '../cache', browser: '/b' }),
    );
    expect({ decks, output, cacheDir, browser }).toEqual({
      decks: ['/p/conf/x', '/p/y', '/z'],
      output: '/p/conf/out',
      cacheDir: '/p/cache',
      browser: '/b',
    });
  });

  test('leaves paths of flags and environment alone', () => {
    const found = settings({ flags: { output: 'out' }, env: { DECKHAND_CACHE_DIR: 'cache' }, ...inFile({}) });
    expect([found.output, found.cacheDir]).toEqual(['out', 'cache']);
  });

  test.each([
    ['outptu', 'did you mean “output”?'],
    ['per-page', 'did you mean “perPage”?'],
    ['config', 'known keys: decks, output'],
    ['toString', 'known keys'],
    ['__proto__', 'known keys'],
  ])('with the key %s is refused', (key, hint) => {
    const values = Object.fromEntries([[key, 'x']]);
    expect(refusal(inFile(values))).toContain(`unknown key “${key}”`);
    expect(refusal(inFile(values))).toContain(hint);
  });
});

describe('a config file with several unknown keys', () => {
  test('is refused with all of them, and what each was meant to be', () => {
    expect(refusal(inFile({ perpage: 4, ouput: 'x', zzzzzzzzzzzz: 1 }))).toMatch(
      /unknown keys “perpage”, “ouput”, “zzzzzzzzzzzz” \(did you mean “perPage” for “perpage”, “output” for “ouput”\?\)/,
    );
  });
});

describe('a variable of the environment', () => {
  test('that looks like an option’s and is none is refused', () => {
    expect(refusal({ flags: {}, env: { DECKHAND_OUPUT: 'x' } })).toContain('did you mean DECKHAND_OUTPUT?');
  });

  test('that belongs to something else is left alone', () => {
    expect(settings({ flags: {}, env: { DECKHAND_HELM_RELEASE_NAME: 'x' } }).output).toBe('output');
  });
});

describe('options that belong together', () => {
  test('default to two slides per page with speaker notes', () => {
    expect(settings({ flags: { notes: 'speaker' } }).perPage).toBe(2);
    expect(settings({ flags: { notes: 'speaker' }, env: { DECKHAND_PER_PAGE: '1' } }).perPage).toBe(1);
  });

  test('are refused where speaker notes would have no room', () => {
    expect(refusal({ flags: { notes: 'speaker', perPage: '6' } })).toBe(
      '2: with 6 slides per page there is no space for speaker notes (use --per-page 1, 2 or 3, or --notes lines)',
    );
  });

  test('are refused where margins leave no room for slides', () => {
    const flags = { margin: '40', binding: 'long', gutter: '40', paper: 'a5', booklet: true };
    expect(refusal({ flags })).toBe(
      '2: margin and gutter leave no space for slides on half a sheet of a5 (use a smaller --margin or --gutter, or a larger --paper)',
    );
  });
});

describe('what is below “images” in a config file', () => {
  test('are options like the others', () => {
    const { density, fetchesPerHost, mode } = settings(
      inFile({ images: { density: 150, fetchesPerHost: 4 } }),
    ).images;
    expect({ density, fetchesPerHost, mode }).toEqual({ density: 150, fetchesPerHost: 4, mode: 'print' });
  });

  test('gives way to a flag', () => {
    const sources = { flags: { 'images.density': '300' }, ...inFile({ images: { density: 150 } }) };
    expect(settings(sources).images.density).toBe(300);
  });

  test('is refused under an unknown name, with the nearest one', () => {
    expect(refusal(inFile({ images: { densty: 150 } }))).toContain(
      'unknown key “images.densty” (did you mean “images.density”?)',
    );
  });

  test('must be pairs', () => {
    expect(refusal(inFile({ images: 'original' }))).toContain('must hold “key: value” pairs');
  });

  test('may say nothing', () => {
    expect(settings(inFile({ images: null })).images.density).toBe(220);
  });
});

describe('headers for an origin', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a config file writes it.
  const headers = { 'https://media.example.org': { Authorization: 'Bearer ${TOKEN}' } };

  test('take secrets from the environment', () => {
    const sources = { flags: {}, env: { TOKEN: 's3cret' }, ...inFile({ images: { headers } }) };
    expect(resolveOptions(sources).secrets.imageHeaders.reveal()).toEqual({
      'https://media.example.org': { Authorization: 'Bearer s3cret' },
    });
  });

  test('are in nothing that is written down', () => {
    const sources = { flags: {}, env: { TOKEN: 's3cret' }, ...inFile({ images: { headers } }) };
    const resolved = resolveOptions(sources);
    const { imageHeaders } = resolved.secrets;
    const written = [JSON.stringify(resolved), inspect(resolved, { depth: null }), `${imageHeaders}`];
    for (const text of written) expect(text).not.toContain('s3cret');
    expect(resolved.settings.images).not.toHaveProperty('headers');
  });

  test('are refused where the environment has no such variable', () => {
    expect(refusal(inFile({ images: { headers } }))).toContain('needs TOKEN, which is not set');
  });

  test.each([
    ['a path behind the origin', { 'https://a.example/path': { A: 'b' } }, 'must be an origin'],
    ['a name that is the connection’s own', { 'https://a.example': { Host: 'b' } }, 'the connection’s own'],
    ['a second line', { 'https://a.example': { A: 's3cret\r\nB: c' } }, 'in one line'],
    ['no names', { 'https://a.example': 's3cret' }, 'must be headers by name'],
    ['no map at all', ['s3cret'], 'must be headers by name'],
  ])('are refused with %s', (_what, value, message) => {
    expect(refusal(inFile({ images: { headers: value } }))).toContain(message);
  });

  test('are refused without showing their values', () => {
    const values = { 'https://a.example': { A: 's3cret\r\nB: c' } };
    expect(refusal(inFile({ images: { headers: values } }))).not.toContain('s3cret');
  });
});

describe('an archive', () => {
  test.each(['https://web.archive.org/web/2/', 'ftp://a/{url}', '{url}', 'https://a/{url}/{url}'])(
    'of %s is refused',
    (template) => {
      expect(refusal({ flags: { 'images.archive': template } })).toContain('with {url} in it, once');
    },
  );

  test('takes any web address with a place for the image’s', () => {
    const archive = 'https://web.archive.org/web/2/{url}';
    expect(settings({ flags: { 'images.archive': archive } }).images.archive).toBe(archive);
  });
});

describe('a mirror', () => {
  test('ends at its first equals sign', () => {
    expect(settings({ flags: { imageMirror: 'https://a/=http://b/?x=y' } }).imageMirror).toEqual([
      { from: 'https://a/', to: 'http://b/?x=y' },
    ]);
  });
});

describe('the table of options', () => {
  test.each(OPTION_ROWS)('has a default for %s that passes its own check', (_name, row) => {
    expect(row.schema.safeParse(row.default).success).toBe(true);
  });

  test('says of each option where it may be given', () => {
    const nowhere = OPTION_ROWS.filter(
      ([, row]) => row.flag === undefined && !isGiven(row, 'configuration file'),
    );
    expect(nowhere).toEqual([]);
  });

  test('keeps what only a deck may say of itself out of configuration files', () => {
    const config = { file: 'deckhand.config.yaml', values: { deck: { title: 'A', subtitle: 'B' } } };
    expect(() => settings({ config })).toThrow('deckhand.config.yaml has an unknown key “deck.subtitle”');
  });

  test.each(['flag', 'env', 'alias'] as const)('has no %s twice', (column) => {
    const values = OPTION_ROWS.flatMap(([, row]) => row[column] ?? []);
    expect(new Set(values).size).toBe(values.length);
  });
});
