import type { Diagnostic, DiagnosticCode } from '../../model/diagnostics.ts';
import type { OutputKind } from '../../model/output-kinds.ts';

const PDFS: readonly OutputKind[] = ['slides', 'handout', 'cheatsheet', 'archive'];

/** Prefixes of codes that concern only some outputs. All others concern every output. */
const CONCERNS: readonly (readonly [begin: string, kinds: readonly OutputKind[]])[] = [
  ['CHEATSHEET_', ['cheatsheet']],
  ['HANDOUT_', ['handout']],
  ['SLIDE_IMAGE_', ['images']],
  ['ARCHIVE_', ['archive']],
  ['FRAGMENTS_', ['slides', 'images', 'archive']],
  ['LINK_', PDFS],
  ['PDF_', PDFS],
  ['IMAGE_ALT_MISSING', PDFS],
  ['LANG_INVALID', PDFS],
  ['DATE_INVALID', PDFS],
] satisfies readonly (readonly [string, readonly OutputKind[]])[];

/** Whether a diagnostic concerns a requested output. */
export function concerns({ code, output }: Diagnostic, only: readonly OutputKind[]): boolean {
  const kinds = output === undefined ? kindsOf(code) : [output];
  return kinds === undefined || kinds.some((kind) => only.includes(kind));
}

function kindsOf(code: DiagnosticCode): readonly OutputKind[] | undefined {
  return CONCERNS.find(([begin]) => code.startsWith(begin))?.[1];
}
