import type { Encoder } from '../../images/renditions/cached-renditions.ts';
import type { FoundImage } from '../../images/source.ts';
import type { Deck } from '../../model/model.ts';
import type { Settings } from '../../settings/options.ts';
import { isGray } from '../planning/ink.ts';

export interface EarlyOptions extends Pick<Settings, 'ink'> {
  readonly images: Pick<Settings['images'], 'mode' | 'density'>;
}

/** An image that is not larger than this share of a slide has all its pixels in print if it fills as much of the slide. */
const LIKELY_WHOLE_SHARE = 0.5;

/**
 * Encodes images while the deck is being measured, which one core does alone: those that will probably be printed with all
 * their pixels, whatever the size of their box. If one is scaled after all, this was in vain, and costs nothing but the time
 * of an idle core.
 *
 * It begins when all images are found: the page waits for their sizes, and decoding comes first.
 */
export async function encodeEarly(
  deck: Deck,
  coming: readonly Promise<FoundImage>[],
  { images: { mode, density }, ink }: EarlyOptions,
  encoder: Pick<Encoder, 'pdfImage'>,
): Promise<void> {
  if (mode !== 'print' || isGray(ink)) return;
  const share = (LIKELY_WHOLE_SHARE * density) / 96;
  for (const found of await Promise.all(coming)) {
    if (!found.ok || found.image.type === 'image/svg+xml') continue;
    const { widthPx, heightPx } = found.image;
    if (widthPx > deck.size.widthPx * share || heightPx > deck.size.heightPx * share) continue;
    const spec = { maxWidthPx: widthPx, maxHeightPx: heightPx, frame: 1, mode } as const;
    // What it returns is asked for again when the layout is known; so is an error.
    encoder.pdfImage(found.image, spec).catch(() => undefined);
  }
}
