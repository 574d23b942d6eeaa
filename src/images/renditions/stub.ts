import type { Stub } from '../../model/pdf-parts.ts';
import { dataUrl } from '../model/data-url.ts';
import { emptyJpeg, type JpegSegment } from './empty-jpeg.ts';

/**
 * `plain`: a JPEG of the picture's size. `wrapped`: an SVG of the picture's size around a small JPEG. Chromium puts either
 * JPEG into a PDF as it is; which one depends on the picture and how it is shown:
 *
 * - Chromium does not paint what an opaque image hides: the background of its element, of its parent, a lower layer. A JPEG
 *   is opaque, an SVG is not. So an image that may be transparent is `wrapped`.
 * - If only a part of a raster image is shown, Chromium decodes and crops it and encodes the result as PNG; the smaller one
 *   of both goes into the print. None is smaller than a `plain` stub, but finding out takes 0.2 s for 12 megapixels. A
 *   `wrapped` stub is clipped instead.
 * - Otherwise the difference is some milliseconds, which an SVG takes longer.
 *
 * The table shows the content of the print for each use, the same with Chromium 147 and 156
 * (`test/images/renditions/stub-uses.browser.test.ts`). `both` is the worst case: the print has the stub and, in addition, a
 * gray image drawn from it. So it must be known before printing that all uses keep the stub (`browser/page/picture-uses.ts`);
 * finding a stub in the print only proves that it is there.
 *
 * | use | plain | wrapped |
 * |---|---|---|
 * | `img` with any `object-fit`, also turned, clipped, masked, blended, translucent, in parts on two pages | stub | stub |
 * | backgrounds that are shown once: `contain`, `cover`, `fixed`, natural size | stub | stub |
 * | `poster`, `image` in an SVG, `content`, `list-style-image`, `image-set()`, `mask-image`, `background-clip: text` | stub | stub |
 * | backgrounds as tiles, also of a picture that fills its box below a border | any | redrawn |
 * | `border-image` | redrawn | stub |
 * | `mask-border` | both | stub |
 * | `filter` (also of an ancestor), `-webkit-box-reflect`, 3D transforms, patterns and masks of SVG, `feImage`, `mask-mode: luminance`, `canvas` | redrawn | redrawn |
 * | `visibility: hidden`, `opacity: 0`, outside the page, `cursor` | nothing | nothing |
 */
export type StubForm = 'plain' | 'wrapped';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The largest side that libjpeg reads: Chromium shows nothing for a larger JPEG. */
const MAX_JPEG_PX = 65_500;
/** One block. */
const WRAPPED_JPEG: Size = { widthPx: 8, heightPx: 8 };

/**
 * @param natural the natural size that the browser should report.
 * @param id unique among the stubs of a print; at most 200 characters of Latin-1.
 */
export function makeStub(natural: Size, id: string, form: StubForm): Stub {
  const { widthPx, heightPx } = natural;
  if (form === 'plain' && Math.max(widthPx, heightPx) <= MAX_JPEG_PX) {
    const jpeg = emptyJpeg(natural, comment(id));
    return { id, jpeg, file: { type: 'image/jpeg', bytes: jpeg } };
  }
  const jpeg = emptyJpeg(WRAPPED_JPEG, comment(id));
  const size = `width="${widthPx}" height="${heightPx}"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${widthPx} ${heightPx}" preserveAspectRatio="none">` +
    `<image ${size} preserveAspectRatio="none" href="${dataUrl('image/jpeg', jpeg)}"/></svg>`;
  return { id, jpeg, file: { type: 'image/svg+xml', bytes: Buffer.from(svg) } };
}

const [SOI, COM] = [0xd8, 0xfe];

/** Usually nobody decodes it: Chromium only reads a JPEG's header before it puts it into a PDF. */
function comment(id: string): JpegSegment {
  return { marker: COM, body: Buffer.from(id, 'latin1') };
}

/** The id of a stub, read from a JPEG; undefined if it is not a stub of {@link makeStub}. */
export function stubId(jpeg: Uint8Array): string | undefined {
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI || jpeg[2] !== 0xff || jpeg[3] !== COM) return undefined;
  const end = 4 + ((jpeg[4] ?? 0) << 8) + (jpeg[5] ?? 0);
  return Buffer.from(jpeg.subarray(6, end)).toString('latin1');
}
