import { DECK_CODES } from './diagnostics/deck-codes.ts';
import type { CodeEntry, Severity } from './diagnostics/entry.ts';
import { IMAGE_CODES } from './diagnostics/image-codes.ts';
import { OUTPUT_CODES } from './diagnostics/output-codes.ts';
import { SLIDE_CODES } from './diagnostics/slide-codes.ts';
import type { OutputKind } from './output-kinds.ts';

export type { Severity } from './diagnostics/entry.ts';

/**
 * Every code of a diagnostic, with its usual severity, its meaning, cause and remedy. A code is a promise to those who
 * filter on it: add new ones, never rename.
 */
export const DIAGNOSTICS = {
  ...DECK_CODES,
  ...SLIDE_CODES,
  ...OUTPUT_CODES,
  ...IMAGE_CODES,
} as const satisfies Record<string, CodeEntry>;

/** The code of a diagnostic. */
export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** The place in the sources that a diagnostic is about. */
export interface Place {
  /** Path of the deck as the user named it. */
  readonly deck: string;
  /** Line in the deck's file, or in `file`, from 1. */
  readonly line?: number;
  /** Path of the file that it is about, if that is not the deck. */
  readonly file?: string;
  /** Number of the slide as reveal.js shows it: `4.3`. */
  readonly slide?: string;
  /** Address of the resource, as the deck has it. */
  readonly url?: string;
  /** The output that it is about; missing if it is about the deck as a whole. */
  readonly output?: OutputKind;
}

/** A problem with a deck. */
export interface Diagnostic extends Place {
  /** Stable, for programs. */
  readonly code: DiagnosticCode;
  /** Usually that of the code; some codes are milder in some cases. */
  readonly severity: Severity;
  /** What is wrong, for people; may change between versions. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

/** A value and the problems that occurred while making it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A diagnostic with the usual severity of its code. */
export function diagnostic(code: DiagnosticCode, message: string, place: Place, hint?: string): Diagnostic {
  return {
    code,
    severity: DIAGNOSTICS[code].severity,
    message,
    ...place,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Thrown where a deck cannot continue for an expected reason; becomes that deck's diagnostics. */
export class DeckError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('; '));
    this.name = 'DeckError';
    this.diagnostics = diagnostics;
  }
}
