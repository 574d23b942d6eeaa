import type { DeckReport, OutputReport, PublishedOutput } from '../../model/model.ts';
import { oneLine } from '../../text/plain-text.ts';

/**
 * @param output an entry of a deck's `outputs`.
 * @returns whether the build wrote this file.
 */
export function isPublished(output: OutputReport): output is PublishedOutput {
  return output.status === 'complete' || output.status === 'incomplete';
}

/**
 * @param deck a deck of the report.
 * @returns the files of the deck that the build wrote.
 */
export function publishedOutputs({ outputs }: Pick<DeckReport, 'outputs'>): PublishedOutput[] {
  return outputs.filter(isPublished);
}

/** A line for each output that is not complete, for the end of a run. */
export function formatShortfalls({ path, outputs }: DeckReport): string[] {
  const kinds = [...new Set(outputs.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const output = outputs.find((one) => one.kind === kind);
    const text = output && describeShortfall(output);
    return text ? [oneLine(`${path}: ${kind} ${text}`)] : [];
  });
}

function describeShortfall(output: OutputReport): string | undefined {
  switch (output.status) {
    case 'complete':
      return undefined;
    case 'incomplete':
      return `incomplete${atSlides(output.faultySlides)}: see the errors above before you use it`;
    case 'withheld': {
      const why =
        output.reason === 'unsound' ? 'because it is unsound' : 'because it is incomplete (--strict)';
      return `withheld${atSlides(output.faultySlides)}, ${why}${whatStays(output.kept)}`;
    }
    case 'failed':
      return `failed${whatStays(output.kept)}`;
    default:
      return output satisfies never;
  }
}

function atSlides(numbers: readonly string[]): string {
  if (numbers.length === 0) return '';
  return ` (slide${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')})`;
}

function whatStays(kept: readonly string[]): string {
  const [first] = kept;
  if (first === undefined) return '; there is none of an earlier build';
  return `; ${kept.length === 1 ? first : `${first} and ${kept.length - 1} more`} of an earlier build ${kept.length === 1 ? 'is' : 'are'} kept`;
}
