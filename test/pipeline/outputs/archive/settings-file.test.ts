import { expect, test } from 'vitest';
import { settingsFiles } from '../../../../src/pipeline/outputs/archive/settings-file.ts';
import type { RawOptions } from '../../../../src/settings/settings.ts';
import { flatOptions, resolveSettings } from '../../../../src/settings/settings.ts';

const settings = (flags: RawOptions) => resolveSettings({ flags, env: {} });
const configOf = (flags: RawOptions, styles = {}): RawOptions => {
  const [file] = settingsFiles('decks/a.md', settings(flags), styles);
  return JSON.parse(Buffer.from(file?.bytes ?? []).toString()) as RawOptions;
};

test('by default only the deck is named, and that no network is to be asked', () => {
  expect(configOf({})).toEqual({ decks: ['decks/a.md'], offline: true });
});

test('what changes the files is kept, and means the same again', () => {
  const flags = {
    size: '1280x720',
    paper: 'letter',
    perPage: 4,
    notes: 'none',
    ink: 'gray',
    linkBase: 'https://example.com/course/',
    author: 'A. Author',
    revision: '7',
    'images.density': 300,
    'cheatsheet.columns': 4,
    'deck.theme': 'white',
    'deck.css': ['a.css', 'b.css'],
    'deck.separator': '^===$',
    'deck.printSize': '210x297mm',
  };
  const again = resolveSettings({ flags: flatOptions(configOf(flags)), env: {} });
  expect(again).toEqual({ ...settings(flags), decks: ['decks/a.md'], offline: true });
});

test('what belongs to the machine, or is a secret, is not kept', () => {
  const flags = {
    output: '/somewhere',
    cacheDir: '/somewhere/else',
    jobs: 7,
    browser: '/usr/bin/chromium',
    'deck.preprocessor': 'pp.js',
    print: 'a.pdf',
    imageMirror: ['https://a/=http://127.0.0.1/'],
    'images.headers': { 'https://example.com': { authorization: 'secret' } },
  };
  expect(configOf(flags)).toEqual({ decks: ['decks/a.md'], offline: true });
});

test('stylesheets of the project come along', () => {
  const files = settingsFiles('a.md', settings({ 'handout.css': '/project/x.css' }), { handout: 'p {}' });
  expect(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
    ['deckhand.config.json', expect.stringContaining('"css": "deckhand-handout.css"')],
    ['deckhand-handout.css', 'p {}'],
  ]);
});
