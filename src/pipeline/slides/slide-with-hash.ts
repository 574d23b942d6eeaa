import type { LaidOutSlide } from '../../model/model.ts';
import { decodeOrKeep } from '../../text/decode.ts';

/** Finds the slide with the element that a link within the deck leads to. */
export function slideWithHash(slides: readonly LaidOutSlide[]): (href: string) => LaidOutSlide | undefined {
  const known = new Map<string, LaidOutSlide>();
  for (const slide of slides) for (const name of slide.names) if (!known.has(name)) known.set(name, slide);
  // Without parts of drawings, which have no names, and pages of steps.
  for (const slide of slides)
    for (const { html } of slide.pages)
      for (const [, id = ''] of html.matchAll(/\sid="([^"]*)"/g)) if (!known.has(id)) known.set(id, slide);
  return (href) => known.get(decodeOrKeep(href.slice(1)));
}
