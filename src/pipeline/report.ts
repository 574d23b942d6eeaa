import type { Diagnostic } from '../diagnostics.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { DeckReport } from './model.ts';

export interface DeckResult extends DeckReport {
  /** Nothing of the deck could be published. */
  readonly failed: boolean;
}

/** The exit code that the results of a run deserve. */
export function exitCodeOf(results: readonly DeckResult[], failOn: 'error' | 'warning' | 'never'): ExitCode {
  if (results.some((result) => result.failed)) return EXIT.failed;
  const severities = failOn === 'never' ? [] : failOn === 'warning' ? ['warning', 'error'] : ['error'];
  const reached = results.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severities.includes(severity)),
  );
  return reached ? EXIT.failed : EXIT.ok;
}

/** One line for people, with a second for what to do: `decks/a.md:12 warning: … [IMAGE_TIMEOUT]`. */
export function formatDiagnostic(one: Diagnostic): string {
  const place = one.line === undefined ? one.deck : `${one.deck}:${one.line}`;
  const slide = one.slide === undefined ? '' : ` slide ${one.slide}:`;
  const url = one.url === undefined || one.message.includes(one.url) ? '' : ` — ${one.url}`;
  const hint = one.hint === undefined ? '' : `\n    ${one.hint}`;
  return printable(`${place}: ${one.severity}:${slide} ${one.message}${url} [${one.code}]`) + printable(hint);
}

/** A deck is untrusted, and terminals and CI systems obey what is printed: only the frames of a stack begin a line. */
function printable(text: string): string {
  return text.replace(/[\r\n]+(?! {4})/g, ' ').replace(/(?!\n)\p{Cc}/gu, '\ufffd');
}

/** `3 decks, 9 files, 1 failed, 23 warnings, 2 notes`. */
export function formatSummary(results: readonly DeckReport[], failed: number): string {
  const diagnostics = results.flatMap((result) => result.diagnostics);
  const count = (severity: string): number => diagnostics.filter((one) => one.severity === severity).length;
  const outputs = results.flatMap((result) => result.outputs).length;
  const parts = [
    `${plural(results.length, 'deck')}, ${plural(outputs, 'file')}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(count('error') > 0 ? [plural(count('error'), 'error')] : []),
    ...(count('warning') > 0 ? [plural(count('warning'), 'warning')] : []),
    ...(count('info') > 0 ? [plural(count('info'), 'note')] : []),
  ];
  return parts.join(', ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
