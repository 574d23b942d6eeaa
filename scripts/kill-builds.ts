/**
 * Kills builds of three decks at random moments and compares the results of the next run to those of an undisturbed one.
 *
 *   npx tsx scripts/kill-builds.ts [--kills 50] [--seed 1]
 *
 * Every round begins with an empty cache and an empty output folder, sends SIGKILL to the build (not to its child processes,
 * which have to notice it), and builds again in the same folders. Exits with 1 if a byte differs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeFiles } from '../test/support/course.ts';
import { startFaultServer } from '../test/support/fault-server.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const cli = resolve(import.meta.dirname, '../dist/cli.js');
const work = await mkdtemp(join(tmpdir(), 'deckhand-kill-'));
/** Temporary folder of the builds alone, so that leftovers are found. */
const temporary = join(work, 'temporary');
const server = await startFaultServer();

/** Numbers from 0 to 1, the same for the same seed. */
function* random(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function deck(name: string): string {
  const kinds = ['png', 'jpg', 'svg', 'webp', 'gif'];
  const slides = Array.from({ length: 10 }, (_, i) => {
    const url = `https://host${i % 3}.example/${name}/${i}/picture.${kinds[i % 5]}`;
    return `## Slide ${i}\n\n![picture ${i}](${url})\n\n- one\n- two`;
  });
  return `---\ntitle: ${name}\n---\n\n${slides.join('\n\n---\n\n')}\n`;
}

function start(cache: string, output: string): ChildProcess {
  const mirror = `https://=${server.url('/')}`;
  const args = [cli, 'build', '--quiet', '--cache-dir', cache, '-o', output, '--image-mirror', mirror];
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1700000000', TMPDIR: temporary };
  return spawn(process.execPath, args, { cwd: work, env, stdio: 'ignore' });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((end) => child.once('close', (code) => end(code)));

async function hashes(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const lines = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return `${hash} ${path.slice(folder.length + 1)}`;
  });
  return (await Promise.all(lines)).sort().join('\n');
}

/** Unfinished files in the output folder, and any file in the temporary folder. */
async function leftOvers(output: string): Promise<string[]> {
  const names = await readdir(output, { recursive: true });
  return [...names.filter((name) => /\.deckhand-\d/.test(name)), ...(await readdir(temporary))];
}

let different = 0;
try {
  await mkdir(temporary);
  await writeFiles(work, {
    'package.json': '{}',
    ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`decks/${name}.md`, deck(name)])),
  });
  const [cache, output] = [join(work, 'cache'), join(work, 'output')];
  const began = performance.now();
  if ((await ended(start(cache, output))) !== 0) throw new Error('the undisturbed build failed');
  const durationMs = performance.now() - began;
  const expected = await hashes(output);
  console.log(`undisturbed: ${Math.round(durationMs)} ms, ${expected.split('\n').length} files`);
  const moments = random(Number(values.seed));
  for (let i = 1; i <= Number(values.kills); i++) {
    await rm(cache, { recursive: true, force: true });
    await rm(output, { recursive: true, force: true });
    const killed = start(cache, output);
    const gone = ended(killed);
    const momentMs = moments.next().value * durationMs;
    await delay(momentMs);
    killed.kill('SIGKILL');
    const wasEarly = (await gone) === null;
    const code = await ended(start(cache, output));
    const left = await leftOvers(output);
    const same = code === 0 && (await hashes(output)) === expected && left.length === 0;
    if (!same) different += 1;
    const when = `${Math.round(momentMs)} ms${wasEarly ? '' : ' (it had ended)'}`;
    console.log(
      `${String(i).padStart(3)}  killed after ${when.padEnd(22)} ${same ? 'same bytes' : `DIFFERENT (exit ${code}, left: ${left.join(', ') || 'nothing'})`}`,
    );
  }
} finally {
  await server.close();
  await rm(work, { recursive: true, force: true });
}
console.log(different === 0 ? 'every next run gave the same bytes' : `${different} runs differ`);
process.exitCode = different === 0 ? 0 : 1;
