import type { Size } from '../../../../model/model.ts';

/** reveal.js's own defaults: https://revealjs.com/presentation-size/ */
const REVEAL_SIZE: Size = { widthPx: 960, heightPx: 700 };
/** A percentage is relative to the window. Paper has none, so it becomes the shape of a projector. */
const PERCENT_SIZE: Size = { widthPx: 1280, heightPx: 720 };

/** The slide size in a deck's `revealOptions`, in whole CSS pixels. */
export function slideSize(width: unknown, height: unknown): Size {
  return {
    widthPx: dimension(width, REVEAL_SIZE.widthPx, PERCENT_SIZE.widthPx),
    heightPx: dimension(height, REVEAL_SIZE.heightPx, PERCENT_SIZE.heightPx),
  };
}

function dimension(value: unknown, absent: number, percent: number): number {
  if (typeof value !== 'number' && typeof value !== 'string') return absent;
  if (/%\s*$/.test(String(value))) return percent;
  const pixels = Math.round(Number.parseFloat(String(value)));
  return Number.isFinite(pixels) && pixels >= 100 && pixels <= 10_000 ? pixels : absent;
}
