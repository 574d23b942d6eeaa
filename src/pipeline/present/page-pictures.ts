import type { FoundImage } from '../../images/source.ts';
import type { Size } from '../../model/model.ts';
import { type CardTemplate, cardTemplate, webAddress } from '../../paper/card.ts';
import type { LostPicture } from './page/place-cards.ts';
import type { Motion } from './page/settle-pictures.ts';

type Images = ReadonlyMap<string, FoundImage>;

/** A card and the reason for each missing image, by absolute URL. */
export function lostPictures(images: Images): Record<string, LostPicture> {
  const lost = [...images].flatMap(([url, image]) =>
    image.ok ? [] : [[url, { ...cardTemplate(url), reason: image.failure.message }] as const],
  );
  return Object.fromEntries(lost);
}

/** A card for each video and page inside slides, by absolute URL; the empty one is for those without an address. */
export function embedCards(urls: readonly string[]): Record<string, CardTemplate> {
  return Object.fromEntries(['', ...urls].map((url) => [url, cardTemplate(url)]));
}

/** Animated images, by absolute URL. */
export function animations(images: Images): Record<string, Motion> {
  const moving = [...images].flatMap(([url, found]) =>
    found.ok && found.image.frames > 1
      ? [[url, { frames: found.image.frames, link: webAddress(url) }] as const]
      : [],
  );
  return Object.fromEntries(moving);
}

/** Natural sizes, by absolute URL. */
export function naturalSizes(images: Images): Record<string, Size> {
  const sizes = [...images].flatMap(([url, found]) =>
    found.ok ? [[url, { widthPx: found.image.widthPx, heightPx: found.image.heightPx }] as const] : [],
  );
  return Object.fromEntries(sizes);
}

/** Whether an image is a vector drawing; `data:` URLs are checked, too. */
export function isVector(url: string, type: string | undefined): boolean {
  return type === 'image/svg+xml' || /^data:image\/svg\+xml[;,]/i.test(url);
}
