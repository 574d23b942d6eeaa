import type { Size } from '../../../model/model.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';

/** What all documents that show frames have in their head. */
export interface FrameHead {
  /** From `frameStyles`. */
  readonly css: string;
  /** Of the slides. */
  readonly size: Size;
}

/** Stylesheets of ours that stand before those of a deck, and after them. */
const FIRST = ['fonts', 'frames'];
const LAST = ['set-content', 'page'];

/** Paths of the stylesheets of ours that a live page may have: they are for every document, and no matter of the deck. */
export const OWN_SHEETS: readonly string[] = [...FIRST, ...LAST].map(pathOf);

/** `<link>` and `<style>` elements that frames need, in order. */
export function framesHead({ css, size }: FrameHead): string {
  const { widthPx, heightPx } = size;
  const variables = `html { --deckhand-frame-width: ${widthPx}px; --deckhand-frame-height: ${heightPx}px }`;
  return [
    ...FIRST.map(link),
    // The end tag ends a style wherever it stands; in CSS a backslash before its slash changes nothing.
    `<style>${variables}\n${css.replaceAll('</', '<\\/')}</style>`,
    ...LAST.map(link),
  ].join('\n');
}

/** Definitions of drawings that several slides share, out of sight; first on the page, so that they are the ones found. */
export function sharedDefinitions(definitions: string): string {
  if (definitions === '') return '';
  const style = 'position: absolute; width: 0; height: 0; overflow: hidden';
  return `<svg class="deckhand-definitions" aria-hidden="true" style="${style}"><defs>${definitions}</defs></svg>`;
}

/** A document of nothing but frames, in which they are fitted and measured. No script runs in it. */
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
