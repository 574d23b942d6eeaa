import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics.ts';
import { DeckhandError, EXIT, messageOf } from '../errors.ts';
import type { Artifact, Deck, DeckReport, PublishedOutput } from './model.ts';
import type { Place } from './places.ts';

interface Staged {
  readonly temporary: string;
  readonly final: string;
}

/**
 * Writes a deck's files into the output folder, all or nothing: they are complete under other names before the first
 * takes its own.
 *
 * @throws DeckhandError with `OUTPUT_UNWRITABLE`: a folder that can't be written and a full disk end the run.
 */
export async function publishArtifacts(artifacts: readonly Artifact[], outputDir: string): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const artifact of artifacts)
      staged.push(await stageFile(join(outputDir, artifact.file), artifact.bytes));
    for (const { temporary, final } of staged) await rename(temporary, final);
    for (const folder of new Set(staged.map(({ final }) => dirname(final)))) await syncFolder(folder);
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw unwritable(outputDir, error);
  }
}

/** What the report says of a file. */
export function describeArtifact({ kind, file, pages, slides, bytes, key }: Artifact): PublishedOutput {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    ...{ kind, file },
    ...(pages === undefined ? {} : { pages }),
    ...(slides ? { slides } : {}),
    ...{ bytes: bytes.length, sha256, key },
  };
}

/** What the report says of a deck. */
export function describeDeck(
  deck: Deck,
  artifacts: readonly Artifact[],
  diagnostics: readonly Diagnostic[],
): DeckReport {
  return {
    path: deck.source.path,
    title: deck.metadata.title,
    slides: deck.stacks.flat().filter((slide) => !slide.hidden).length,
    decorations: deck.decorations,
    outputs: artifacts.map(describeArtifact),
    diagnostics,
  };
}

/** What an earlier build left where this one makes other files, or none, would pass for today's. Nothing else is touched. */
export async function removeLeftovers(
  places: readonly Place[],
  artifacts: readonly Artifact[],
  outputDir: string,
): Promise<void> {
  const made = new Set(artifacts.map(({ file }) => file));
  for (const { folder, holds } of places) {
    const there = await readdir(join(outputDir, folder), { withFileTypes: true }).catch(() => []);
    const left = there.filter((one) => one.isFile() && holds(one.name) && !made.has(`${folder}/${one.name}`));
    await Promise.all(left.map(({ name }) => rm(join(outputDir, folder, name), { force: true })));
  }
}

/** Writes one file whole, or leaves what was there. */
export async function writeFileWhole(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const { temporary, final } = await stageFile(
      file,
      typeof content === 'string' ? Buffer.from(content) : content,
    );
    await rename(temporary, final).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
  } catch (error) {
    throw unwritable(dirname(file), error);
  }
}

/** @throws DeckhandError if the folder can't be made or written: better before an hour of printing than after it. */
export async function prepareOutputDir(outputDir: string): Promise<void> {
  const probe = join(outputDir, `.deckhand-${randomUUID()}`);
  try {
    await mkdir(outputDir, { recursive: true });
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw unwritable(outputDir, error);
  }
}

function unwritable(folder: string, error: unknown): DeckhandError {
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return new DeckhandError(
    'OUTPUT_UNWRITABLE',
    EXIT.environment,
    `can not write to ${folder}: ${messageOf(error)}`,
    {
      hint: full
        ? 'free some space on the disk'
        : 'check its permissions, or name another folder with --output',
      cause: error,
    },
  );
}

/** A full disk may show only when the data is forced out, or as a file that is too short. */
async function stageFile(final: string, bytes: Uint8Array): Promise<Staged> {
  await mkdir(dirname(final), { recursive: true });
  // A name of its own, since one made from the final name may be longer than the system allows.
  const temporary = join(dirname(final), `.deckhand-${randomUUID()}`);
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

/** Without it a crash of the machine may bring the old names back. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
