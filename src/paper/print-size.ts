import type { Size } from '../model/model.ts';
import { mm } from './paper.ts';

/** Portrait, in millimeters: the paper formats of Chromium's print command, which reveal-md passes on. */
const FORMATS_MM: Readonly<Record<string, readonly [number, number]>> = {
  a0: [841, 1189],
  a1: [594, 841],
  a2: [420, 594],
  a3: [297, 420],
  a4: [210, 297],
  a5: [148, 210],
  a6: [105, 148],
  letter: [215.9, 279.4],
  legal: [215.9, 355.6],
  tabloid: [279.4, 431.8],
  ledger: [431.8, 279.4],
};

const UNITS_PX: Readonly<Record<string, number>> = { '': 1, px: 1, in: 96, cm: mm(10), mm: mm(1) };

/** Old PDF viewers show no page larger than 200 inches; a page smaller than a centimeter shows nothing. */
const [LEAST_PX, MOST_PX] = [mm(10), 200 * 96];

/**
 * A paper as `--print-size` of reveal-md has it: `1024x768`, `210x297mm` or `A4`
 * (https://github.com/webpro/reveal-md#print-to-pdf).
 */
export function parsePrintSize(text: string): Size | undefined {
  const name = text.toLowerCase();
  const format = Object.hasOwn(FORMATS_MM, name) ? FORMATS_MM[name] : undefined;
  if (format) return { widthPx: mm(format[0]), heightPx: mm(format[1]) };
  const [, width, height, unit = ''] = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? [];
  const unitPx = Object.hasOwn(UNITS_PX, unit) ? UNITS_PX[unit] : undefined;
  if (width === undefined || height === undefined || unitPx === undefined) return undefined;
  const size = { widthPx: Number(width) * unitPx, heightPx: Number(height) * unitPx };
  const isPaper = Object.values(size).every((px) => px >= LEAST_PX && px <= MOST_PX);
  return isPaper ? size : undefined;
}

export const PRINT_SIZES =
  'WIDTHxHEIGHT in px, in, cm or mm, like 1024x768 or 210x297mm; A0 to A6, Letter, Legal, Tabloid or Ledger';
