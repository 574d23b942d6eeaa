import { type CssOptions, cssReferences } from '../../../markup/css.ts';
import { pictureUrl } from '../../site/picture-url.ts';

/** Replacements for the references in the styles of a presentation. URLs are canonical: see `picture-url.ts`. */
export interface StandIns {
  /** The path of an image from the presentation; undefined if it is not available. */
  picture(url: string): string | undefined;
  /** A font as a `data:` URL: browsers load no font from another local file. */
  font(url: string): string | undefined;
  /** The text of a stylesheet. */
  sheet(url: string): Promise<string | undefined>;
}

/** An image that requests nothing. */
const NOTHING = 'data:,';

/** Maximum length of a chain of imports: a hostile one may be very long. */
const MAX_DEPTH = 20;

/**
 * A stylesheet that needs nothing but the images of the archive: its fonts are embedded, and its imports are replaced with
 * the imported stylesheets.
 *
 * @param base absolute URL of the sheet.
 */
export async function wholeSheet(css: string, base: string, standIns: StandIns, depth = 0): Promise<string> {
  const imports = new Map<number, { readonly from: number; readonly to: number; readonly css: string }>();
  for (const { kind, url, from, to } of cssReferences(css)) {
    if (kind !== 'stylesheet') continue;
    const start = css.toLowerCase().lastIndexOf('@import', from);
    const semicolon = css.indexOf(';', to);
    const end = semicolon === -1 ? css.length : semicolon;
    const target = pictureUrl(url, base);
    const imported = target && depth < MAX_DEPTH ? await standIns.sheet(target) : undefined;
    const whole = imported && target ? await wholeSheet(imported, target, standIns, depth + 1) : '';
    const conditions = css.slice(to, end).replace(/^\s*["']?\s*\)?/, '');
    imports.set(start, { from: start, to: end + 1, css: under(conditions, whole) });
  }
  let text = '';
  let done = 0;
  for (const { from, to, css: whole } of imports.values()) {
    text += `${css.slice(done, from)}${whole}\n`;
    done = to;
  }
  const own = standAlone(text === '' ? css : css.slice(done), base, standIns);
  return (text + own).replace(/^\uFEFF?\s*@charset[^;]*;/i, '');
}

/** The conditions after an `@import`, as rules: https://www.w3.org/TR/css-cascade-5/#conditional-import */
function under(conditions: string, css: string): string {
  const [, layer, name = '', supports, media = ''] =
    /^\s*(layer(?:\(\s*([^)]*?)\s*\))?(?=\s|$))?\s*(supports\((?:[^()]|\([^()]*\))*\))?\s*(.*)$/is.exec(
      conditions,
    ) ?? [];
  const wrappers = [
    ...(layer ? [`@layer ${name}`] : []),
    ...(supports ? [`@supports ${supports.slice('supports'.length)}`] : []),
    ...(media.trim() ? [`@media ${media.trim()}`] : []),
  ];
  return wrappers.reduceRight((inner, wrapper) => `${wrapper} {\n${inner}\n}`, css);
}

/** CSS without imports, and without references to anything outside of the archive. */
export function standAlone(
  css: string,
  base: string,
  standIns: Pick<StandIns, 'picture' | 'font'>,
  options: CssOptions = {},
): string {
  let text = '';
  let done = 0;
  for (const { kind, url, from, to } of cssReferences(css, { ...options, onScreen: true })) {
    const target = pictureUrl(url, base);
    const found = target && (kind === 'font' ? standIns.font(target) : standIns.picture(target));
    // In a drawing it may refer to a part.
    const part = found && kind === 'image' ? (/#.*$/.exec(url)?.[0] ?? '') : '';
    text += `${css.slice(done, from)}${found ? found + part : NOTHING}`;
    done = to;
  }
  return text + css.slice(done);
}

/** A path from the presentation's folder, as a URL that needs no quotes anywhere. */
export function pathUrl(path: string): string {
  const encoded = (part: string): string =>
    encodeURIComponent(part)
      // reveal.js decodes and encodes the addresses of backgrounds again, which would change these characters.
      .replace(/%(?:24|26|2B|3B|3D|40)/g, decodeURIComponent)
      .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return path.split('/').map(encoded).join('/');
}
