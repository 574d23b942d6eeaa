import { rootAttributes } from './svg-parse.ts';

export { svgText } from './svg-text.ts';

export interface SvgSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** CSS px per unit, at 96 dpi and a font size of 16 px. */
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

/** The size that CSS gives to replaced elements without any size. */
const FALLBACK: SvgSize = { widthPx: 300, heightPx: 150 };

/**
 * The natural size of an SVG: its `width` and `height`; if one is missing or relative, by the ratio of its `viewBox`; if both
 * are, the size of the `viewBox`; without one, 300 × 150.
 *
 * @param text a document whose root is `svg`.
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

/** Attributes from which a browser derives the size of an SVG, and how it fits into its box. */
const SIZING = ['width', 'height', 'viewBox', 'preserveAspectRatio'];

/**
 * An empty image that browsers size like this one, for the layout.
 *
 * @param text as `svgText` returns it.
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
