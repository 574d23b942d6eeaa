import { rootAttributes } from './svg-parse.ts';

export { svgText } from './svg-text.ts';

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

/** Attributes by which a browser gives an SVG its size, and fits it into the box it gets. */
const SIZING = ['width', 'height', 'viewBox', 'preserveAspectRatio'];

/**
 * An empty picture that browsers size like this one: what the layout needs of it.
 *
 * @param text as `svgText` reads it.
 */
export function svgStub(text: string): string {
  const attributes = rootAttributes(text);
  const kept = SIZING.flatMap((name) => {
    const value = attributes.get(name);
    return value === undefined
      ? []
      : [` ${name}="${value.replace(/[&<"]/g, (c) => `&#${c.charCodeAt(0)};`)}"`];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"${kept.join('')}/>`;
}

function length(value: string | undefined): number | undefined {
  const [, number, unit = ''] = /^\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)$/i.exec(value?.trim() ?? '') ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const px = Number(number) * (factor ?? Number.NaN);
  return px > 0 && Number.isFinite(px) ? px : undefined;
}

function viewBox(value: string | undefined): SvgSize | undefined {
  const [, , width, height] = (value ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { widthPx: width, heightPx: height }
    : undefined;
}
