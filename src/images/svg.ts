import { withoutProlog } from './sniff.ts';

export interface SvgSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** CSS px per unit, at 96 dpi and a font of 16 px. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
};

/** What CSS gives a replaced element that has no size at all. */
const FALLBACK: SvgSize = { widthPx: 300, heightPx: 150 };

/**
 * The size an SVG asks for: its `width` and `height`; where one is missing or relative, by the ratio of its `viewBox`;
 * where both are, the size of the `viewBox` itself; without that, 300 × 150.
 *
 * @param text a document whose root is known to be `svg`.
 */
export function svgSize(text: string): SvgSize {
  const attributes = rootAttributes(text);
  const width = length(attributes.get('width'));
  const height = length(attributes.get('height'));
  const box = viewBox(attributes.get('viewBox'));
  if (width !== undefined && height !== undefined) return { widthPx: width, heightPx: height };
  if (width !== undefined) {
    return { widthPx: width, heightPx: box ? (width * box.heightPx) / box.widthPx : FALLBACK.heightPx };
  }
  if (height !== undefined) {
    return { widthPx: box ? (height * box.widthPx) / box.heightPx : FALLBACK.widthPx, heightPx: height };
  }
  return box ?? FALLBACK;
}

/**
 * Why a browser would not show this SVG, or why Deckhand will not give it to one; undefined if nothing is wrong.
 * A cheap look, not a parser: entities, the namespace, and whether the root element is closed.
 */
export function svgFault(text: string): string | undefined {
  if (/<!ENTITY/i.test(text)) return 'declares XML entities, which can grow without bound';
  const root = withoutProlog(text);
  const name = /^<([\w.:-]+)/.exec(root)?.[1] ?? 'svg';
  const prefix = name.includes(':') ? `xmlns:${name.slice(0, name.indexOf(':'))}` : 'xmlns';
  if (rootAttributes(text).get(prefix) !== 'http://www.w3.org/2000/svg') {
    return 'does not declare the SVG namespace, so browsers do not show it';
  }
  if (!closesRoot(withoutEpilog(root), name)) return 'ends before its root element is closed';
  return undefined;
}

function closesRoot(root: string, name: string): boolean {
  if (!root.endsWith('>')) return false;
  return root.slice(0, -1).trimEnd().endsWith(`</${name}`) || /^<[^<>]*\/>$/.test(root);
}

/** Takes comments and instructions from the end; as a regular expression this would take exponential time. */
function withoutEpilog(text: string): string {
  for (let rest = text.trimEnd(); ; ) {
    const opening = rest.endsWith('-->') ? '<!--' : rest.endsWith('?>') ? '<?' : undefined;
    const start = opening === undefined ? -1 : rest.lastIndexOf(opening);
    if (start <= 0) return rest;
    rest = rest.slice(0, start).trimEnd();
  }
}

function rootAttributes(text: string): ReadonlyMap<string, string> {
  const tag = /^<[\w.:-]+((?:[^"'>]|"[^"]*"|'[^']*')*)>/.exec(withoutProlog(text))?.[1] ?? '';
  return new Map(
    [...tag.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', a, b]) => [
      name,
      (a ?? b ?? '').trim(),
    ]),
  );
}

function length(value: string | undefined): number | undefined {
  const [, number, unit = ''] = /^\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)$/i.exec(value ?? '') ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const px = Number(number) * (factor ?? Number.NaN);
  return px > 0 && Number.isFinite(px) ? px : undefined;
}

function viewBox(value: string | undefined): SvgSize | undefined {
  const [, , width, height] = (value ?? '').split(/[\s,]+/).map(Number);
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { widthPx: width, heightPx: height }
    : undefined;
}
