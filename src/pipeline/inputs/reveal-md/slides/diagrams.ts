import type { DiagramSettings, MarkdownSlide } from '../model/markdown-deck.ts';

const FENCE = /^[ \t>*+-]*(?:`{3,}|~{3,})[ \t]*mermaid\b/m;
/** Without the rest of its tag, for which a text of nothing but tags that never end would be read once for each. */
const CLASS = /\bclass\s*=\s*(?:"[^"]*\bmermaid\b|'[^']*\bmermaid\b|mermaid\b)/i;

/** Whether a slide may hold a diagram: code that looks like one counts, too. */
export function mayHoldDiagrams({ markdown, hidden }: MarkdownSlide): boolean {
  return !hidden && (FENCE.test(markdown) || CLASS.test(markdown));
}

/** What an author says to Mermaid: in the front matter's `mermaid`, or to reveal.js's plugin. */
export function diagramSettings(
  mermaid: unknown,
  revealOptions: Readonly<Record<string, unknown>>,
): DiagramSettings {
  const sources = [revealOptions.mermaid, mermaid];
  if (sources.includes(false)) return false;
  return Object.assign({}, ...sources.filter((one) => typeof one === 'object' && !Array.isArray(one)));
}
