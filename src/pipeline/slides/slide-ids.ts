import type { SourceSlide } from '../../model/model.ts';

/** The id of a slide without one of its own. */
export function placeId({ h, v }: Pick<SourceSlide, 'h' | 'v'>): string {
  return `slide-${h + 1}-${v + 1}`;
}

/** The id that an author sets on a slide. */
export function ownSlideId({ attributes }: Pick<SourceSlide, 'attributes'>): string | undefined {
  return attributes.id;
}
