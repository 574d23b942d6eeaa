import type { Page } from 'puppeteer';
import { type Wait, whilePageLives } from '../../../browser/deadline.ts';
import type { Deck, Resource } from '../../../model/model.ts';
import { slideLabels } from '../../slides/slide-labels.ts';
import { type FrameStyleOptions, frameStyles, unitsPx } from './frame-styles.ts';
import { framesDocument, framesHead, OWN_SHEETS } from './frames-document.ts';
import { collectSheets } from './page/collect-sheets.ts';
import { takeFrames } from './page/take-frames.ts';

export interface FramesOptions {
  readonly fragments: 'final' | 'steps';
}

/** The slides of a deck as frames, and what documents that show them need. */
export interface Frames {
  /** A document with all of them. */
  readonly html: string;
  readonly headHtml: string;
  /** Of the root element. */
  readonly htmlAttributes: string;
  readonly isRightToLeft: boolean;
  /** Parts of drawings that several slides share. */
  readonly definitions: string;
  /** Fonts in its styles, by the absolute URL that replaces them. */
  readonly fonts: ReadonlyMap<string, Resource>;
}

/**
 * Captures a live presentation as frames. The page does not change, except for the layout of its slides.
 *
 * @param sheet returns the text of a stylesheet by absolute URL.
 * @throws PageLostError
 */
export async function presentFrames(
  deck: Deck,
  { fragments }: FramesOptions,
  wait: Omit<Wait, 'doing'>,
  page: Page,
  sheet: (url: string) => Promise<string | undefined>,
): Promise<Frames> {
  const live = await whilePageLives(page, { ...wait, doing: 'collecting its styles' }, () =>
    page.evaluate(collectSheets, OWN_SHEETS),
  );
  const options: FrameStyleOptions = {
    size: deck.size,
    rootFontPx: live.rootFontPx,
    siteUrl: deck.site.url,
  };
  const { css, fonts, asksForNeighbours } = await frameStyles(live.sheets, options, live.sectionClasses, {
    sheet,
    matchMedia: (queries) =>
      whilePageLives(page, { ...wait, doing: 'reading its media queries' }, () =>
        page.evaluate((all) => all.map((one) => matchMedia(one).matches), queries),
      ),
  });
  const labels = slideLabels(deck);
  const numberLabels = Object.fromEntries(
    deck.outline.map(({ index, number }) => [index, labels.get(index) ?? number]),
  );
  const taken = await whilePageLives(page, { ...wait, doing: 'capturing its slides' }, () =>
    page.evaluate(takeFrames, {
      fragments,
      numberLabels,
      unitsPx: unitsPx(options),
      keepsAllNeighbours: asksForNeighbours,
    }),
  );
  const headHtml = framesHead({ css, size: deck.size });
  const htmlAttributes = `class="deckhand-frames" ${live.languageAttributes}`.trim();
  const { definitions } = taken;
  return {
    html: framesDocument(taken.frames, headHtml, definitions, htmlAttributes),
    headHtml,
    htmlAttributes,
    isRightToLeft: live.isRightToLeft,
    definitions,
    fonts,
  };
}
