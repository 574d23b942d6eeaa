import jsqr from 'jsqr';
import type { RasterPage } from './raster.ts';

/** The QR code that a camera would see there; none if there is none to be read. */
export function readCode({ data, width, height }: RasterPage) {
  // A CommonJS module: what it exports by default is a property of it.
  return jsqr.default(data, width, height) ?? undefined;
}
