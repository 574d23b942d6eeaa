import { createHash } from 'node:crypto';
import {
  type Atrule,
  type CssNode,
  generate,
  type List,
  type ListItem,
  parse,
  type Rule,
  walk,
} from 'css-tree';
import { parseDataUrl } from '../../../images/svg/svg-url.ts';
import type { Resource, Size } from '../../../model/model.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';
import type { SheetSource } from './page/collect-sheets.ts';

export interface FrameStyleOptions {
  /** The window of the live page. */
  readonly size: Size;
  /** The size of `1rem` in the live page. */
  readonly rootFontPx: number;
  /** Address of the page, at the root of its site, from which fonts are served. */
  readonly siteUrl: string;
}

export interface FrameStylePorts {
  /** Returns the text of a stylesheet by absolute URL; undefined if it is not available. */
  readonly sheet: (url: string) => Promise<string | undefined>;
  /** Which media queries match in the live page, in order. */
  readonly matchMedia: (queries: readonly string[]) => Promise<readonly boolean[]>;
}

export interface FrameStyles {
  /** Writes the stylesheet, once. It takes long. */
  readonly css: () => string;
  /** Fonts in the styles, by the absolute URL that replaces them in `css`. */
  readonly fonts: ReadonlyMap<string, Resource>;
  /** Whether a style depends on the number of sections before or after one: `section:nth-child(3)`, `section ~ section`. */
  readonly asksForNeighbours: boolean;
}

/** Maximum length of a chain of imports: a hostile one may be very long. */
const MAX_IMPORT_DEPTH = 20;

/** Maximum size of all styles of a deck, without their images and fonts; large frameworks have half of it. */
const MAX_CSS_CHARS = 2_000_000;

/** Styles that would take minutes to process, or that import each other endlessly. */
export class StylesTooLargeError extends Error {
  override readonly name = 'StylesTooLargeError';
  constructor() {
    super(`its stylesheets have more than ${MAX_CSS_CHARS / 1e6} million characters`);
  }
}

const DATA = /url\(\s*["']?data:[^)"']*/gi;

/**
 * Combines all styles of a live page into one stylesheet for its frames. Everything that depends on the window or the medium
 * is resolved as in the live page, so that a frame looks the same in every document: `@media` rules are kept without their
 * condition or dropped, lengths in units of the window or the root become pixels, imports are inlined and addresses made
 * absolute. Rules for `html`, `body` and `:root` apply to the stand-ins of a frame, with the same specificity. `@page` rules
 * are dropped, because they are meant for other tools. Finite animations are at their end, endless ones at their beginning.
 */
export async function frameStyles(
  sources: readonly SheetSource[],
  options: FrameStyleOptions,
  sectionClasses: readonly string[],
  ports: FrameStylePorts,
): Promise<FrameStyles> {
  const fonts = new Map<string, Resource>();
  const lean: FrameStylePorts = {
    ...ports,
    sheet: async (url) => withoutFonts(await ports.sheet(url), options.siteUrl, fonts),
  };
  const own = sources.map(({ css, ...rest }) => ({
    ...rest,
    css: withoutFonts(css, options.siteUrl, fonts),
  }));
  let chars = 0;
  const count = (css: string): void => {
    chars += css.length > MAX_CSS_CHARS / 100 ? css.replace(DATA, '').length : css.length;
    if (chars > MAX_CSS_CHARS) throw new StylesTooLargeError();
  };
  const sheets: CssNode[] = [];
  for (const source of own) sheets.push(...(await parsedSheet(source, lean, 0, count)));
  const queries = new Set<string>();
  for (const sheet of sheets)
    walk(sheet, { visit: 'Atrule', enter: (rule) => void noteQuery(rule, queries) });
  const asked = [...queries];
  const answers = await ports.matchMedia(asked);
  const holds = new Map(asked.map((query, i) => [query, answers[i] ?? false]));
  for (const sheet of sheets) settleRules(sheet, holds);
  const classes = new Set(sectionClasses);
  return {
    css: () => sheets.map((sheet) => settledSheet(sheet, options)).join('\n'),
    fonts,
    asksForNeighbours: sheets.some((sheet) => countsSections(sheet, classes)),
  };
}

/** Pixels of each unit that depends on the window or the root, by its name without the prefix `s`, `l` or `d`. */
export function unitsPx(options: FrameStyleOptions): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(UNITS).map(([name, pixels]) => [name, pixels(options)]));
}

function countsSections(sheet: CssNode, sectionClasses: ReadonlySet<string>): boolean {
  let found = false;
  walk(sheet, {
    visit: 'Selector',
    enter: (selector) => {
      let counts = false;
      let isOfSections = false;
      walk(selector, (node) => {
        counts ||= node.type === 'PseudoClassSelector' && /^nth-/i.test(node.name);
        counts ||= node.type === 'Combinator' && node.name === '~';
        isOfSections ||= node.type === 'TypeSelector' && node.name.toLowerCase() === 'section';
        isOfSections ||=
          node.type === 'ClassSelector' && (node.name === 'slides' || sectionClasses.has(node.name));
      });
      found ||= counts && isOfSections;
    },
  });
  return found;
}

/**
 * A stylesheet in which addresses replace embedded fonts. The themes of reveal.js contain 400 kB of fonts, which every
 * document would contain, whether it needs them or not.
 */
function withoutFonts(
  css: string | undefined,
  siteUrl: string,
  fonts: Map<string, Resource>,
): string | undefined {
  return css?.replace(CARRIED_FONT, (_, quoted: string | undefined, bare: string | undefined) => {
    const data = quoted ?? bare ?? '';
    const { type, bytes } = parseDataUrl(data) ?? { type: '', bytes: Buffer.alloc(0) };
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const url = new URL(`${MOUNT_PREFIX}carried/${hash}`, siteUrl).href;
    fonts.set(url, { type, bytes });
    return `url("${url}")`;
  });
}

const CARRIED_FONT =
  /url\(\s*(?:["'](data:(?:font|application)\/[^"']{1000,})["']|(data:(?:font|application)\/[^"')\s]{1000,}))\s*\)/gi;

function noteQuery(rule: Atrule, queries: Set<string>): void {
  if (isNamed(rule, 'media') && rule.prelude) queries.add(generate(rule.prelude));
}

/** A parsed stylesheet and those that it imports, in the order of the cascade. */
async function parsedSheet(
  source: SheetSource,
  ports: FrameStylePorts,
  depth: number,
  count: (css: string) => void,
): Promise<CssNode[]> {
  const css = source.css ?? (await ports.sheet(source.base));
  if (css === undefined) return [];
  count(css);
  const sheet = parse(css, {
    context: 'stylesheet',
    parseCustomProperty: true,
    onParseError: () => undefined,
  });
  if (sheet.type !== 'StyleSheet') return [];
  const imported: CssNode[] = [];
  for (const node of sheet.children.toArray()) {
    if (node.type !== 'Atrule' || !isNamed(node, 'import')) continue;
    const { url, conditions } = importOf(node);
    if (depth < MAX_IMPORT_DEPTH && URL.canParse(url, source.base)) {
      const inner = { base: new URL(url, source.base).href, media: '' };
      const parts = await parsedSheet(inner, ports, depth + 1, count);
      imported.push(...parts.map((part) => under(conditions, part)));
    }
  }
  removeAll(sheet.children, (node) => isNamed(node, 'import', 'charset', 'page'));
  makeAbsolute(sheet, source.base);
  const all = [...imported, sheet];
  return source.media.trim() === ''
    ? all
    : all.map((part) => under([{ name: 'media', prelude: source.media }], part));
}

interface Condition {
  readonly name: 'media' | 'supports' | 'layer';
  readonly prelude: string;
}

/** https://www.w3.org/TR/css-cascade-5/#at-import */
function importOf({ prelude }: Atrule): { url: string; conditions: Condition[] } {
  const conditions: Condition[] = [];
  let url = '';
  const media: string[] = [];
  const nodes = prelude?.type === 'AtrulePrelude' ? prelude.children.toArray() : [];
  for (const node of nodes) {
    const text = generate(node);
    const inner = text.replace(/^[^(]*\(|\)$/g, '');
    if (url === '' && (node.type === 'Url' || node.type === 'String')) url = node.value;
    else if (/^layer(?:\(|$)/i.test(text))
      conditions.push({ name: 'layer', prelude: text.includes('(') ? inner : '' });
    else if (/^supports\(/i.test(text)) conditions.push({ name: 'supports', prelude: `(${inner})` });
    else media.push(text);
  }
  if (media.join('').trim() !== '') conditions.push({ name: 'media', prelude: media.join(' ') });
  return { url, conditions };
}

function under(conditions: readonly Condition[], sheet: CssNode): CssNode {
  const css = conditions.reduceRight(
    (inner, { name, prelude }) => `@${name} ${prelude} {${inner}}`,
    generate(sheet),
  );
  return parse(css, { parseCustomProperty: true, onParseError: () => undefined });
}

function makeAbsolute(sheet: CssNode, base: string): void {
  walk(sheet, (node) => {
    if (node.type === 'Url') node.value = absolute(node.value, base);
    else if (node.type === 'Raw') node.value = absoluteIn(node.value, base);
  });
}

function absolute(url: string, base: string): string {
  if (url === '' || url.startsWith('#') || /^data:/i.test(url) || !URL.canParse(url, base)) return url;
  return new URL(url, base).href;
}

/** In values that css-tree does not parse, such as those of unusual custom properties. */
function absoluteIn(value: string, base: string): string {
  return value.replace(
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)/gi,
    (_, double, single, bare) => `url("${absolute(double ?? single ?? bare ?? '', base)}")`,
  );
}

function settledSheet(sheet: CssNode, options: FrameStyleOptions): string {
  walk(sheet, (node, item, list) => {
    switch (node.type) {
      case 'Dimension':
        settleLength(node, options);
        break;
      case 'Raw':
        node.value = inPixels(node.value, options);
        break;
      case 'TypeSelector':
        if (/^(?:html|body)$/i.test(node.name)) node.name = `frame-${node.name.toLowerCase()}`;
        break;
      case 'PseudoClassSelector':
        if (node.name.toLowerCase() === 'root')
          list?.replace(
            item as ListItem<CssNode>,
            list.createItem({ type: 'ClassSelector', name: 'frame-root' }),
          );
        break;
      case 'Rule':
        settleAnimations(node);
        break;
    }
  });
  return generate(sheet);
}

/** Keeps the content of media rules that match, and drops that of others and of page rules. */
function settleRules(node: CssNode, holds: ReadonlyMap<string, boolean>): void {
  const children = childrenOf(node);
  children?.forEach((child, item, list) => {
    if (child.type === 'Atrule' && isNamed(child, 'page')) list.remove(item);
    else if (child.type === 'Atrule' && isNamed(child, 'media')) {
      settleRules(child, holds);
      const isShown = !child.prelude || holds.get(generate(child.prelude));
      const inner = child.block?.children;
      if (isShown && inner) list.replace(item, inner);
      else list.remove(item);
    } else settleRules(child, holds);
  });
}

function childrenOf(node: CssNode): List<CssNode> | undefined {
  if (node.type === 'StyleSheet') return node.children;
  if (node.type === 'Rule' || node.type === 'Atrule') return node.block?.children;
  return undefined;
}

const UNITS: Readonly<Record<string, (options: FrameStyleOptions) => number>> = {
  vw: ({ size }) => size.widthPx / 100,
  vi: ({ size }) => size.widthPx / 100,
  vh: ({ size }) => size.heightPx / 100,
  vb: ({ size }) => size.heightPx / 100,
  vmin: ({ size }) => Math.min(size.widthPx, size.heightPx) / 100,
  vmax: ({ size }) => Math.max(size.widthPx, size.heightPx) / 100,
  rem: ({ rootFontPx }) => rootFontPx,
};

/** Pixels of a unit of the window (large, small and dynamic ones are the same in print) or of the root's font. */
function pixelsOf(unit: string, options: FrameStyleOptions): number | undefined {
  const name = unit.toLowerCase().replace(/^[sld](?=v)/, '');
  return Object.hasOwn(UNITS, name) ? UNITS[name]?.(options) : undefined;
}

function settleLength(node: { value: string; unit: string }, options: FrameStyleOptions): void {
  const pixels = pixelsOf(node.unit, options);
  if (pixels === undefined) return;
  node.value = rounded(Number(node.value) * pixels);
  node.unit = 'px';
}

const LENGTH = /(?<![\w#.-])([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)((?:[sld]?v(?:w|h|i|b|min|max))|rem)\b/gi;

function inPixels(css: string, options: FrameStyleOptions): string {
  return css.replace(LENGTH, (whole, value: string, unit: string) => {
    const pixels = pixelsOf(unit, options);
    return pixels === undefined ? whole : `${rounded(Number(value) * pixels)}px`;
  });
}

function rounded(pixels: number): string {
  return String(Math.round(pixels * 1e5) / 1e5);
}

/** Paper has no motion: see https://www.w3.org/TR/css-animations-1/ for each of these properties. */
function settleAnimations({ block }: Rule): void {
  const declarations = block.children
    .toArray()
    .filter((node) => node.type === 'Declaration' && /^(?:-webkit-)?animation(?:-|$)/i.test(node.property));
  if (declarations.length === 0) return;
  const isEndless = declarations.some((node) => /\binfinite\b/i.test(generate(node)));
  const rules = isEndless
    ? 'animation-play-state:paused!important;animation-delay:0s!important'
    : 'animation-duration:0s!important;animation-delay:0s!important';
  const added = parse(rules, { context: 'declarationList' });
  if (added.type === 'DeclarationList') block.children.appendList(added.children);
}

function isNamed(node: CssNode, ...names: readonly string[]): boolean {
  return node.type === 'Atrule' && names.includes(node.name.toLowerCase());
}

function removeAll(list: List<CssNode>, isUnwanted: (node: CssNode) => boolean): void {
  list.forEach((node, item) => {
    if (isUnwanted(node)) list.remove(item);
  });
}
