import type { Layout, Size } from '../pipeline/model.ts';
import { MOUNT_PREFIX } from '../pipeline/mounts.ts';
import { escapeHtml } from '../pipeline/render.ts';

export interface PrintDocument {
  readonly page: Size;
  /** Name of the stylesheet in this folder, without `.css`. */
  readonly style: 'slides' | 'handout' | 'cheatsheet';
  readonly body: string;
  /** Classes of `<body>`. */
  readonly bodyClass: string;
}

/** A whole HTML document for the browser to print: the deck's own styles, then those of the paper. */
export function printDocument(layout: Layout, document: PrintDocument): string {
  const { widthPx, heightPx } = document.page;
  return `<!doctype html>
<html ${layout.htmlAttributes}>
<head>
<meta charset="utf-8">
<title>${escapeHtml(layout.metadata.title)}</title>
${layout.headHtml}
<link rel="stylesheet" href="${MOUNT_PREFIX}print/${document.style}.css">
<style>@page { size: ${widthPx}px ${heightPx}px; margin: 0 }</style>
</head>
<body class="${document.bodyClass}">
${document.body}
</body>
</html>`;
}

/** Slides live in the wrappers that reveal.js and its themes expect around them. */
export function inReveal(layout: Layout, pages: string): string {
  return `<div ${layout.revealAttributes}><div class="slides">${pages}</div></div>`;
}
