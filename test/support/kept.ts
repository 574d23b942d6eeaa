import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeVersion } from './code-version.ts';
import { SCRATCH_VARIABLE } from './scratch.ts';

const LOOK_AGAIN_MS = 50;

/**
 * Makes a folder as `make` would, but only once in a test run: whoever wants the same one gets a copy, whatever worker
 * it is in. Nobody sees what others change in theirs.
 *
 * @param ingredients all that decides what `make` makes, besides the program itself.
 * @param make fills the empty folder that it is given. What it returns must be JSON; paths in it follow the copy.
 */
export async function madeOnce<T>(
  target: string,
  ingredients: unknown,
  make: (folder: string) => Promise<T>,
): Promise<T> {
  const scratch = process.env[SCRATCH_VARIABLE];
  if (!scratch) throw new Error('tests are run by vitest, which makes their scratch folder');
  const place = join(scratch, 'kept', keyOf(ingredients));
  await oneAtATime(place, async () => {
    if (await isThere(place)) return;
    const staging = `${place}.new`;
    await rm(staging, { recursive: true, force: true });
    const folder = join(staging, 'folder');
    await mkdir(folder, { recursive: true });
    const made = await make(folder);
    await writeFile(join(staging, 'result.json'), JSON.stringify({ made, folder }));
    await rename(staging, place);
  });
  await cp(join(place, 'folder'), target, { recursive: true, preserveTimestamps: true });
  const text = await readFile(join(place, 'result.json'), 'utf8');
  const { folder } = JSON.parse(text) as { folder: string };
  return (JSON.parse(text.replaceAll(folder, target)) as { made: T }).made;
}

function keyOf(ingredients: unknown): string {
  const text = JSON.stringify(ingredients, (_, value) =>
    value instanceof Uint8Array || value?.type === 'Buffer' ? Buffer.from(value).toString('base64') : value,
  );
  return createHash('sha256').update(`${codeVersion()}\0${text}`).digest('hex').slice(0, 32);
}

function isThere(place: string): Promise<boolean> {
  return readFile(join(place, 'result.json')).then(
    () => true,
    () => false,
  );
}

/** Runs `use` while no other worker does for the same place. A lock of a process that is gone is nobody's. */
async function oneAtATime(place: string, use: () => Promise<void>): Promise<void> {
  const lock = `${place}.lock`;
  await mkdir(join(place, '..'), { recursive: true });
  while (!(await takeLock(lock))) await delay(LOOK_AGAIN_MS);
  try {
    await use();
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  // Empty while it is being written.
  if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
  return false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
