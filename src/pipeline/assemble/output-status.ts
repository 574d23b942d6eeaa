import type { Diagnostic, DiagnosticCode, Outcome } from '../../model/diagnostics.ts';
import type { Artifact } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';

/** An output of a deck, before anything of it is written. */
export type MadeOutput = {
  readonly kind: OutputKind;
  /** About this output only. */
  readonly diagnostics: readonly Diagnostic[];
} & (
  | { readonly status: 'complete'; readonly artifacts: readonly Artifact[] }
  /** Fit to be used but for some slides. */
  | {
      readonly status: 'incomplete';
      readonly artifacts: readonly Artifact[];
      readonly faultySlides: readonly string[];
    }
  /** Made, and not to be handed out. */
  | {
      readonly status: 'withheld';
      readonly reason: 'unsound' | 'incomplete';
      readonly faultySlides: readonly string[];
    }
  /** Could not be made. */
  | { readonly status: 'failed' }
  /** The deck has nothing for it. */
  | { readonly status: 'empty' }
);

/** Errors after which nobody can tell what a file lacks. After any other one only some of its slides are at fault. */
const UNSOUND: ReadonlySet<DiagnosticCode> = new Set(['PAGE_COUNT_MISMATCH', 'PRINT_CHANGED']);

/**
 * Decides whether an output can be handed out.
 *
 * @param inherited diagnostics of what it was made from, which count but are told elsewhere.
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

/** Only an error decides what becomes of an output. The same warning about two of them is told once. */
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
