import type { Kind } from './bring-home.ts';
import type { CacheMetadata } from './cache/cache.ts';
import { sniff } from './codec/sniff.ts';
import { failed, type ImageResult } from './model/model.ts';

/** The size of the beginning of a packed file that is unpacked to identify its content. */
const MAX_UNPACKED_BYTES = 1024 * 1024;

/** What is stored about a stylesheet or font. */
export interface AssetFacts extends CacheMetadata {
  /** MIME type, decided from the content. */
  readonly type: string;
}

type Examined = ImageResult<{ readonly facts: AssetFacts; readonly bytes: Uint8Array }>;

export type AssetKind = 'stylesheet' | 'font';

export const ASSETS: Readonly<Record<AssetKind, Kind<AssetFacts>>> = {
  stylesheet: { name: 'stylesheet', examine: examineStylesheet, recall },
  font: { name: 'font', examine: examineFont, recall },
};

function recall({ type }: CacheMetadata): AssetFacts | undefined {
  return typeof type === 'string' ? { type } : undefined;
}

/**
 * A stylesheet as UTF-8 without a byte order mark, converted from the encoding in which it was sent, because later stages do
 * not know its headers. CSS has no signature and almost no invalid syntax, so only what is certainly something else is
 * refused.
 */
async function examineStylesheet(bytes: Uint8Array, contentType: string): Promise<Examined> {
  const text = decodeCss(bytes, contentType);
  if (text === undefined)
    return notA('stylesheet', sniffedName(bytes) ?? 'binary data, or text of an unknown charset');
  const other = foreignText(text);
  if (other !== undefined) return notA('stylesheet', sniffedName(bytes) ?? other);
  return { ok: true, facts: { type: 'text/css' }, bytes: Buffer.from(text, 'utf8') };
}

/** CSS Syntax 3, 3.2: a byte order mark, then the protocol, then `@charset`, then UTF-8. */
function decodeCss(bytes: Uint8Array, contentType: string): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 128)).toString('latin1');
  const [, marked] = /^@charset "([^"]{1,100})";/.exec(start) ?? [];
  const [, sent] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  const label = byteOrderMark(start) ?? sent ?? marked ?? 'utf-8';
  const decoder = decoderFor(label) ?? decoderFor('utf-8');
  try {
    const text = decoder?.decode(bytes);
    // The declaration of the original encoding would no longer be true.
    return text?.includes('\0') ? undefined : text?.replace(/^@charset "[^"]{0,100}";\s*/, '');
  } catch {
    return undefined;
  }
}

function byteOrderMark(start: string): string | undefined {
  if (start.startsWith('\xef\xbb\xbf')) return 'utf-8';
  if (start.startsWith('\xff\xfe')) return 'utf-16le';
  return start.startsWith('\xfe\xff') ? 'utf-16be' : undefined;
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function foreignText(text: string): string | undefined {
  // A stylesheet may begin with `<!--` (CSS Syntax 3, 4: CDO), but with no other tag.
  if (/^\s*(?:<!--[\s\S]*?-->\s*)*<(?!!--)/.test(text)) return 'an HTML or XML document';
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
    return 'JSON';
  } catch {
    // `[data-x] { … }`
    return undefined;
  }
}

const FONT_TYPES: Readonly<Record<string, string>> = {
  wOF2: 'font/woff2',
  wOFF: 'font/woff',
  OTTO: 'font/otf',
  true: 'font/ttf',
  '\0\x01\0\0': 'font/ttf',
  ttcf: 'font/collection',
};

async function examineFont(bytes: Uint8Array): Promise<Examined> {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const type = Object.hasOwn(FONT_TYPES, magic) ? FONT_TYPES[magic] : undefined;
  if (type === undefined) return notA('font', sniffedName(bytes) ?? 'something else');
  if (bytes.length < neededBytes(magic, bytes)) return failed('FONT_UNAVAILABLE', 'the font is truncated');
  return { ok: true, facts: { type }, bytes };
}

/**
 * The minimum size of the file, from its own header: WOFF 1 and 2 state their length, OpenType the position of each table.
 */
function neededBytes(magic: string, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12) return Number.POSITIVE_INFINITY;
  if (magic.startsWith('wOF')) return view.getUint32(8);
  if (magic === 'ttcf') return 12;
  const tables = view.getUint16(4);
  if (bytes.length < 12 + 16 * tables) return Number.POSITIVE_INFINITY;
  const ends = Array.from(
    { length: tables },
    (_, i) => view.getUint32(20 + 16 * i) + view.getUint32(24 + 16 * i),
  );
  return Math.max(0, ...ends);
}

function notA(kind: AssetKind, what: string): Examined {
  const code = kind === 'font' ? 'FONT_UNAVAILABLE' : 'STYLE_UNAVAILABLE';
  return failed(code, `this is not a ${kind} but ${what}`);
}

/** What the bytes are, if that has a name: `an HTML page titled “Log in”`. */
function sniffedName(bytes: Uint8Array): string | undefined {
  const sniffed = sniff(bytes, MAX_UNPACKED_BYTES);
  switch (sniffed.kind) {
    case 'raster':
      return `a picture (${sniffed.type})`;
    case 'svg':
    case 'packed-svg':
      return 'an SVG image';
    case 'other':
      return ['unknown binary data', 'plain text'].includes(sniffed.what) ? undefined : sniffed.what;
    default:
      return sniffed satisfies never;
  }
}
