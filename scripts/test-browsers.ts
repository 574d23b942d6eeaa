/**
 * Builds the example deck and three hard ones with every browser of this machine, and compares the files: conformance, words
 * in order, pages, links and images. Prints a table; exits with 1 if browsers differ or a file does not conform.
 *
 *   npm run test:browsers
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { browsersHere, type RunningCandidate } from '../src/browser/find/candidates.ts';
import type { RunReport } from '../src/model/model.ts';
import { cacheRoot } from '../src/system/cache-root.ts';
import { differences, type ReadOutput, readBuild } from './browsers/read-build.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DECKS = [
  'decks/containers.md',
  ...['tables', 'code', 'mixed'].map((one) => `test/fixtures/browsers/${one}.md`),
];
/** The browsers to try, and their names. */
const KINDS: readonly (readonly [what: string, isIt: (browser: RunningCandidate) => boolean])[] = [
  ['the bundled headless shell (npm package @sparticuz/chromium)', ({ found }) => found.origin === 'bundled'],
  [
    'an installed headless shell (Debian: chromium-headless-shell)',
    ({ found }) => found.origin !== 'bundled' && found.headlessShell,
  ],
  ['an installed Chrome or Chromium (Debian: chromium)', ({ found }) => !found.headlessShell],
];

/** One of each version and kind: a wrapper on PATH starts a browser in another place. */
async function browsers(): Promise<RunningCandidate[]> {
  const known = new Map<string, RunningCandidate>();
  const options = { env: process.env, cacheDir: cacheRoot(process.env), log: console.log };
  for await (const one of browsersHere(options)) {
    const version = /\d+(?:\.\d+)+/.exec(one.version)?.[0] ?? one.version;
    const key = `${version} ${one.found.headlessShell} ${one.found.origin}`;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

type Builds = ReadonlyMap<string, ReadOutput>;

async function buildWith({ found }: RunningCandidate, work: string): Promise<Builds> {
  const outputs = new Map<string, ReadOutput>();
  const named = ['PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH', 'CHROME_BIN', 'DECKHAND_BROWSER'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !named.includes(key)));
  // The bundled browser needs more than its path; it is chosen if none is named.
  const choice = found.origin === 'bundled' ? [] : ['--browser', found.executablePath];
  const args = [join(ROOT, 'dist/cli.js'), 'build', ...DECKS, '-o', work, '--offline', '--quiet', ...choice];
  const { stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  const report = JSON.parse(
    await readFile(join(work, 'report.json'), 'utf8').catch(() => {
      throw new Error(`${found.executablePath} builds nothing: ${stderr}`);
    }),
  ) as RunReport;
  for (const deck of report.decks)
    for (const [kind, output] of await readBuild(work, deck))
      outputs.set(`${basename(deck.path, '.md')} ${kind}`, output);
  return outputs;
}

const work = await mkdtemp(join(tmpdir(), 'deckhand-browsers-'));
try {
  const here = await browsers();
  const complaints: string[] = [];
  const rows: string[][] = [
    ['browser', 'file', 'pages', 'letters', 'links', 'pictures', 'faults', 'differences'],
  ];
  let first: Builds | undefined;
  for (const [i, browser] of here.entries()) {
    const title = `${/\d+/.exec(browser.version)?.[0]} ${browser.found.headlessShell ? 'headless shell' : 'whole browser'}`;
    const builds = await buildWith(browser, join(work, String(i)));
    const reference = first ?? builds;
    first ??= builds;
    for (const [name, expected] of reference) {
      const output = builds.get(name);
      const different = differences(expected, output);
      const faults = output?.faults ?? [];
      const links = output?.links.reduce((sum, one) => sum + one.split(' ').filter(Boolean).length, 0);
      const pictures = output?.pictures.reduce((sum, one) => sum + one, 0);
      const letters = output?.texts.reduce((sum, { length }) => sum + length, 0);
      const counts = [output?.pages, letters, links, pictures].map((one) => String(one ?? '-'));
      rows.push([title, name, ...counts, String(faults.length), String(different.length)]);
      for (const one of [...faults, ...different].slice(0, 5)) complaints.push(`${title}, ${name}: ${one}`);
    }
    for (const name of builds.keys())
      if (!reference.has(name)) complaints.push(`${title}, ${name}: the first browser has none`);
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  for (const { found, version } of here) console.log(`tried: ${version} at ${found.executablePath}`);
  for (const [what, isIt] of KINDS)
    if (!here.some(isIt)) console.log(`not tried, since it is not here: ${what}`);
  for (const one of complaints) console.log(`FAILED ${one}`);
  const isFine = complaints.length === 0 && here.length > 0;
  console.log(isFine ? `${here.length} browsers agree` : `${complaints.length} faults and differences`);
  process.exitCode = isFine ? 0 : 1;
} finally {
  await rm(work, { recursive: true, force: true });
}
