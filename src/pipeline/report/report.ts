import type { Diagnostic } from '../../model/diagnostics.ts';
import { EXIT, type ExitCode } from '../../model/errors.ts';
import type { DeckReport, DeckResult, OutputReport } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import type { Settings } from '../../settings/options.ts';
import { lineOrStack, oneLine } from '../../text/plain-text.ts';
import { concerns } from './concerns.ts';
import { isPublished, publishedOutputs } from './outputs.ts';

/**
 * The exit code of a run. An output that could not be written is a failure, whatever `failOn` is; a diagnostic counts if it
 * concerns a requested output.
 */
export function exitCodeOf(
  results: readonly DeckResult[],
  { failOn, only }: Pick<Settings, 'failOn'> & { readonly only: readonly OutputKind[] },
): ExitCode {
  if (results.some(({ failed, outputs }) => failed || !outputs.every(isPublished))) return EXIT.failed;
  const severities = failOn === 'never' ? [] : failOn === 'warning' ? ['warning', 'error'] : ['error'];
  const reached = results.some(({ diagnostics }) =>
    diagnostics.some((one) => severities.includes(one.severity) && concerns(one, only)),
  );
  return reached ? EXIT.failed : EXIT.ok;
}

/** Number of decks without any written file, because of an error. */
export function countFailed(results: readonly DeckReport[]): number {
  return results.filter((deck) => publishedOutputs(deck).length === 0 && deck.diagnostics.some(isError))
    .length;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** One line for people, with a second for what to do: `decks/a.md:12 warning: … [IMAGE_TIMEOUT]`. */
export function formatDiagnostic(one: Diagnostic): string {
  const file = one.file ?? one.deck;
  const place = one.line === undefined ? file : `${file}:${one.line}`;
  const about = [
    ...(one.output === undefined || one.message.includes(one.output) ? [] : [one.output]),
    ...(one.slide === undefined ? [] : [`slide${one.slide.includes(',') ? 's' : ''} ${one.slide}`]),
  ];
  const slide = about.length === 0 ? '' : ` ${about.join(', ')}:`;
  const url = one.url === undefined || one.message.includes(one.url) ? '' : ` — ${one.url}`;
  const hint = one.hint === undefined ? '' : `\n    ${oneLine(one.hint)}`;
  return lineOrStack(`${place}: ${one.severity}:${slide} ${one.message}${url} [${one.code}]`) + hint;
}

/**
 * `3 decks, 9 files, 1 failed, 1 output incomplete, 1 error, 23 warnings, 2 notes`. A check writes no files:
 * `3 decks checked, 1 failed, …`.
 */
export function formatSummary(
  results: readonly DeckReport[],
  failed: number,
  { isCheck = false }: { readonly isCheck?: boolean } = {},
): string {
  const diagnostics = results.flatMap((result) => result.diagnostics);
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  const files = results.flatMap(publishedOutputs).length;
  // Files that are not decks, and only have a note, are not counted.
  const decks = results.filter((one) => one.slides > 0 || one.diagnostics.some(isError));
  const parts = [
    isCheck
      ? `${plural(decks.length, 'deck')} checked`
      : `${plural(decks.length, 'deck')}, ${plural(files, 'file')}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(['incomplete', 'withheld', 'failed'] as const).flatMap((status) => {
      const outputs = results.reduce((sum, result) => sum + countOutputs(result, status), 0);
      return outputs > 0 ? [`${plural(outputs, 'output')} ${status}`] : [];
    }),
    ...(count('error') > 0 ? [plural(count('error'), 'error')] : []),
    ...(count('warning') > 0 ? [plural(count('warning'), 'warning')] : []),
    ...(count('info') > 0 ? [plural(count('info'), 'note')] : []),
  ];
  return parts.join(', ');
}

/** An output may consist of many files. */
function countOutputs({ outputs }: DeckReport, status: OutputReport['status']): number {
  return new Set(outputs.filter((one) => one.status === status).map(({ kind }) => kind)).size;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
