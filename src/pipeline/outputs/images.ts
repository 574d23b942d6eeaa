import { DeckError, type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Layout, PlannedShot, ShotPlan } from '../../model/model.ts';
import type { Output, OutputOptions } from '../contract/output.ts';
import { folderPlace } from '../contract/places.ts';
import { framesDocumentOf, presentedSlides } from '../planning/slide-pages.ts';

/** The file names that {@link shotsOf} gives, in every format. */
const NAMES = /^\d{3,}-\d+(?:\.\d+)?(?:-\d+)?\.(?:png|jpg|webp)$/;

/** WebP stores sides in 14 bits (https://developers.google.com/speed/webp/docs/riff_container). */
const MAX_SIDE = 16_383;
/** About 200 MB in the browser, and as many here. */
const MAX_PIXELS = 50_000_000;

/** An image of each slide (or fragment step), as it was presented. */
export const images: Output<ShotPlan> = {
  kind: 'images',
  followsFragments: true,
  sparesInk: false,
  isArchived: false,
  showsOriginals: true,
  printScale: () => 1,
  place: (deck) => folderPlace(deck, 'slides', NAMES),
  whenEmpty: (deck) => diagnostic('DECK_EMPTY', 'every slide of the deck is for the handout only', { deck }),
  plan: async (layout, { imageFormat, scale }) => {
    const slides = presentedSlides(layout);
    if (slides.length === 0) return undefined;
    const refusal = tooLarge(layout, scale);
    if (refusal) throw new DeckError(refusal);
    // A page at a fraction of a pixel would be blurred, or show an edge of the next page.
    const gapPx = 100 - (layout.size.heightPx % 100);
    return {
      html: framesDocumentOf(
        layout,
        slides.flatMap(({ pages }) => pages),
        {
          style: 'images',
          css: `.deckhand-frame { margin: 0 0 ${gapPx}px !important }`,
        },
      ),
      page: layout.size,
      scale,
      format: imageFormat,
      shots: shotsOf(slides),
    };
  },
};

/** `012-4.3` for the twelfth image, of slide 4.3; `013-4.3-2` for its second step. */
function shotsOf(slides: Layout['slides']): PlannedShot[] {
  const all = slides.flatMap(({ number, line, pages }) =>
    pages.map((_, step) => ({ step: step === 0 ? '' : `-${step + 1}`, slide: number, line })),
  );
  const digits = Math.max(3, String(all.length).length);
  return all.map(({ step, slide, line }, i) => {
    const name = `${String(i + 1).padStart(digits, '0')}-${slide}${step}`;
    return { name, slide, line };
  });
}

function tooLarge(
  { path, size: { widthPx, heightPx } }: Layout,
  scale: OutputOptions['scale'],
): Diagnostic | undefined {
  const [width, height] = [Math.round(widthPx * scale), Math.round(heightPx * scale)];
  if (Math.max(width, height) <= MAX_SIDE && width * height <= MAX_PIXELS) return undefined;
  const message = `slide images of ${width} × ${height} pixels are too large`;
  const hint = `at most ${MAX_SIDE} pixels per side and ${MAX_PIXELS / 1e6} million in total: use a smaller --scale`;
  return diagnostic('SLIDE_IMAGE_TOO_LARGE', message, { deck: path }, hint);
}
