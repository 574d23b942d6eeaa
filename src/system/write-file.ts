import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';
import { temporaryName } from './temporary-name.ts';

/** A file that is completely written to disk, under a temporary name. */
export interface StagedFile {
  readonly temporary: string;
  readonly final: string;
}

/** Writes one file completely, or leaves the existing one. */
export async function writeFileWhole(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const { temporary, final } = await stageFile(file, bytes);
    await rename(temporary, final).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
    await syncFolder(dirname(final));
  } catch (error) {
    throw unwritable(dirname(file), error);
  }
}

/** A full disk may only be noticed when the data is flushed, or as a file that is too short. */
export async function stageFile(final: string, bytes: Uint8Array): Promise<StagedFile> {
  await mkdir(dirname(final), { recursive: true });
  const temporary = join(dirname(final), temporaryName());
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.length) throw new Error(`${size} of ${bytes.length} bytes were written`);
  } catch (error) {
    await handle.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await handle.close();
  return { temporary, final };
}

/** Otherwise a crash of the machine may restore the old names. Not every system supports it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** @throws DeckhandError if the folder cannot be created or written: before an hour of printing, not after it. */
export async function prepareOutputDir(outputDir: string): Promise<void> {
  const probe = join(outputDir, temporaryName());
  try {
    await mkdir(outputDir, { recursive: true });
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw unwritable(outputDir, error);
  }
}

/** A folder that cannot be written and a full disk end the run: all other outputs would fail, too. */
export function unwritable(folder: string, error: unknown): DeckhandError {
  if (error instanceof DeckhandError) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new DeckhandError(
    'OUTPUT_UNWRITABLE',
    EXIT.environment,
    `cannot write to ${folder}: ${messageOf(error)}`,
    {
      hint:
        code === 'ENOSPC' || code === 'EDQUOT'
          ? 'free some space on the disk'
          : 'check its permissions, or name another folder with --output',
      cause: error,
    },
  );
}
