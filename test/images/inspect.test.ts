import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectImage } from '../../src/images/inspect.ts';
import { photograph } from './pictures.ts';

const text = (value: string): Buffer => Buffer.from(value);
const svg = (attributes: string, inside = ''): Buffer =>
  text(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);

/** `type width height`, or the failure's code. */
async function summary(bytes: Uint8Array, maxPixels?: number): Promise<string> {
  const result = await inspectImage(bytes, { maxPixels });
  if (!result.ok) return result.failure.code;
  const { type, widthPx, heightPx } = result.image;
  return `${type} ${widthPx} ${heightPx}`;
}

async function messageOf(bytes: Uint8Array): Promise<string> {
  const result = await inspectImage(bytes);
  return result.ok ? 'ok' : result.failure.message;
}

describe('rasters', () => {
  test.each([
    ['image/png', () => photograph(60, 40).png()],
    ['image/jpeg', () => photograph(60, 40).jpeg()],
    ['image/gif', () => photograph(60, 40).gif()],
    ['image/webp', () => photograph(60, 40).webp()],
    ['image/avif', () => photograph(60, 40).avif({ effort: 0 })],
    ['image/tiff', () => photograph(60, 40).tiff()],
  ])('%s is known by its content', async (type, make) => {
    expect(await summary(await make().toBuffer())).toBe(`${type} 60 40`);
  });

  test('an original carries the hash of its bytes', async () => {
    const bytes = await photograph(60, 40).png().toBuffer();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await inspectImage(bytes)).toMatchObject({ image: { sha256 } });
  });

  test('a JPEG that lies on its side has its upright size', async () => {
    const bytes = await photograph(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await summary(bytes)).toBe('image/jpeg 40 60');
  });

  test.each([
    ['JPEG', () => photograph().jpeg()],
    ['progressive JPEG', () => photograph().jpeg({ progressive: true })],
    ['PNG', () => photograph().png()],
    ['interlaced PNG', () => photograph().png({ progressive: true })],
    ['WebP', () => photograph().webp()],
    ['GIF', () => photograph().gif()],
    ['AVIF', () => photograph().avif({ effort: 0 })],
    ['TIFF', () => photograph().tiff({ compression: 'lzw' })],
  ])('a %s that was cut in half is broken', async (_name, make) => {
    const bytes = await make().toBuffer();
    expect(await summary(bytes.subarray(0, bytes.length >> 1))).toBe('IMAGE_BROKEN');
  });

  test('a JPEG that lost its last hundred bytes is broken', async () => {
    const bytes = await photograph().jpeg().toBuffer();
    expect(await summary(bytes.subarray(0, -100))).toBe('IMAGE_BROKEN');
  });

  test('the message of a broken picture is one line', async () => {
    const bytes = await photograph().jpeg().toBuffer();
    expect(await messageOf(bytes.subarray(0, -100))).toBe(
      'the JPEG is damaged: VipsJpeg: premature end of JPEG image',
    );
  });

  test('a picture of 20,000 × 20,000 pixels is refused by its header', async () => {
    const bytes = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { crc32 } = await import('node:zlib');
    bytes.writeUInt32BE(20_000, 16);
    bytes.writeUInt32BE(20_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    expect(await messageOf(bytes)).toBe('the image has 20000 × 20000 pixels, more than 100 million');
  });

  test('the limit of pixels can be set', async () => {
    expect(await summary(await photograph(60, 40).png().toBuffer(), 2_399)).toBe('IMAGE_TOO_LARGE');
  });
});

describe('SVG', () => {
  test.each([
    ['width="200" height="100"', '200 100'],
    ['width="200px" height="100PX"', '200 100'],
    ['width="72pt" height="1in"', '96 96'],
    ['width="2.54cm" height="25.4mm"', '96 96'],
    ['width="10em" height="1e2"', '160 100'],
    ['viewBox="0 0 640 480"', '640 480'],
    ['viewBox="0,0,640,480" width="100%" height="100%"', '640 480'],
    ['viewBox="0 0 640 480" width="320"', '320 240'],
    ['viewBox="0 0 640 480" height="120"', '160 120'],
    ['width="0" height="-3"', '300 150'],
    ['', '300 150'],
    ["width='20' height='10' data-a='>'", '20 10'],
  ])('with %s is %s', async (attributes, size) => {
    expect(await summary(svg(attributes))).toBe(`image/svg+xml ${size}`);
  });

  test.each([
    ['a byte order mark', `\ufeff${svg('width="2" height="1"')}`],
    ['a declaration', `<?xml version="1.0"?>\n${svg('width="2" height="1"')}\n`],
    ['comments', `<!-- > --><!-- <svg> -->${svg('width="2" height="1"')}<!-- end -->\n`],
    [
      'a document type',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg('width="2" height="1"')}`,
    ],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="2" height="1"></s:svg >'],
    ['a root that closes itself', '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>'],
  ])('with %s is one', async (_name, source) => {
    expect(await summary(text(source))).toBe('image/svg+xml 2 1');
  });

  test.each([
    ['entities', '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['no namespace', '<svg width="2" height="1"></svg>'],
    ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>'],
    ['tags that do not match', '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'],
    ['a bare ampersand', '<svg xmlns="http://www.w3.org/2000/svg"><text>a & b</text></svg>'],
  ])('with %s is broken', async (_name, source) => {
    expect(await summary(text(source))).toBe('IMAGE_BROKEN');
  });

  test('that was made to be slow is judged quickly', async () => {
    const hostile = [
      `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(200_000)}x</svg`,
      `${'<!-- -->'.repeat(20_000)}<p`,
      `<!DOCTYPE x [${']'.repeat(100_000)}`,
      `<svg ${'a="'.repeat(50_000)}`,
    ];
    const started = performance.now();
    for (const source of hostile) await inspectImage(text(source));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('what is not an image is named', () => {
  test.each([
    ['an HTML page titled “Log in”', '<!doctype html>\n<html><head><title>\n Log\n in </title>'],
    ['an HTML page', '<html><body>Hello'],
    ['JSON', '{"message": "Not Found"}'],
    ['an XML document', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0'],
    ['a PDF document', '%PDF-1.7\n'],
    ['plain text', 'Not found'],
    ['an empty file', ''],
    ['an empty file', ' \n'],
  ])('as %s', async (what, source) => {
    expect(await messageOf(text(source))).toBe(`this is not an image but ${what}`);
  });

  test.each([
    ['a compressed file (gzip)', gzipSync('x')],
    ['a BMP picture, a format that is not supported', Buffer.from(`BM${'\0'.repeat(12)}(${'\0'.repeat(40)}`)],
    ['a HEIC picture, a format that browsers do not show', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['a video', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomavc1')],
    ['unknown binary data', Buffer.of(1, 2, 3, 0, 5)],
  ])('as %s', async (what, bytes) => {
    expect(await messageOf(bytes)).toBe(`this is not an image but ${what}`);
  });
});
