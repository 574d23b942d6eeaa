import type { Diagnostic } from '../../src/index.ts';

/** No deck of ours may lose its claim of PDF/A and PDF/UA, whatever the browser. */
export function expectClaims(diagnostics: readonly Diagnostic[]): void {
  const [first] = diagnostics.filter(({ code }) => code === 'PDF_NOT_CONFORMING');
  if (first) throw new Error(`${first.deck}: ${first.message}`);
}
