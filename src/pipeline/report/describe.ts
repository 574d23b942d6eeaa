import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../model/diagnostics.ts';
import type { Artifact, Deck, DeckReport, OutputReport } from '../../model/model.ts';
import type { MadeOutput } from '../assemble/output-status.ts';

/** The entry of a deck in the report. */
export function describeDeck(
  deck: Deck,
  outputs: readonly OutputReport[],
  diagnostics: readonly Diagnostic[],
): DeckReport {
  return {
    path: deck.source.path,
    title: deck.metadata.title,
    slides: deck.outline.filter((slide) => !slide.hidden).length,
    decorations: deck.decorations,
    outputs,
    diagnostics,
  };
}

/**
 * The entry of an output in the report; none if the deck has no content for it.
 *
 * @param kept files of an earlier build that stay if this one writes none.
 */
export function describeOutput(made: MadeOutput, kept: readonly string[]): OutputReport[] {
  const { kind } = made;
  switch (made.status) {
    case 'complete':
      return made.artifacts.map((one) => ({ kind, status: made.status, ...describeFile(one) }));
    case 'incomplete': {
      const { status, faultySlides } = made;
      return made.artifacts.map((one) => ({ kind, status, ...describeFile(one), faultySlides }));
    }
    case 'withheld': {
      const { status, reason, faultySlides } = made;
      return [{ kind, status, reason, faultySlides, kept }];
    }
    case 'failed':
      return [{ kind, status: made.status, kept }];
    case 'empty':
      return [];
    default:
      return made satisfies never;
  }
}

function describeFile({ file, pages, slides, ink, bytes, key }: Artifact) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    file,
    ...(pages === undefined ? {} : { pages }),
    ...(slides ? { slides } : {}),
    ...(ink ? { ink } : {}),
    ...{ bytes: bytes.length, sha256, key },
  };
}
