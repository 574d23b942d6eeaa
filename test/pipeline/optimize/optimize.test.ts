import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../../src/images/cache/cache.ts';
import { type Decoder, failed, type RenditionSpec } from '../../../src/images/model/model.ts';
import { cachedEncoder } from '../../../src/images/renditions/cached-renditions.ts';
import type { FoundImage } from '../../../src/images/source.ts';
import type { LaidOutPage } from '../../../src/model/model.ts';
import type { PdfImage } from '../../../src/model/pdf-parts.ts';
import { type OptimizeOptions, optimizePictures } from '../../../src/pipeline/optimize/optimize.ts';
import { laidOutSlide, layout, sampleDeck } from '../../support/sample.ts';
import { storedImageOf } from '../../support/stored-image.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const URL_A = 'https://a.example/a.png';
const FOUND: FoundImage = {
  ok: true,
  image: storedImageOf(Buffer.from('x'), { widthPx: 900, heightPx: 600, frames: 2 }),
};

const IMAGE: PdfImage = {
  widthPx: 1,
  heightPx: 1,
  filter: 'DCT',
  colours: 'gray',
  bitsPerComponent: 8,
  bytes: Buffer.from('r'),
};

/** Makes one byte of everything, and notes what it was asked for. */
function recorder(fails = false) {
  const specs: RenditionSpec[] = [];
  const decoder: Decoder = {
    warmUp: () => undefined,
    inspect: async () => failed('IMAGE_BROKEN', 'not asked for here'),
    rendition: async () => failed('IMAGE_BROKEN', 'not asked for here'),
    pdfImage: async (_original, spec) => {
      specs.push(spec);
      return fails ? failed('IMAGE_BROKEN', 'the decoder crashed') : { ok: true, image: IMAGE };
    },
    close: async () => undefined,
  };
  return { decoder, specs };
}

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });
const placed = (widthPx: number, heightPx: number, url = URL_A) => ({
  url,
  box: { x: 0, y: 0, width: widthPx, height: heightPx },
  size: size(widthPx, heightPx),
});

async function optimize(
  pages: readonly Partial<LaidOutPage>[],
  options: Partial<OptimizeOptions> = {},
  port = recorder(),
) {
  const whole = pages.map((page) => ({ html: '', pictures: [], painted: [], words: '', links: [], ...page }));
  const result = optimizePictures(
    sampleDeck('/p'),
    [layout({ slides: [laidOutSlide({ pages: whole })] })],
    new Map([[URL_A, FOUND]]),
    { density: 96, mode: 'print', printScale: 1, ...options },
    cachedEncoder(port.decoder, openCache(join(await temporaryFolder(), 'cache'))),
  );
  return { ...(await result.all()), apart: result.apart, specs: port.specs };
}

describe('a picture', () => {
  test('gets the pixels of its largest box', async () => {
    const { specs } = await optimize([{ pictures: [placed(200, 100)] }, { pictures: [placed(90, 300)] }]);
    expect(specs).toEqual([{ maxWidthPx: 200, maxHeightPx: 300, frame: 1, mode: 'print' }]);
  });

  test('gets as many pixels as the density and the largest print ask for', async () => {
    const { specs } = await optimize([{ pictures: [placed(200, 100)] }], { density: 192, printScale: 1.5 });
    expect(specs[0]).toMatchObject({ maxWidthPx: 600, maxHeightPx: 300 });
  });

  test('that is painted at its natural size gets the pixels of that', async () => {
    const { specs } = await optimize([{ pictures: [placed(20, 10)], painted: [{ url: URL_A }] }]);
    expect(specs[0]).toMatchObject({ maxWidthPx: 900, maxHeightPx: 600 });
  });

  test('is printed apart, with a stub of its natural size', async () => {
    const { apart, pictures } = await optimize([{ pictures: [placed(20, 10)] }]);
    const natural = { widthPx: 900, heightPx: 600 };
    expect([...apart]).toEqual([[URL_A, { natural, isOpaque: true }]]);
    expect(pictures.get(URL_A)).toEqual({ image: IMAGE, natural });
  });

  test('of which another frame is shown is made for each of them', async () => {
    const last = {
      ...placed(20, 10, 'http://deck.invalid/.deckhand/frame/last/x'),
      frame: { of: URL_A, frame: 'last' },
    } as const;
    const { specs, pictures } = await optimize([{ pictures: [placed(20, 10), last] }]);
    // The cache is asked for both at once, and either may be answered first.
    expect([new Set(specs.map(({ frame }) => frame)), specs.length, pictures.size]).toEqual([
      new Set([1, 'last']),
      ...[2, 2],
    ]);
  });

  test('with an unknown size is made for a whole slide', async () => {
    expect((await optimize([{}])).specs[0]).toMatchObject({ maxWidthPx: 960, maxHeightPx: 700 });
  });

  test('that cannot be made is drawn as a card and reported', async () => {
    const { pictures, diagnostics } = await optimize([{ pictures: [placed(200, 100)] }], {}, recorder(true));
    expect(diagnostics).toMatchObject([{ code: 'IMAGE_BROKEN', url: URL_A }]);
    const card = pictures.get(URL_A);
    expect(card && 'file' in card && String(card.file.bytes)).toContain('the decoder crashed');
  });

  test('is made once and kept', async () => {
    const cache = openCache(join(await temporaryFolder(), 'cache'));
    const port = recorder();
    const again = () =>
      optimizePictures(
        sampleDeck('/p'),
        [layout()],
        new Map([[URL_A, FOUND]]),
        { density: 96, mode: 'print', printScale: 1 },
        cachedEncoder(port.decoder, cache),
      ).all();
    const first = await again();
    expect([await again(), port.specs.length]).toEqual([first, 1]);
  });
});
