import type { Diagnostic, DiagnosticCode, Outcome } from '../../model/diagnostics.ts';
import type { Artifact } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';

/** An output of a deck, before any of its files is written. */
export type MadeOutput = {
  readonly kind: OutputKind;
  /** Diagnostics about this output only. */
  readonly diagnostics: readonly Diagnostic[];
} & (
  | { readonly status: 'complete'; readonly artifacts: readonly Artifact[] }
  /** Usable except for some slides. */
  | {
      readonly status: 'incomplete';
      readonly artifacts: readonly Artifact[];
      readonly faultySlides: readonly string[];
    }
  /** Created, but not to be published. */
  | {
      readonly status: 'withheld';
      readonly reason: 'unsound' | 'incomplete';
      readonly faultySlides: readonly string[];
    }
  /** It could not be created. */
  | { readonly status: 'failed' }
  /** The deck has no content for it. */
  | { readonly status: 'empty' }
);

/** After these errors it is unknown what a file lacks. Any other error affects only some of its slides. */
const UNSOUND: ReadonlySet<DiagnosticCode> = new Set(['PAGE_COUNT_MISMATCH', 'PRINT_CHANGED']);

/**
 * Decides whether an output can be published.
 *
 * @param inherited diagnostics of its sources, which count but are reported elsewhere.
 */
export function judgeOutput(
  kind: OutputKind,
  { value: artifacts, diagnostics: own }: Outcome<readonly Artifact[]>,
  { inherited, strict }: { readonly inherited: readonly Diagnostic[]; readonly strict: boolean },
): MadeOutput {
  const diagnostics = own.map((one) => aboutOutput(kind, one));
  const errors = [...inherited, ...own].filter(isError);
  if (errors.length === 0) return { kind, status: 'complete', artifacts, diagnostics };
  const faultySlides = slidesOf(errors);
  if (errors.some(({ code }) => UNSOUND.has(code)))
    return { kind, status: 'withheld', reason: 'unsound', faultySlides, diagnostics };
  if (strict) return { kind, status: 'withheld', reason: 'incomplete', faultySlides, diagnostics };
  return { kind, status: 'incomplete', artifacts, faultySlides, diagnostics };
}

/** Only errors change the status of an output. The same warning about two outputs is reported once. */
export function aboutOutput(kind: OutputKind, one: Diagnostic): Diagnostic {
  return isError(one) ? { ...one, output: kind } : one;
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function slidesOf(errors: readonly Diagnostic[]): string[] {
  const numbers = errors.flatMap(({ slide }) => slide ?? []);
  return [...new Set(numbers)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
