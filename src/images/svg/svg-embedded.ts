import { parseDataUrl } from './svg-url.ts';

/** The raster images within an SVG that was made safe, at any depth. */
export function* embeddedRasters(svg: string): Generator<Uint8Array> {
  for (const [url] of svg.matchAll(/data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]*/g)) {
    const data = parseDataUrl(url);
    if (data?.type === 'image/svg+xml') yield* embeddedRasters(data.bytes.toString('utf8'));
    else if (data) yield data.bytes;
  }
}
