/**
 * Measures a handout of 300 slides, six per page and with lists of links, compared to its slides alone.
 *
 *   npm run build && npx tsx scripts/bench-handout.ts [--runs 5] [--slides 300]
 *
 * Both are complete commands for the same deck, run alternately. The medians are compared; above the limit the exit code is
 * 1.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { longDeck } from './bench/long-deck.ts';

const MAX_RATIO = 1.5;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    slides: { type: 'string', default: '300' },
  },
});
const cli = resolve(import.meta.dirname, '../dist/cli.js');
const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
const deck = join(folder, 'long.md');
await writeFile(deck, longDeck(Number(values.slides)));
const seconds: Record<string, number[]> = { slides: [], handout: [] };
for (let run = 0; run < Number(values.runs); run++)
  for (const [kind, list] of Object.entries(seconds)) list.push(build(kind));
await rm(folder, { recursive: true });

const [slides = 0, handout = 0] = Object.values(seconds).map(median);
const ratio = handout / slides;
console.log(`${values.slides} slides: slides ${slides.toFixed(2)} s, handout ${handout.toFixed(2)} s`);
console.log(`ratio ${ratio.toFixed(2)}, at most ${MAX_RATIO}`);
process.exitCode = ratio <= MAX_RATIO ? 0 : 1;

function build(kind: string): number {
  const args = [cli, 'build', deck, '--only', kind, '-o', join(folder, kind), '--quiet'];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build of the ${kind} ended with ${status}: ${stderr}`);
  return (performance.now() - started) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
