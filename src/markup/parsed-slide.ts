import { type SlideNode, slideNodes } from './slide-dom.ts';
import { type MarkdownFlags, slideHtml } from './slide-html.ts';
import type { Traced } from './traced.ts';

/** A slide as the parsers of Markdown and HTML read it. It must not be changed, because several functions share it. */
export interface ParsedSlide {
  readonly html: Traced;
  readonly nodes: readonly SlideNode[];
}

interface Latest {
  readonly markdown: string;
  readonly flags: string;
  readonly parsed: ParsedSlide;
}

/** Each fact about a slide is found by its own function, one directly after the other, so the last slide is kept. */
let latest: Latest | undefined;

/** Parses a slide once for all functions that request it in a row. */
export function parseSlide(markdown: string, flags: MarkdownFlags = {}): ParsedSlide {
  const flagsText = JSON.stringify(flags);
  if (latest?.markdown === markdown && latest.flags === flagsText) return latest.parsed;
  const html = slideHtml(markdown, flags);
  const parsed = { html, nodes: [...slideNodes(html.text)] };
  latest = { markdown, flags: flagsText, parsed };
  return parsed;
}
