import { gunzipSync, constants as zlib } from 'node:zlib';
import { DEFAULT_LIMITS } from '../model/limits.ts';

/** The text of a file, or why there is none: an SVG that is too large when unpacked, one that is damaged, or binary data. */
export type SvgText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too-large' | 'damaged' | 'binary' };

/**
 * The text of an SVG file: compressed with gzip or not; UTF-8, UTF-16, or the encoding of its XML declaration.
 *
 * @param bytes that `inspectImage` identified as an SVG.
 * @throws an `Error` if they are not an SVG.
 */
export function svgText(bytes: Uint8Array, maxBytes: number = DEFAULT_LIMITS.maxBytes): string {
  const read = readSvgText(bytes, maxBytes);
  if (read.kind !== 'text') throw new Error(`this is not an SVG, but ${read.kind}`);
  return read.text;
}

/** @param maxBytes limit for the unpacked file. */
export function readSvgText(bytes: Uint8Array, maxBytes: number): SvgText {
  if (!isGzip(bytes)) return decoded(bytes);
  try {
    return decoded(gunzipSync(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    // A file that does not begin like an SVG is only a compressed file, and its size or damage does not matter.
    if (!beginsAsSvg(packedStart(bytes))) return { kind: 'binary' };
    return { kind: error instanceof RangeError ? 'too-large' : 'damaged' };
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Whether a text's root element is `svg`, in any namespace. */
export function beginsAsSvg(text: string): boolean {
  const root = prologEnd(text);
  return /^<(?:[\w.-]+:)?svg[\s/>]/.test(text.slice(root, root + 200));
}

/** Enough of a compressed file to identify it; 4 KiB unpack to at most 4 MiB. */
function packedStart(bytes: Uint8Array): string {
  try {
    const start = gunzipSync(bytes.subarray(0, 4096), { finishFlush: zlib.Z_SYNC_FLUSH });
    const read = decoded(start);
    return read.kind === 'text' ? read.text : '';
  } catch {
    return '';
  }
}

function decoded(bytes: Uint8Array): SvgText {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return { kind: 'binary' };
  return { kind: 'text', text: new TextDecoder(encoding).decode(bytes) };
}

/** By appendix F of https://www.w3.org/TR/xml/, as far as browsers follow it; undefined for binary data. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  // An old SVG may be in Latin-1. Only NUL, which no text contains, identifies binary data.
  if (bytes.subarray(0, 1024).includes(0)) return undefined;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const named = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  // Bytes that were readable so far are not UTF-16, whatever the declaration says.
  if (named === undefined || /^utf-?16/i.test(named)) return 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return 'utf-8';
  }
}

/** Position of an XML document's root: after declaration, comments, instructions and document type. */
export function prologEnd(text: string): number {
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; ; ) {
    at = skipSpaces(text, at);
    const next = text.startsWith('<?', at)
      ? endOf(text, '?>', at)
      : text.startsWith('<!--', at)
        ? endOf(text, '-->', at + 4)
        : text.slice(at, at + 9).toUpperCase() === '<!DOCTYPE'
          ? doctypeEnd(text, at)
          : at;
    if (next === at) return at;
    at = next;
  }
}

function skipSpaces(text: string, from: number): number {
  const spaces = /\s*/y;
  spaces.lastIndex = from;
  return from + (spaces.exec(text)?.[0].length ?? 0);
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** Quotes and comments may contain any bracket. */
function doctypeEnd(text: string, from: number): number {
  const token = /"[^"]*"|'[^']*'|<!--|<\?|\[|\]|>/g;
  let inside = false;
  token.lastIndex = from;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [mark] = found;
    if (mark === '<!--') token.lastIndex = endOf(text, '-->', token.lastIndex);
    else if (mark === '<?') token.lastIndex = endOf(text, '?>', token.lastIndex);
    else if (mark === '[') inside = true;
    else if (mark === ']') inside = false;
    else if (mark === '>' && !inside) return token.lastIndex;
  }
  return text.length;
}
