import { dataUrl } from '../model/data-url.ts';

/** A parsed `data:` URL: https://www.rfc-editor.org/rfc/rfc2397 */
export interface DataUrl {
  /** In lower case, without parameters. */
  readonly type: string;
  readonly bytes: Buffer;
}

const RASTER = /^image\/(?:png|jpe?g|gif|webp|avif)$/;
const FONT =
  /^(?:font\/(?:woff2?|ttf|otf|sfnt|collection)|application\/(?:x-)?font-(?:woff2?|ttf|otf|truetype|opentype|sfnt)|application\/octet-stream)$/;

/** Undefined if it is no `data:` URL. */
export function parseDataUrl(url: string): DataUrl | undefined {
  const match = /^data:([^,]*),/i.exec(url);
  if (!match) return undefined;
  const [type = '', ...parameters] = (match[1] ?? '').split(';').map((part) => part.trim().toLowerCase());
  const body = percentDecoded(url.slice(match[0].length));
  return {
    type,
    bytes: parameters.includes('base64') ? Buffer.from(body.toString('latin1'), 'base64') : body,
  };
}

/** The same image in a canonical spelling, without parameters; undefined if it is no raster image. */
export function rasterUrl(url: string): string | undefined {
  return respelled(url, RASTER);
}

/** The same for a font. */
export function fontUrl(url: string): string | undefined {
  return respelled(url, FONT);
}

function respelled(url: string, types: RegExp): string | undefined {
  const data = parseDataUrl(url);
  return data && types.test(data.type) ? dataUrl(data.type, data.bytes) : undefined;
}

/** The id that a URL such as `#id` refers to. */
export function fragmentOf(url: string): string | undefined {
  if (!url.startsWith('#')) return undefined;
  return percentDecoded(url.slice(1)).toString('utf8');
}

/** The address of a link if it can only be followed, and never run. */
export function linkUrl(url: string): string | undefined {
  const address = withoutControls(url);
  if (address.startsWith('#')) return address;
  return /^(?:https?:\/\/|mailto:)/i.test(address) && URL.canParse(address) ? address : undefined;
}

/** The address as a browser reads it: without white space around it, and without line breaks and control characters. */
export function withoutControls(url: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return url.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '').trim();
}

function percentDecoded(text: string): Buffer {
  if (!text.includes('%')) return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf8');
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x25 ? bytes.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else bytes[length++] = bytes[i] ?? 0;
  }
  return bytes.subarray(0, length);
}
