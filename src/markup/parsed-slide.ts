import { type SlideNode, slideNodes } from './slide-dom.ts';
import { type MarkdownFlags, slideHtml } from './slide-html.ts';
import type { Traced } from './traced.ts';

/** A slide as the parsers of Markdown and HTML read it. Nothing of it may be changed: several look at it. */
export interface ParsedSlide {
  readonly html: Traced;
  readonly nodes: readonly SlideNode[];
}

interface Latest {
  readonly markdown: string;
  readonly flags: string;
  readonly parsed: ParsedSlide;
}

/** Of all that is known of a slide, each part is found by a function of its own, one right after the other. */
let latest: Latest | undefined;

/** Parses a slide, once for all who ask for it before another one. */
export function parseSlide(markdown: string, flags: MarkdownFlags = {}): ParsedSlide {
  const flagsText = JSON.stringify(flags);
  if (latest?.markdown === markdown && latest.flags === flagsText) return latest.parsed;
  const html = slideHtml(markdown, flags);
  const parsed = { html, nodes: [...slideNodes(html.text)] };
  latest = { markdown, flags: flagsText, parsed };
  return parsed;
}
