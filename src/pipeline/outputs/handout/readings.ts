import type { Block, LaidOutSlide, Layout } from '../../../model/model.ts';
import { escapeHtml } from '../../../text/html.ts';
import type { OutputOptions } from '../../contract/output.ts';
import { handoutSlides } from './grid/sheets.ts';
import { hasNotes } from './notes.ts';

/** The printed text of a slide that is not shown: its notes, or all of its content. */
export interface Reading {
  readonly slide: LaidOutSlide;
  readonly html: string;
}

type ReadingOptions = Pick<OutputOptions, 'notes' | 'handout'>;

/** Whether a handout is a text instead of slides. */
export function isText({ notes, handout }: ReadingOptions): boolean {
  return notes === 'only' || handout.form === 'article';
}

/** The texts of such a handout, slide by slide. */
export function readingsOf(layout: Layout, options: ReadingOptions): Reading[] {
  const slides = handoutSlides(layout);
  if (options.handout.form !== 'article')
    return slides
      .filter(({ notesHtml }) => hasNotes(notesHtml))
      .map((slide) => ({ slide, html: notesHeading(slide) + slide.notesHtml }));
  return slides.map((slide, i) => {
    const before = i === 0 ? layout.metadata.title : (slides[i - 1]?.title ?? '');
    const title = slide.title === before ? '' : slide.title;
    const notes =
      options.notes !== 'none' && hasNotes(slide.notesHtml)
        ? `<div class="article-notes">${slide.notesHtml}</div>`
        : '';
    return { slide, html: articleHeading(slide, title) + articleBlocks(slide) + notes };
  });
}

function notesHeading({ label, title }: LaidOutSlide): string {
  return `<h4 class="notes-head">${escapeHtml(label)} ${escapeHtml(title)}</h4>`;
}

/** A slide that continues the topic of the previous one has only a number. */
function articleHeading({ label, v }: LaidOutSlide, title: string): string {
  const number = `<span class="article-number">${escapeHtml(label)}</span>`;
  if (title === '') return `<div class="article-goes-on">${number}</div>`;
  const level = v === 0 ? 'h2' : 'h3';
  return `<${level}>${number}${escapeHtml(title)}</${level}>`;
}

/** The heading that is its title is already printed. */
function articleBlocks({ blocks, title }: LaidOutSlide): string {
  const first = blocks.findIndex(({ kind, text }) => kind === 'heading' && text === title);
  return blocks
    .filter((_, i) => i !== first)
    .map(articleBlock)
    .join('\n');
}

function articleBlock({ kind, html }: Block): string {
  if (kind !== 'heading') return html;
  return html.replace(/^<h[1-6]/, '<h4').replace(/<\/h[1-6]>$/, '</h4>');
}
