/**
 * What finishing a slides PDF costs (all work of pdf-lib), against what Chromium's print of it costs.
 *
 *   npm run build && npx tsx scripts/bench-finish.ts [--runs 3] [--slides 50,300,1000]
 *
 * Both happen in one process, in turn, on the same deck; the medians are compared. With 300 slides the ratio has a limit,
 * above which the exit code is 1. Memory is what the process holds at most while finishing, beyond what it held before.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { longDeck } from './bench/long-deck.ts';

const LIMITED = 300;
const MAX_RATIO = 0.75;

interface Measured {
  readonly printMs: number;
  readonly finishMs: number;
  readonly heldMb: number;
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, slides: { type: 'string', default: '50,300,1000' } },
});
const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
for (const count of values.slides.split(',').map(Number)) {
  const file = join(folder, `long-${count}.md`);
  await writeFile(file, longDeck(count));
  const { printMs, finishMs, heldMb } = measure(file);
  const ratio = finishMs / printMs;
  const limit = count === LIMITED ? `, at most ${MAX_RATIO}` : '';
  const times = `printed in ${printMs.toFixed(0)} ms, finished in ${finishMs.toFixed(0)} ms`;
  console.log(`${count} slides: ${times}, ratio ${ratio.toFixed(2)}${limit}, ${heldMb.toFixed(0)} MB`);
  if (count === LIMITED && ratio > MAX_RATIO) process.exitCode = 1;
}
await rm(folder, { recursive: true });

function measure(file: string): Measured {
  const script = resolve(import.meta.dirname, 'bench/finish.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, script, file, values.runs],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`measuring ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
