import sharp from 'sharp';

/** A place where one picture of a slide shows something that the other one has nowhere near. */
export interface Blemish {
  /** In CSS pixels of the slide. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** `line`: long and thin, such as a border that is missing; `area`: such as a color that is another one. */
  readonly kind: 'line' | 'area';
}

export interface FullSizeOptions {
  /** Pixels of the pictures for one CSS pixel. */
  readonly density: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** In CSS pixels: how much of the pictures’ edges is left out of account; none: nothing. */
  readonly edgePx?: number;
}

/** Of a pixel: its color, and an alpha that is the same everywhere. */
const CHANNELS = 4;
/** How far a color may be off, of 255: rounding, and what viewers make of gradients. */
const TOLERANCE = 6;
/** Of the contrast around a place: how much of it a thin line may lose where it lies between pixels. */
const SMOOTHED = 0.4;
/** In CSS pixels. The edge of a letter is off in dots, a hairline over all its length. */
const LONG = 6;
/** In CSS pixels: the side of a square that is wholly of another color. */
const SIDE = 4;
/** In CSS pixels: edges are smoothed differently, and may be off by as much. */
const REACH = 1;

/**
 * Compares two pictures of a slide at its full size. A pixel is explained if the other picture has its color, or ones between
 * which it lies, at most a CSS pixel away. So anti-aliasing is no difference, but a hairline that is missing is one, and so is a
 * color that is a little off. What is left is reported where it is long or fills a square.
 */
export async function findBlemishes(
  one: Uint8Array,
  other: Uint8Array,
  options: FullSizeOptions,
): Promise<Blemish[]> {
  const [width, height] = [options.widthPx, options.heightPx].map((px) =>
    Math.round(px * options.density),
  ) as [number, number];
  const [a, b] = await Promise.all([one, other].map((png) => pixelsOf(png, width, height)));
  const reach = Math.round(REACH * options.density);
  const unexplained = new Uint8Array(width * height);
  // Nearly all of them are the same, which takes one comparison instead of three.
  const [wholeA, wholeB] = [a, b].map((pixels) => new Uint32Array(Uint8Array.from(pixels as Buffer).buffer));
  const edge = Math.round((options.edgePx ?? 0) * options.density);
  for (let y = edge; y < height - edge; y++)
    for (let x = edge; x < width - edge; x++) {
      const pixel = y * width + x;
      if (wholeA?.[pixel] === wholeB?.[pixel]) continue;
      const at = CHANNELS * pixel;
      if (!isOff(a as Buffer, b as Buffer, at)) continue;
      const isExplained =
        isWithin(a as Buffer, at, b as Buffer, x, y) && isWithin(b as Buffer, at, a as Buffer, x, y);
      if (!isExplained) unexplained[pixel] = 1;
    }
  return blemishesIn(unexplained, width, height, options.density);

  /** Whether a pixel of one picture lies between those around its place in the other one. */
  function isWithin(from: Buffer, at: number, to: Buffer, x: number, y: number): boolean {
    const [left, right] = [Math.max(x - reach, 0), Math.min(x + reach, width - 1)];
    const [top, bottom] = [Math.max(y - reach, 0), Math.min(y + reach, height - 1)];
    for (let channel = 0; channel < 3; channel++) {
      let [least, most] = [255, 0];
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++) {
          const value = to[CHANNELS * (row * width + column) + channel] as number;
          if (value < least) least = value;
          if (value > most) most = value;
        }
      const value = from[at + channel] as number;
      const tolerance = TOLERANCE + SMOOTHED * (most - least);
      if (value < least - tolerance || value > most + tolerance) return false;
    }
    return true;
  }
}

function pixelsOf(png: Uint8Array, width: number, height: number): Promise<Buffer> {
  return sharp(png)
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize(width, height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer();
}

function isOff(a: Buffer, b: Buffer, at: number): boolean {
  for (let channel = 0; channel < 3; channel++)
    if (Math.abs((a[at + channel] as number) - (b[at + channel] as number)) > TOLERANCE) return true;
  return false;
}

/** Pixels that touch each other are one thing. */
function blemishesIn(marked: Uint8Array, width: number, height: number, density: number): Blemish[] {
  const found: Blemish[] = [];
  for (let start = 0; start < marked.length; start++) {
    if (marked[start] !== 1) continue;
    const members = [start];
    marked[start] = 2;
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let i = 0; i < members.length; i++) {
      const at = members[i] as number;
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++)
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
          const next = row * width + column;
          if (marked[next] !== 1) continue;
          marked[next] = 2;
          members.push(next);
        }
    }
    const [wide, tall] = [right - left + 1, bottom - top + 1];
    const isLong = Math.max(wide, tall) >= LONG * density;
    const isArea = members.length >= (SIDE * density) ** 2 && members.length >= (wide * tall) / 2;
    if (!isLong && !isArea) continue;
    const box = { left, top, width: wide, height: tall };
    const inPx = Object.fromEntries(Object.entries(box).map(([name, value]) => [name, value / density]));
    found.push({ ...(inPx as unknown as typeof box), kind: isArea ? 'area' : 'line' });
  }
  return found;
}
