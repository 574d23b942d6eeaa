/**
 * Measures how long a deck takes from a cold start, compared to the minimum for a tool with Chromium and to other tools.
 *
 *   npm run bench -- [--runs 5] [--skip decktape] [--markdown FILE] [--mirror FROM=TO] [--browser PATH] [--slides N] [DECK.md ..]
 *
 * Every round runs each contender once, alternately, so that a change of the machine's speed affects all of them; medians are
 * compared within the run. --mirror serves remote images from elsewhere, to all of them alike. The peers are installed on
 * demand into .bench/, which git ignores. Without decks it takes the demonstration deck, one of large images that it draws
 * itself, and, without the peers, one of 500 slides; --slides adds one of so many. Behind each table is what Deckhand should
 * need at most.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type FoundBrowser, findBrowser } from '../src/browser/find/find.ts';
import { prepareFonts } from '../src/browser/fonts/fonts.ts';
import { cacheRoot } from '../src/system/cache-root.ts';
import { readPdf } from '../test/support/pdf.ts';
import { COPIES, type LimitsFor, limitRows, type Measured } from './bench/limit-rows.ts';
import { longDeck } from './bench/long-deck.ts';
import { drawPictureDeck } from './bench/picture-deck.ts';

const root = resolve(import.meta.dirname, '..');
const bench = join(root, '.bench');
const PEERS = { decktape: '3.16.1', 'reveal-md': '6.1.4' };
const PORT = 28_471;
const FLOOR = 'floor';
const ALL = 'Deckhand, all three';
const SLIDES = 'Deckhand, slides';
const SLIDES_AND_HANDOUT = 'Deckhand, slides and handout';
const ORIGINALS = 'Deckhand, slides with the original images';
const MANY = `Deckhand, all three of ${COPIES} copies`;
const LONG_DECK_SLIDES = 500;

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly pdf: string;
}

interface Run {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    skip: { type: 'string', multiple: true, default: [] },
    markdown: { type: 'string' },
    mirror: { type: 'string' },
    browser: { type: 'string' },
    slides: { type: 'string' },
  },
});

const [mirrorFrom = '', mirrorTo = ''] = values.mirror?.split(/=(.*)/s) ?? [];

/** reveal-md serves the files below its folder, so each deck gets a folder, with its images. */
function copyDeck(deck: string): string {
  const folder = join(bench, 'decks', basename(deck, '.md'), basename(dirname(deck)));
  const near = [dirname(deck), dirname(dirname(deck))].map((one) => join(one, 'static')).find(existsSync);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}\n');
  if (near) cpSync(near, join(folder, 'static'), { recursive: true });
  const text = readFileSync(deck, 'utf8');
  const copy = join(folder, basename(deck));
  // The other tools have no mirrors: in their deck the addresses are those of the mirror.
  writeFileSync(copy, mirrorFrom ? text.replaceAll(/(?<=\]\(|src=")[^)"\s]+/g, mirrored) : text);
  return copy;
}

function mirrored(url: string): string {
  return url.startsWith(mirrorFrom) ? mirrorTo + url.slice(mirrorFrom.length) : url;
}

/** Sum of the resident memory of a process and everything it started, in MB; Linux only. */
function treeMegabytes(pid: number): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // The process has ended in the meantime.
    }
  }
  const belongs = (at: number | undefined): boolean =>
    at === pid || (at !== undefined && at > 1 && belongs(parents.get(at)));
  let kilobytes = 0;
  for (const id of [...parents.keys()].filter(belongs)) {
    try {
      // Shared pages count once: proportional set size, not resident set size.
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // The process has ended in the meantime.
    }
  }
  return kilobytes / 1024;
}

async function measure(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const started = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += String(chunk);
  });
  let peakMegabytes = 0;
  const watch = setInterval(() => {
    if (existsSync('/proc/self/smaps_rollup'))
      peakMegabytes = Math.max(peakMegabytes, treeMegabytes(child.pid ?? 0));
  }, 200);
  const status = await new Promise((end) => child.once('exit', end));
  clearInterval(watch);
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}\n${complaint.slice(-2000)}`);
  return { seconds: (performance.now() - started) / 1000, peakMegabytes };
}

function installPeers(): void {
  mkdirSync(bench, { recursive: true });
  if (existsSync(join(bench, 'node_modules/reveal-md')) && existsSync(join(bench, 'node_modules/decktape')))
    return;
  writeFileSync(join(bench, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' };
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], {
    cwd: bench,
    env,
    stdio: 'inherit',
  });
}

async function serveDeck(deck: string): Promise<ChildProcess> {
  const args = [
    join(bench, 'node_modules/reveal-md/bin/reveal-md.js'),
    deck,
    '--port',
    String(PORT),
    '--disable-auto-open',
  ];
  const server = spawn(process.execPath, args, { cwd: dirname(deck), stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    const answered = await fetch(`http://localhost:${PORT}/`)
      .then(() => true)
      .catch(() => false);
    if (answered) return server;
    await delay(100);
  }
  throw new Error('reveal-md does not serve the deck');
}

/** Builds take the folder itself: the copies are beside what the deck refers to. */
function copiesOf(deck: string): string {
  const folder = join(dirname(deck), 'copies');
  rmSync(folder, { recursive: true, force: true });
  cpSync(dirname(deck), folder, { recursive: true, filter: (path) => !path.endsWith('.md') });
  for (let i = 1; i <= COPIES; i++) cpSync(deck, join(folder, `copy-${i}.md`));
  return folder;
}

function contenders(deck: string, kind: LimitsFor, browser: FoundBrowser): Contender[] {
  const name = basename(deck, '.md');
  const url = `http://localhost:${PORT}/${basename(deck)}`;
  const { executablePath } = browser;
  const node = process.execPath;
  const module = (path: string): string => join(bench, 'node_modules', path);
  const out = (tool: string): string => join(bench, `${name}-${tool}.pdf`);
  const ours = join(bench, 'deckhand', name, `${name}-slides.pdf`);
  const output = join(bench, 'deckhand');
  const chosen = values.browser === undefined ? [] : ['--browser', executablePath];
  const mirror = mirrorTo ? ['--image-mirror', `${mirrorTo}=${mirrorTo}`] : [];
  const deckhand = (built: string, ...more: readonly string[]): string[] => [
    ...[node, join(root, 'dist/cli.js'), 'build', built, '-o', output, '--quiet'],
    ...[...mirror, ...chosen, ...more],
  ];
  const floor = [
    node,
    '--import',
    'tsx',
    join(root, 'scripts/bench/floor.ts'),
    executablePath,
    `${url}?print-pdf`,
  ];
  const all: Contender[] = [
    { name: FLOOR, command: [...floor, out('floor')], pdf: out('floor') },
    { name: ALL, command: deckhand(deck), pdf: ours },
    { name: SLIDES, command: deckhand(deck, '--only', 'slides'), pdf: ours },
    { name: SLIDES_AND_HANDOUT, command: deckhand(deck, '--only', 'slides,handout'), pdf: ours },
  ];
  if (kind === 'long') return all;
  const originals = [...deckhand(deck, '--only', 'slides', '--images', 'original')];
  originals[originals.indexOf(output)] = join(bench, 'deckhand-originals');
  all.push(
    {
      name: ORIGINALS,
      command: originals,
      pdf: join(bench, 'deckhand-originals', name, `${name}-slides.pdf`),
    },
    {
      name: MANY,
      command: deckhand(copiesOf(deck)),
      pdf: join(output, `copy-${COPIES}`, `copy-${COPIES}-slides.pdf`),
    },
    {
      name: `reveal-md ${PEERS['reveal-md']}`,
      command: [
        ...[node, module('reveal-md/bin/reveal-md.js'), deck, '--print', out('reveal-md')],
        ...['--puppeteer-launch-args=--no-sandbox', '--puppeteer-chromium-executable', executablePath],
        ...['--port', String(PORT + 1)],
      ],
      pdf: out('reveal-md'),
    },
    {
      name: `decktape ${PEERS.decktape}`,
      command: [
        ...[node, module('decktape/decktape.js'), 'reveal', url, out('decktape'), '--size', '1280x720'],
        ...['--chrome-path', executablePath, '--chrome-arg=--no-sandbox'],
      ],
      pdf: out('decktape'),
    },
  );
  return all.filter((one) => !values.skip.some((skipped) => one.name.startsWith(skipped)));
}

function writeLongDeck(slides: number): string {
  const folder = join(bench, 'decks', `long-${slides}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}\n');
  writeFileSync(join(folder, `long-${slides}.md`), longDeck(slides));
  return join(folder, `long-${slides}.md`);
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

async function benchDeck(
  deck: string,
  kind: LimitsFor,
  browser: FoundBrowser,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const server = await serveDeck(deck);
  const runs = new Map<Contender, Run[]>(contenders(deck, kind, browser).map((one) => [one, []]));
  try {
    // The first round warms caches and is not counted.
    for (let round = 0; round <= Number(values.runs); round++) {
      for (const [contender, counted] of runs) {
        rmSync(contender.pdf, { force: true });
        const run = await measure(contender.command, dirname(deck), env);
        if (round > 0) counted.push(run);
      }
    }
  } finally {
    server.kill();
  }
  const rows = ['| | seconds | × floor | peak MB | PDF MB | pages |', '|---|---:|---:|---:|---:|---:|'];
  const measured: Record<string, Measured> = {};
  const floor = median([...runs][0]?.[1].map((run) => run.seconds) ?? []);
  for (const [contender, counted] of runs) {
    const seconds = median(counted.map((run) => run.seconds));
    const memory = median(counted.map((run) => run.peakMegabytes));
    const bytes = readFileSync(contender.pdf);
    const pages = (await readPdf(bytes)).length;
    const cells = [contender.name, seconds.toFixed(2), (seconds / floor).toFixed(2), memory.toFixed(0)];
    const megabytes = statSync(contender.pdf).size / 1e6;
    rows.push(`| ${[...cells, megabytes.toFixed(2), pages].join(' | ')} |`);
    measured[contender.name] = { seconds, peakMegabytes: memory, megabytes };
  }
  const { [FLOOR]: least, [ALL]: all, [SLIDES]: slides, [SLIDES_AND_HANDOUT]: both } = measured;
  const { [ORIGINALS]: originals, [MANY]: copies } = measured;
  if (!least || !all || !slides || !both) return rows;
  const name = basename(deck, '.md');
  const handout = join(bench, 'deckhand', name, `${name}-handout.pdf`);
  const slidesAndHandout = { ...both, handoutMegabytes: statSync(handout).size / 1e6 };
  const parts = { floor: least, slides, slidesAndHandout, all, originals, copies };
  return [...rows, '', ...limitRows(parts, kind)];
}

installPeers();
const named = positionals.length > 0 ? positionals : [join(root, 'decks/containers.md')];
const decks = named.map((deck) => copyDeck(resolve(deck)));
if (positionals.length === 0) decks.push(await drawPictureDeck(join(bench, 'pictures')));
const slideCount = values.slides ?? (positionals.length === 0 ? LONG_DECK_SLIDES : undefined);
const longDecks = slideCount === undefined ? [] : [writeLongDeck(Number(slideCount))];
const cacheDir = cacheRoot(process.env);
const browser = await findBrowser({ env: process.env, cacheDir, offline: true, browser: values.browser });
const fonts = await prepareFonts({ cacheDir });
const env = { ...process.env, ...browser.env, FONTCONFIG_FILE: fonts.fontconfigFile };
const { stdout: version } = spawnSync(browser.executablePath, ['--version'], { encoding: 'utf8', env });
const lines = [
  `${new Date().toISOString().slice(0, 10)}, ${version.trim()}, ${availableParallelism()} processors`,
];
const usual: LimitsFor = browser.headlessShell ? 'usual' : 'full browser';
for (const deck of [...decks, ...longDecks]) {
  lines.push('', `### ${basename(deck)}, median of ${values.runs}`, '');
  lines.push(...(await benchDeck(deck, longDecks.includes(deck) ? 'long' : usual, browser, env)));
}
console.log(lines.join('\n'));
if (values.markdown) writeFileSync(values.markdown, `${lines.join('\n')}\n`);
