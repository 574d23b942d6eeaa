import { setImmediate } from 'node:timers/promises';
import type { Page } from 'puppeteer';
import { type Wait, whilePageLives } from '../../../browser/deadline.ts';
import type { Deck, Paper, Resource } from '../../../model/model.ts';
import { slideLabels } from '../../slides/slide-labels.ts';
import { type FrameStyleOptions, frameStyles, unitsPx } from './frame-styles.ts';
import { framesDocument, framesHead, OWN_SHEETS } from './frames-document.ts';
import { collectSheets } from './page/collect-sheets.ts';
import { leaveGaps } from './page/leave-gaps.ts';
import { type HandoutMarks, showFor } from './page/show-for.ts';
import { takeFrames } from './page/take-frames.ts';

export interface FramesOptions {
  readonly fragments: 'final' | 'steps';
  /** The papers to capture marked slides for; undefined: none. */
  readonly papers?: readonly Paper[] | undefined;
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
  /** By paper, a document of the slides that differ there; empty if no slide does. */
  readonly onPaper: ReadonlyMap<Paper, string>;
  readonly handoutMarks: Omit<HandoutMarks, 'slides'>;
}

const NO_MARKS: HandoutMarks = { slides: [], invalid: [], narrow: [], withholds: false };

/**
 * Captures a live presentation as frames. The page does not change, except for the layout of its slides.
 *
 * @param sheet returns the text of a stylesheet by absolute URL.
 * @throws PageLostError
 */
export async function presentFrames(
  deck: Deck,
  { fragments, papers = [] }: FramesOptions,
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
  const styles = await frameStyles(live.sheets, options, live.sectionClasses, {
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
  const show = (view: 'screen' | Paper) =>
    whilePageLives(page, { ...wait, doing: 'applying its marks' }, () => page.evaluate(showFor, view));
  const take = (slides?: readonly string[]) =>
    whilePageLives(page, { ...wait, doing: 'capturing its slides' }, () =>
      page.evaluate(takeFrames, {
        ...{ fragments, numberLabels, slides },
        unitsPx: unitsPx(options),
        keepsAllNeighbours: styles.asksForNeighbours,
      }),
    );
  // Most decks have no marks and need no further call.
  const marks = live.hasHandoutMarks ? await show('screen') : NO_MARKS;
  const taking = take();
  taking.catch(() => undefined);
  // The browser has its order by then, and works while the styles are written.
  await setImmediate();
  const css = styles.css();
  const taken = await taking;
  const { fonts } = styles;
  const headHtml = framesHead({ css, size: deck.size });
  const htmlAttributes = `class="deckhand-frames" ${live.languageAttributes}`.trim();
  const { definitions } = taken;
  const documentOf = (frames: readonly string[]): string =>
    framesDocument(frames, headHtml, definitions, htmlAttributes);
  const onPaper = new Map<Paper, string>();
  for (const paper of marks.slides.length > 0 ? papers : []) {
    await show(paper);
    await whilePageLives(page, { ...wait, doing: 'leaving gaps' }, () => page.evaluate(leaveGaps));
    onPaper.set(paper, documentOf((await take(marks.slides)).frames));
  }
  return {
    html: documentOf(taken.frames),
    headHtml,
    htmlAttributes,
    isRightToLeft: live.isRightToLeft,
    ...{ definitions, fonts, onPaper },
    handoutMarks: marks,
  };
}
