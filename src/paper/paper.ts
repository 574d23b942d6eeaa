import type { Size } from '../model/model.ts';

/** Portrait, in millimeters: ISO 216 and ANSI/ASME Y14.1. */
const PAPER_MM = {
  a3: [297, 420],
  a4: [210, 297],
  a5: [148, 210],
  letter: [215.9, 279.4],
  legal: [215.9, 355.6],
  tabloid: [279.4, 431.8],
} as const satisfies Record<string, readonly [number, number]>;

export type Paper = keyof typeof PAPER_MM;
export const PAPERS = Object.keys(PAPER_MM) as Paper[];

/** CSS has 96 pixels per inch. */
export const mm = (millimetres: number): number => (millimetres * 96) / 25.4;

export function paperSize(paper: Paper, orientation: 'portrait' | 'landscape'): Size {
  const [short, long] = PAPER_MM[paper];
  const [width, height] = orientation === 'portrait' ? [short, long] : [long, short];
  return { widthPx: mm(width), heightPx: mm(height) };
}
