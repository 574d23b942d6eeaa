import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';
import type { Layout } from '../../../model/model.ts';
import type { OutputOptions } from '../../contract/output.ts';
import type { Composition } from './compose.ts';
import type { ComposedPage } from './composed-page.ts';
import { lineCount } from './ruled.ts';

type Asked = Pick<OutputOptions, 'notes' | 'perPage' | 'sectionStart' | 'stamp'>;

/** Diagnostics for settings that could not be applied, and their effects. */
export function handoutDiagnostics(
  { path, commit }: Pick<Layout, 'path' | 'commit'>,
  { movedLinks, pages }: Composition,
  { notes, perPage, sectionStart, stamp }: Asked,
): Diagnostic[] {
  const place = { deck: path };
  const found: Diagnostic[] = [];
  if (movedLinks.length > 0) {
    const message = `${movedLinks.length} link addresses do not fit on their sheets and are listed at the end of the handout`;
    const hint = 'use fewer slides per page (--per-page), or --links end to list all of them at the end';
    found.push(diagnostic('HANDOUT_LINKS_MOVED', message, place, hint));
  }
  if (notes === 'lines' && !pages.some(hasLines)) {
    const message = `with ${perPage} slides per page there is no space for lines to write on`;
    found.push(diagnostic('HANDOUT_NO_LINES', message, place, 'use --per-page 3, or fewer slides per page'));
  }
  const blank = pages.filter(({ kind }) => kind === 'blank').length;
  if (sectionStart === 'right' && blank > 0) {
    const message = `${blank} of ${pages.length} pages of the handout ${blank === 1 ? 'has' : 'have'} no slide, so that sections begin on right-hand pages`;
    found.push(diagnostic('HANDOUT_BLANK_PAGES', message, place, '--section-start page avoids these pages'));
  }
  if (stamp.includes('{commit}') && !commit) {
    const message = 'the stamp names {commit}, but the deck has none: it is not committed as it is';
    found.push(diagnostic('STAMP_FIELD_EMPTY', message, place, 'commit the deck, or use {date}'));
  }
  return found;
}

/** Pages without slides do not count. */
function hasLines(page: ComposedPage): boolean {
  if (page.kind !== 'slides') return false;
  return page.cells.some(([, { notes, ruled }]) => [notes, ...ruled].some((box) => lineCount(box) > 0));
}
