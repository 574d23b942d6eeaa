import { type Diagnostic, diagnostic, type Outcome } from '../model/diagnostics.ts';
import { DeckhandError } from '../model/errors.ts';
import type { Artifact } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import { aboutOutput, type MadeOutput } from './assemble/output-status.ts';
import type { Output } from './contract/output.ts';
import { failedOutput, isLost } from './failure.ts';

interface ArchiveOptions {
  /** Path of the deck as the user named it. */
  readonly path: string;
  readonly strict: boolean;
  /**
   * No other deck is being built. Otherwise an output that lost its page throws, so that the deck is built again when it is
   * alone.
   */
  readonly isAlone: boolean;
}

interface ArchivePorts {
  readonly pack: () => Promise<Outcome<Artifact>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Creates the archive of a deck. It contains the created outputs, and is incomplete if one of its PDFs is incomplete or
 * missing. Without the slides PDF there is no archive.
 *
 * @param made the other outputs of the deck.
 * @throws DeckhandError, the signal's reason, and PageLostError unless the deck is alone.
 */
export async function makeArchive(
  made: ReadonlyMap<Output, MadeOutput>,
  { path, strict, isAlone }: ArchiveOptions,
  { pack, signal }: ArchivePorts,
): Promise<MadeOutput> {
  const kind: OutputKind = 'archive';
  const members = [...made].flatMap(([output, one]) => (output.isArchived ? [one] : []));
  const slides = members.find((one) => one.kind === 'slides');
  const failed = (diagnostics: readonly Diagnostic[]): MadeOutput => {
    return { kind, status: 'failed', diagnostics: diagnostics.map((one) => aboutOutput(kind, one)) };
  };
  if (!slides || !('artifacts' in slides)) {
    const message = `there is no archive, because the slides PDF ${slides?.status === 'withheld' ? 'are withheld' : 'failed'}`;
    return failed([diagnostic('ARCHIVE_NOT_MADE', message, { deck: path }, 'fix the slides PDF first')]);
  }
  try {
    const { value, diagnostics } = await pack().catch((error: unknown) => {
      if (isLost(error) && isAlone) return pack();
      throw error;
    });
    if (members.every(({ status }) => status === 'complete' || status === 'empty'))
      return { kind, status: 'complete', artifacts: [value], diagnostics };
    const faultySlides = [
      ...new Set(members.flatMap((one) => ('faultySlides' in one ? one.faultySlides : []))),
    ];
    return strict
      ? { kind, status: 'withheld', reason: 'incomplete', faultySlides, diagnostics }
      : { kind, status: 'incomplete', artifacts: [value], faultySlides, diagnostics };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DeckhandError || (isLost(error) && !isAlone)) throw error;
    return failed(failedOutput(path, kind, error));
  }
}
