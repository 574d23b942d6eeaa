import type { Pixels } from './pixels.ts';

/** Relative luminance by channel value: WCAG 2.2, from IEC 61966-2-1. */
const LINEAR = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Number of luminance steps with which no sRGB level is lost. */
const STEPS = 8192;
const LEVEL = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  const linear = step / STEPS;
  return Math.round(255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055));
});

/** The same image in grays with the luminance of its colors. Transparency stays. */
export function grayPixels({ data, channels, ...size }: Pixels): Pixels {
  const gray = Uint8Array.from(data);
  for (let i = 0; i < gray.length; i += channels) {
    const [red = 0, green = 0, blue = 0] = [data[i], data[i + 1], data[i + 2]];
    const luminance =
      0.2126 * (LINEAR[red] ?? 0) + 0.7152 * (LINEAR[green] ?? 0) + 0.0722 * (LINEAR[blue] ?? 0);
    gray.fill(LEVEL[Math.round(luminance * STEPS)] ?? 0, i, i + 3);
  }
  return { ...size, channels, data: gray };
}
