import { crc32, createDeflate, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type InspectLimits, inspectImage } from '../../../src/images/decoder/inspect.ts';
import { randomCases } from '../../support/random-cases.ts';
import { volume } from '../../support/volume.ts';
import { animation, bmp, bmpOf, photograph } from '../pictures.ts';

const text = (value: string): Buffer => Buffer.from(value);
const svg = (attributes: string, inside = ''): Buffer =>
  text(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);

/** `type width height`, with the number of frames if there are more than one, or the failure's code. */
async function summary(bytes: Uint8Array, limits?: Partial<InspectLimits>): Promise<string> {
  const result = await inspectImage(bytes, limits);
  if (!result.ok) return result.failure.code;
  const { type, widthPx, heightPx, frames } = result.facts;
  return `${type} ${widthPx} ${heightPx}${frames > 1 ? ` ${frames}` : ''}`;
}

async function messageOf(bytes: Uint8Array, limits?: Partial<InspectLimits>): Promise<string> {
  const result = await inspectImage(bytes, limits);
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

  test('image/bmp is known by its content', async () => {
    expect(await summary(await bmpOf(photograph(60, 40)))).toBe('image/bmp 60 40');
  });

  test('a JPEG with a rotation in its EXIF has its upright size', async () => {
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
    bytes.writeUInt32BE(20_000, 16);
    bytes.writeUInt32BE(20_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    expect(await messageOf(bytes)).toBe('the image has 20000 × 20000 pixels, more than 100 million');
  });

  test('the limit of pixels can be set', async () => {
    expect(await summary(await photograph(60, 40).png().toBuffer(), { maxPixels: 2_399 })).toBe(
      'IMAGE_TOO_LARGE',
    );
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
    [
      'an entity',
      '<!DOCTYPE svg [<!ENTITY w "2">]><svg xmlns="http://www.w3.org/2000/svg" width="&w;" height="1"/>',
    ],
    ['a script', svg('width="2" height="1"', '<script>alert(1)</script>').toString()],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="2" height="1"></s:svg >'],
    ['a root that closes itself', '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>'],
  ])('with %s is one', async (_name, source) => {
    expect(await summary(text(source))).toBe('image/svg+xml 2 1');
  });

  test.each([
    [
      'an entity that holds itself',
      '<!DOCTYPE svg [<!ENTITY a "&a;">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
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

describe('SVG in other wrappings', () => {
  const whole = svg('width="2" height="1"', '<text>é</text>');

  test('packed by gzip is one', async () => {
    expect(await summary(gzipSync(whole))).toBe('image/svg+xml 2 1');
  });

  test('packed, with a packing that was cut off, is broken', async () => {
    expect(await messageOf(gzipSync(whole).subarray(0, -4))).toBe(
      'the SVG is damaged: it cannot be unpacked',
    );
  });

  test('packed, and larger than the limit when unpacked, is too large', async () => {
    const bomb = gzipSync(svg('', ' '.repeat(1_000_000)));
    expect(await messageOf(bomb, { maxBytes: 900_000 })).toBe(
      'the SVG has more than 0.9 million bytes uncompressed',
    );
  });

  test('with a picture of 20,000 × 20,000 pixels in it is too large', async () => {
    const inner = (await hugePng(20_000)).toString('base64');
    const inside = `<image href="data:image/png;base64,${inner}"/>`;
    expect(await messageOf(svg('', inside))).toBe(
      'the image has 20000 × 20000 pixels, more than 100 million',
    );
  });

  test('with such a picture in an SVG within is too large', async () => {
    const inner = svg(
      '',
      `<image href="data:image/png;base64,${(await hugePng(20_000)).toString('base64')}"/>`,
    );
    const inside = `<image href="data:image/svg+xml;base64,${inner.toString('base64')}"/>`;
    expect(await summary(svg('', inside))).toBe('IMAGE_TOO_LARGE');
  });

  test('with a picture in it that is broken is shown without', async () => {
    expect(await summary(svg('', '<image href="data:image/png;base64,AAAA"/>'))).toBe(
      'image/svg+xml 300 150',
    );
  });

  test('that laughs a thousand million times is broken', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${`&a${i + 1};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE svg [${laughs.join('')}<!ENTITY a9 "ha">]>${svg('', '<text>&a0;</text>')}`;
    expect(await messageOf(text(bomb))).toBe('the SVG declares XML entities that expand without limit');
  });
});

/** A PNG of one color that is what its header says, made row by row. */
async function hugePng(side: number): Promise<Buffer> {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const packed: Buffer[] = [];
  const deflate = createDeflate({ level: 9 }).on('data', (piece: Buffer) => packed.push(piece));
  const row = Buffer.alloc((1 + Math.ceil(side / 8)) * 100);
  for (let y = 0; y < side; y += 100) {
    if (!deflate.write(row)) await new Promise((done) => deflate.once('drain', done));
  }
  await new Promise<void>((done) => {
    deflate.once('end', done).end();
  });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', Buffer.concat(packed)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...chunks]);
}

describe('animations', () => {
  test.each(['gif', 'webp'] as const)('the frames of a %s are counted', async (format) => {
    expect(await summary(await animation(5, 60, 40)[format]().toBuffer())).toBe(`image/${format} 60 40 5`);
  });

  test('the pages of a TIFF are none', async () => {
    expect(await summary(await animation(3, 60, 40).tiff().toBuffer())).toBe('image/tiff 60 40');
  });

  test.each(['gif', 'webp'] as const)('a %s cut off after any of its frames is broken', async (format) => {
    const whole = await animation(5, 60, 40)[format]().toBuffer();
    const cuts = Array.from({ length: 60 }, (_, i) =>
      whole.subarray(0, 20 + Math.floor(((whole.length - 20) * i) / 60)),
    );
    const codes = await Promise.all(cuts.map((cut) => summary(cut)));
    expect(new Set(codes)).toEqual(new Set(['IMAGE_BROKEN']));
  });

  test('one of more frames than allowed is too large', async () => {
    const gif = await animation(5, 6, 4).gif().toBuffer();
    expect(await messageOf(gif, { maxFrames: 4 })).toBe('the animation has 5 frames, more than 4');
  });

  test('one of 10,000 frames is too large', async () => {
    expect(await messageOf(await manyFrames(10_000, 10))).toBe(
      'the animation has 10000 frames, more than 2000',
    );
  });

  test('one of frames that are too many pixels together is too large', async () => {
    expect(await messageOf(await manyFrames(21, 10), { maxPixels: 100 })).toBe(
      'the animation has 21 frames of 10 × 10 pixels, in total more than 0.002 million',
    );
  });

  test('one of very many frames of 500 × 500 is decoded whole in little memory', async () => {
    const frames = volume(700, 2_000);
    const gif = await manyFrames(frames, 500);
    const { result, grownBytes } = await memoryOf(() => summary(gif));
    expect(result).toBe(`image/gif 500 500 ${frames}`);
    // All frames at once would be 700 MB or 2 GB.
    expect(grownBytes).toBeLessThan(300_000_000);
  });

  test('one whose frames are taller than libvips can stack is decoded whole', async () => {
    expect(await summary(await manyFrames(1_500, 4, 4_000))).toBe('image/gif 4 4000 1500');
  });

  /** How much larger this process gets meanwhile. Looked at all the time: its peak may come from another file's tests. */
  async function memoryOf<T>(use: () => Promise<T>): Promise<{ result: T; grownBytes: number }> {
    const before = process.memoryUsage.rss();
    let peak = before;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 2);
    const result = await use().finally(() => clearInterval(timer));
    return { result, grownBytes: peak - before };
  }

  /** One frame of one color, again and again. */
  async function manyFrames(frames: number, width: number, height = width): Promise<Buffer> {
    const one = await sharp({ create: { width, height, channels: 3, background: 'teal' } })
      .gif()
      .toBuffer();
    const frame = one.subarray(one.indexOf(Buffer.of(0x2c), 13 + 3 * 2 ** (((one[10] ?? 0) & 7) + 1)), -1);
    return Buffer.concat([
      one.subarray(0, one.length - 1 - frame.length),
      ...Array(frames).fill(frame),
      Buffer.of(0x3b),
    ]);
  }
});

describe('bombs', () => {
  test('a PNG of 50,000 × 50,000 pixels is refused by its header', async () => {
    expect(await messageOf(await hugePng(50_000))).toBe(
      'the image has 50000 × 50000 pixels, more than 100 million',
    );
  });

  test('a BMP of 50,000 × 50,000 pixels is refused by its header', async () => {
    const bytes = bmp(50_000, 50_000, { bits: 8, compression: 1, pixels: Buffer.alloc(100) });
    expect(await messageOf(bytes)).toBe('the image has 50000 × 50000 pixels, more than 100 million');
  });
});

/** Small files of every format, as text alone and as picture. */
const FORMATS: readonly (readonly [name: string, make: () => Promise<Buffer>])[] = [
  ['PNG', () => photograph(60, 40).png().toBuffer()],
  ['interlaced PNG', () => photograph(60, 40).png({ progressive: true }).toBuffer()],
  ['JPEG', () => photograph(60, 40).jpeg().toBuffer()],
  ['progressive JPEG', () => photograph(60, 40).jpeg({ progressive: true }).toBuffer()],
  ['GIF', () => photograph(60, 40).gif().toBuffer()],
  ['moving GIF', () => animation(4, 30, 20).gif().toBuffer()],
  ['WebP', () => photograph(60, 40).webp().toBuffer()],
  ['moving WebP', () => animation(4, 30, 20).webp().toBuffer()],
  ['AVIF', () => photograph(60, 40).avif({ effort: 0 }).toBuffer()],
  ['TIFF', () => photograph(60, 40).tiff({ compression: 'lzw' }).toBuffer()],
  ['BMP', () => bmpOf(photograph(60, 40))],
  [
    'compressed BMP',
    async () =>
      bmp(9, 2, { bits: 8, compression: 1, palette: [[1, 2, 3]], pixels: Buffer.of(9, 0, 0, 0, 9, 0) }),
  ],
  [
    'SVG',
    async () => svg('width="2" height="1"', '<style>a{fill:url(#b)}</style><a id="b"/><use href="#b"/>'),
  ],
  ['packed SVG', async () => gzipSync(svg('width="2" height="1"', '<g/>'))],
];

describe('damage', () => {
  // What is left of a packed file may not unpack as far as its root.
  test.each(FORMATS.slice(0, -1))('a %s cut off anywhere is broken', async (_name, make) => {
    const whole = await make();
    // Before its tenth byte nothing is itself yet; a PNG's last twelve only say that this was the end.
    const last = whole.length - (whole[0] === 0x89 ? 13 : 1);
    const cuts = [...Array.from({ length: 80 }, (_, i) => 30 + Math.floor(((last - 30) * i) / 80)), last];
    const codes = await Promise.all(
      cuts.filter((cut) => cut > 29).map((cut) => summary(whole.subarray(0, cut))),
    );
    expect(new Set(codes)).toEqual(new Set(['IMAGE_BROKEN']));
  });

  test.each(FORMATS)('a %s with flipped bits is a picture or a failure', async (_name, make) => {
    const whole = await make();
    const flip = fc.tuple(fc.nat(whole.length - 1), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const bytes = Buffer.from(whole);
        for (const [at, bit] of flips) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(await summary(bytes, { maxPixels: 1_000_000 })).toMatch(/^(?:image\/|IMAGE_)/);
      }),
      randomCases(40, 150),
    );
  });

  test('of a PNG after a true header is found', async () => {
    const whole = await photograph(60, 40).png().toBuffer();
    const rest = deflateSync(Buffer.alloc(10));
    rest.copy(whole, whole.indexOf('IDAT') + 4);
    expect(await summary(whole)).toBe('IMAGE_BROKEN');
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
    ['a compressed file (gzip)', gzipSync('x').subarray(0, 12)],
    ['a compressed file (gzip)', gzipSync(Buffer.alloc(60 * 1024 * 1024))],
    ['an HTML page titled “Log in”', Buffer.from('\ufeff<title>Log in</title>', 'utf16le')],
    ['plain text', Buffer.from('BMW builds cars, and has done so for a hundred years')],
    [
      'a HEIC image, a format that browsers do not support',
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
    ],
    ['a video', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomavc1')],
    ['unknown binary data', Buffer.of(1, 2, 3, 0, 5)],
  ])('as %s', async (what, bytes) => {
    expect(await messageOf(bytes)).toBe(`this is not an image but ${what}`);
  });
});
