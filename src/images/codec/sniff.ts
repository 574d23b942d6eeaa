import { beginsAsSvg, isGzip, readSvgText } from '../svg/svg-text.ts';
import { isBmp } from './bmp.ts';

/** File types recognized by their first bytes. The formats in the first two lines can be used as images. */
export type Sniffed =
  | { readonly kind: 'raster'; readonly type: string }
  | { readonly kind: 'svg'; readonly text: string }
  /** An SVG compressed with gzip that cannot be unpacked. */
  | { readonly kind: 'packed-svg'; readonly fault: 'too-large' | 'damaged' }
  | {
      readonly kind: 'other' /** With its article: `an HTML page titled “Log in”`. */;
      readonly what: string;
    };

const RASTERS: readonly (readonly [type: string, test: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (b) => begins(b, '\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (b) => begins(b, '\xff\xd8\xff')],
  ['image/gif', (b) => begins(b, 'GIF87a') || begins(b, 'GIF89a')],
  ['image/webp', (b) => begins(b, 'RIFF') && begins(b, 'WEBP', 8)],
  ['image/avif', (b) => brands(b).some((brand) => brand === 'avif' || brand === 'avis')],
  ['image/bmp', isBmp],
  ['image/tiff', (b) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((magic) => begins(b, magic))],
];

const OTHERS: readonly (readonly [what: string, test: (bytes: Uint8Array) => boolean])[] = [
  [
    'a HEIC image, a format that browsers do not support',
    (b) => /^(?:he[iv]|mif1|msf1)/.test(brands(b)[0] ?? ''),
  ],
  ['a JPEG XL image, a format that is not supported', (b) => begins(b, '\xff\x0a') || begins(b, 'JXL ', 4)],
  ['an icon file (ICO), a format that is not supported', (b) => begins(b, '\0\0\x01\0')],
  ['a PDF document', (b) => begins(b, '%PDF-')],
  ['a video', (b) => begins(b, '\x1a\x45\xdf\xa3') || brands(b).length > 0],
  ['a ZIP archive', (b) => begins(b, 'PK\x03\x04')],
  ['a Git LFS pointer', (b) => begins(b, 'version https://git-lfs')],
];

/**
 * Looks at the content only: the server's Content-Type and the file's extension are not reliable.
 *
 * @param maxBytes limit for the content of a compressed file.
 */
export function sniff(bytes: Uint8Array, maxBytes: number): Sniffed {
  if (bytes.length === 0) return { kind: 'other', what: 'an empty file' };
  const raster = RASTERS.find(([, test]) => test(bytes));
  if (raster) return { kind: 'raster', type: raster[0] };
  const other = OTHERS.find(([, test]) => test(bytes));
  if (other) return { kind: 'other', what: other[0] };
  const read = readSvgText(bytes, maxBytes);
  if (read.kind === 'too-large' || read.kind === 'damaged') return { kind: 'packed-svg', fault: read.kind };
  if (read.kind === 'text' && beginsAsSvg(read.text)) return { kind: 'svg', text: read.text };
  if (isGzip(bytes)) return { kind: 'other', what: 'a compressed file (gzip)' };
  return { kind: 'other', what: read.kind === 'text' ? describeText(read.text) : 'unknown binary data' };
}

function begins(bytes: Uint8Array, magic: string, offset = 0): boolean {
  for (let i = 0; i < magic.length; i++) if (bytes[offset + i] !== magic.charCodeAt(i)) return false;
  return true;
}

/** The brands of an ISO base media file (ISO 14496-12, `ftyp`): major first, then the compatible ones. */
function brands(bytes: Uint8Array): readonly string[] {
  if (!begins(bytes, 'ftyp', 4)) return [];
  const size = Math.min(
    new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0),
    256,
    bytes.length,
  );
  const text = String.fromCharCode(...bytes.subarray(8, size));
  return [...text.matchAll(/[\s\S]{4}/g)].map(([brand]) => brand).filter((_, index) => index !== 1);
}

function describeText(text: string): string {
  const start = text.slice(0, 64 * 1024);
  if (/^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype html|html|head|body|title|script)\b/i.test(start)) {
    const title = /<title[^>]*>([^<]*)/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim();
    return title ? `an HTML page titled “${shorten(title)}”` : 'an HTML page';
  }
  if (/^\s*[[{]/.test(start)) return 'JSON';
  if (/^\s*<\?xml/.test(start)) return 'an XML document';
  return start.trim() === '' ? 'an empty file' : 'plain text';
}

function shorten(title: string): string {
  return title.length > 60 ? `${title.slice(0, 59)}…` : title;
}
