import type { Resource, Size } from '../model/model.ts';
import { decodeOrKeep } from '../text/decode.ts';
import { escapeHtml } from '../text/html.ts';

/** Replaces an image that failed after its slide was laid out: a frame with the reason in it. */
export function placeholderSvg({ widthPx, heightPx }: Size, url: string, reason: string): Resource {
  const fontPx = Math.max(6, Math.min(18, widthPx / 24));
  const line = (text: string, row: number, weight: number): string =>
    `<text x="50%" y="50%" dy="${row * 1.4}em" font-weight="${weight}">${escapeHtml(text)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" font-family="Lato, sans-serif" font-size="${fontPx}" text-anchor="middle" fill="#333a42">
<rect x="0.5" y="0.5" width="${Math.max(0, widthPx - 1)}" height="${Math.max(0, heightPx - 1)}" fill="#f4f6f8" stroke="#9aa3ad" stroke-dasharray="4 3"/>
${line(lastPart(url), 0, 700)}${line(reason, 1, 400)}
</svg>`;
  return { type: 'image/svg+xml', bytes: svg };
}

function lastPart(url: string): string {
  if (!URL.canParse(url)) return '';
  const { pathname, host } = new URL(url);
  return decodeOrKeep(pathname.split('/').at(-1) || host);
}
