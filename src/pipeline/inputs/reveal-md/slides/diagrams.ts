import type { DiagramSettings, MarkdownSlide } from '../model/markdown-deck.ts';

const FENCE = /^[ \t>*+-]*(?:`{3,}|~{3,})[ \t]*mermaid\b/m;
/** Does not match the rest of the tag, which would take quadratic time for a text of unclosed tags. */
const CLASS = /\bclass\s*=\s*(?:"[^"]*\bmermaid\b|'[^']*\bmermaid\b|mermaid\b)/i;

/** Whether a slide may contain a diagram; may be true for code that only looks like one. */
export function mayHoldDiagrams({ markdown, hidden }: MarkdownSlide): boolean {
  return !hidden && (FENCE.test(markdown) || CLASS.test(markdown));
}

/** An author's configuration of Mermaid: `mermaid` in the front matter, or that of reveal.js's plugin. */
export function diagramSettings(
  mermaid: unknown,
  revealOptions: Readonly<Record<string, unknown>>,
): DiagramSettings {
  const sources = [revealOptions.mermaid, mermaid];
  if (sources.includes(false)) return false;
  return Object.assign({}, ...sources.filter((one) => typeof one === 'object' && !Array.isArray(one)));
}
