import type { Layout, Size } from '../../model/model.ts';
import { escapeHtml } from '../../text/html.ts';
import { sharedDefinitions } from '../present/frames/frames-document.ts';
import { MOUNT_PREFIX } from '../site/mounts.ts';

export interface PrintDocument {
  readonly page: Size;
  /** Name of the stylesheet in `paper/styles/`, without `.css`. */
  readonly style: 'slides' | 'handout' | 'cheatsheet' | 'images';
  readonly body: string;
  /** Classes of `<body>`. */
  readonly bodyClass: string;
  /** A stylesheet of the project, which is applied last. */
  readonly css?: string | undefined;
}

/** A complete HTML document for the browser to print: the deck's own styles, then those for print. */
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
${document.css === undefined ? '' : styleElement(document.css)}
</head>
<body class="${document.bodyClass}">
${sharedDefinitions(layout.definitions)}
${document.body}
</body>
</html>`;
}

/** The end tag ends a style anywhere; in CSS a backslash before its slash changes nothing. */
function styleElement(css: string): string {
  return `<style>${css.replaceAll('</', '<\\/')}</style>`;
}
