import type { Size } from '../../../model/model.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';

/** The content of the head of all documents that show frames. */
export interface FrameHead {
  /** From `frameStyles`. */
  readonly css: string;
  /** Size of the slides. */
  readonly size: Size;
}

/** Our stylesheets before and after those of a deck. */
const FIRST = ['fonts', 'frames'];
const LAST = ['set-content', 'page'];

/** Paths of our stylesheets in a live page: every document has them, so they do not count as the deck's. */
export const OWN_SHEETS: readonly string[] = [...FIRST, ...LAST].map(pathOf);

/** `<link>` and `<style>` elements that frames need, in order. */
export function framesHead({ css, size }: FrameHead): string {
  const { widthPx, heightPx } = size;
  const variables = `html { --deckhand-frame-width: ${widthPx}px; --deckhand-frame-height: ${heightPx}px }`;
  return [
    ...FIRST.map(link),
    // The end tag ends a style anywhere; in CSS a backslash before its slash changes nothing.
    `<style>${variables}\n${css.replaceAll('</', '<\\/')}</style>`,
    ...LAST.map(link),
  ].join('\n');
}

/** Hidden definitions for drawings that several slides share; first on the page, so that references find them. */
export function sharedDefinitions(definitions: string): string {
  if (definitions === '') return '';
  const style = 'position: absolute; width: 0; height: 0; overflow: hidden';
  return `<svg class="deckhand-definitions" aria-hidden="true" style="${style}"><defs>${definitions}</defs></svg>`;
}

/** A document that contains only frames, in which they are fitted and measured. No script runs in it. */
export function framesDocument(
  frames: readonly string[],
  head: string,
  definitions: string,
  htmlAttributes: string,
): string {
  return `<!doctype html>
<html ${htmlAttributes}>
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="script-src 'none'">
<title></title>
${head}
<style>html, body { margin: 0 !important; padding: 0 !important }</style>
</head>
<body>
${sharedDefinitions(definitions)}
${frames.join('\n')}
</body>
</html>`;
}

function pathOf(name: string): string {
  return `${MOUNT_PREFIX}print/${name}.css`;
}

function link(name: string): string {
  return `<link rel="stylesheet" href="${pathOf(name)}">`;
}
