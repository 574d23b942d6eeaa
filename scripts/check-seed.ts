/**
 * Builds a real course deck with the built command line, first with a local server for its remote images, then without any of
 * them, and checks the results.
 *
 *   npx tsx scripts/check-seed.ts FOLDER     FOLDER holds containers.md and serve.mjs
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunReport } from '../src/model/model.ts';
import { publishedOutputs } from '../src/pipeline/report/outputs.ts';
import { resolveSettings } from '../src/settings/settings.ts';
import { conformanceFaults } from '../test/support/conformance/index.ts';
import { readPdf } from '../test/support/pdf.ts';
import { qpdfComplaints } from '../test/support/qpdf.ts';
import { compareWithLive, MOST_DIFFERENT } from '../test/support/truth.ts';

const SLIDES = 57;
/** Ten with slides of the same size; some slides are enlarged so that their type is legible (`--min-type`). */
const HANDOUT_PAGES = 11;
const REMOTE_IMAGES = 23;
/** The topics of its cheatsheet stack, each as a text that occurs there once. */
const CHEATSHEET_TOPICS = ['Dockerfile :', 'Images', 'Docker CLI', 'Docker run'];

const folder = resolve(process.argv[2] ?? '');
const cli = resolve(import.meta.dirname, '../dist/cli.js');
const work = await mkdtemp(join(tmpdir(), 'deckhand-seed-'));
const failures: string[] = [];

function expect(what: string, actual: unknown, expected: unknown): void {
  const ok = actual === expected;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}: ${actual}${ok ? '' : `, expected ${expected}`}`);
  if (!ok) failures.push(what);
}

async function serveImages(): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const server = spawn(process.execPath, [join(folder, 'serve.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line');
  return { server, port: (JSON.parse(String(line)) as { port: number }).port };
}

async function build(
  name: string,
  port: number,
): Promise<{ readonly status: number; readonly report: RunReport }> {
  const output = join(work, name);
  const mirror = `https://=http://127.0.0.1:${port}/https://`;
  const args = [cli, 'build', join(folder, 'containers.md'), '-o', output, '--image-mirror', mirror];
  const cache = ['--cache-dir', join(work, 'cache', name)];
  const { status } = spawnSync(process.execPath, [...args, ...cache, '--quiet'], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const report = JSON.parse(await readFile(join(output, 'report.json'), 'utf8')) as RunReport;
  return { status: status ?? -1, report };
}

async function checkWhole(port: number): Promise<void> {
  const { status, report } = await build('whole', port);
  const deck = report.decks[0];
  const pages = (kind: string) =>
    deck && publishedOutputs(deck).find((output) => output.kind === kind)?.pages;
  expect('exit code', status, 0);
  expect('slide pages', pages('slides'), SLIDES);
  expect('handout pages', pages('handout'), HANDOUT_PAGES);
  expect('errors and warnings', deck?.diagnostics.filter((one) => one.severity !== 'info').length, 0);
  const file = (kind: string) => join(work, 'whole', 'containers', `containers-${kind}.pdf`);
  const cheatsheet = (await readPdf(await readFile(file('cheatsheet')))).map((page) => page.text).join('\n');
  for (const topic of CHEATSHEET_TOPICS) {
    expect(
      `“${topic}” on the cheatsheet`,
      cheatsheet.split('\n').filter((line) => line.startsWith(topic)).length,
      1,
    );
  }
  for (const kind of ['slides', 'handout', 'cheatsheet']) {
    const bytes = await readFile(file(kind));
    const broken = [...(await conformanceFaults(bytes)), ...(await qpdfComplaints(bytes))];
    for (const fault of broken.slice(0, 20)) console.log(`       ${fault}`);
    expect(`rules that the ${kind} breaks`, broken.length, 0);
  }
  expect('slides that look other than presented', await differing(file('slides'), port), 0);
  const check = resolve(import.meta.dirname, 'check-deck.ts');
  const args = ['--import', 'tsx', check, join(folder, 'containers.md'), file('slides')];
  expect('words, links and pictures', spawnSync(process.execPath, args, { stdio: 'inherit' }).status, 0);
}

/** How many slides that fit on the screen differ from the live presentation. */
async function differing(slides: string, port: number): Promise<number> {
  const imageMirror = [`https://=http://127.0.0.1:${port}/https://`];
  const settings = resolveSettings({
    flags: { imageMirror, cacheDir: join(work, 'cache/whole') },
    env: process.env,
  });
  const deck = join(folder, 'containers.md');
  const compared = await compareWithLive(deck, slides, settings, {}, join(work, 'differences'));
  return compared.filter(({ isComparable, share }) => isComparable && share > MOST_DIFFERENT).length;
}

async function checkWithoutImages(): Promise<void> {
  // Port 9 is the discard service, which no machine runs.
  const { status, report } = await build('dead', 9);
  const deck = report.decks[0];
  const warnings = deck?.diagnostics.filter((one) => one.severity === 'warning') ?? [];
  expect('exit code without images', status, 0);
  const slides = deck && publishedOutputs(deck).find((one) => one.kind === 'slides');
  expect('slide pages without images', slides?.pages, SLIDES);
  expect('warnings', warnings.length, REMOTE_IMAGES);
  expect(
    'warnings that name line, slide and url',
    warnings.filter((one) => one.line && one.slide && one.url).length,
    REMOTE_IMAGES,
  );
}

const { server, port } = await serveImages();
try {
  await checkWhole(port);
  await checkWithoutImages();
} finally {
  server.kill();
  await rm(work, { recursive: true, force: true });
}
console.log(failures.length === 0 ? 'the seed deck is whole' : `${failures.length} checks failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
