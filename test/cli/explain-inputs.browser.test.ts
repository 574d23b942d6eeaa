import { expect, onTestFinished, test } from 'vitest';
import type { BuildInputs } from '../../src/model/report.ts';
import { writeFiles } from '../support/course.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { deckhandIn, temporaryProject } from '../support/project.ts';

const DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>';
const FONT = "@font-face { font-family: own; src: url('own.woff2') } section { font-family: own }";

/** Each kind of file that a deck may be made from. */
const PROJECT = {
  'package.json': '{}',
  'reveal-md.json': '{ "separator": "^===$" }',
  'decks/deck.md':
    '---\ncss: own.css\ntemplate: page.html\n---\n\n# One\n\n![dot](dot.svg)\n\n![far](https://web.example/fault/etag)\n',
  'decks/dot.svg': DOT,
  'decks/own.css': FONT,
  'decks/page.html':
    '<html><body><div class="reveal"><div class="slides">{{{slides}}}</div></div></body></html>',
};

const CHANGED = {
  'reveal-md.json': '{ "separator": "^===$", "notesSeparator": "^N:" }',
  'decks/deck.md': `${PROJECT['decks/deck.md']}\nMore.\n`,
  'decks/dot.svg': DOT.replace('circle r="9"', 'circle r="8"'),
  'decks/own.css': `${FONT} h1 { color: red }`,
  'decks/page.html': PROJECT['decks/page.html'].replace('<body>', '<body class="wide">'),
};

test('--explain inputs says what the files of a deck depend on, and each of it changes when it does', async () => {
  const server = await startFaultServer();
  onTestFinished(() => server.close());
  const folder = await temporaryProject(PROJECT);
  const inputs = async (cacheDir: string, ...more: string[]): Promise<BuildInputs> => {
    const mirror = `--image-mirror=https://web.example=${server.url('')}`;
    const args = [
      'build',
      '--only=slides',
      '--explain=inputs',
      '--json',
      '--cache-dir',
      cacheDir,
      mirror,
      ...more,
    ];
    const { stdout } = await deckhandIn(folder, args);
    return JSON.parse(stdout).decks[0].inputs;
  };
  const before = await inputs('cache-1');
  expect(await inputs('cache-1')).toEqual(before);

  await writeFiles(folder, CHANGED);
  server.change();
  const after = await inputs('cache-2', '--lang=de');
  const same = (a: object, b: object): string[] =>
    Object.entries(a).flatMap(([key, value]) =>
      Object.entries(b).some(([k, v]) => k === key && v === value) ? [key] : [],
    );
  expect(Object.keys(before.files)).toEqual(Object.keys(CHANGED).toSorted());
  expect(same(before.files, after.files)).toEqual([]);
  expect(same(before.remote, after.remote)).toEqual([]);
  expect(Object.keys(before.remote)).toEqual(['https://web.example/fault/etag']);
  expect([before.settings.lang, after.settings.lang]).toEqual(['en', 'de']);
  expect(before.versions).toEqual(after.versions);
});

test('--explain inputs is a line for each of them', async () => {
  const folder = await temporaryProject();
  const { stdout } = await deckhandIn(folder, ['build', 'decks/one.md', '--only=slides', '--explain=inputs']);
  const [first, ...lines] = stdout.trimEnd().split('\n');
  expect(first).toBe('decks/one.md: its files depend on');
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}file decks\/one\.md: [\da-f]{64}$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}version browser: \S+/));
});
