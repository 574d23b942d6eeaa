import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';
import type { Layout } from '../../../model/model.ts';
import type { OutputOptions } from '../../contract/output.ts';
import type { Composition } from './compose.ts';

type Asked = Pick<OutputOptions, 'notes' | 'perPage' | 'sectionStart' | 'stamp'>;

/** Diagnostics for settings that could not be applied, and their effects. */
export function handoutDiagnostics(
  { path, commit }: Pick<Layout, 'path' | 'commit'>,
  { movedLinks, pages }: Composition,
  { notes, perPage, sectionStart, stamp }: Asked,
  bodies: readonly string[],
): Diagnostic[] {
  const place = { deck: path };
  const found: Diagnostic[] = [];
  if (movedLinks.length > 0) {
    const message = `${movedLinks.length} link addresses do not fit on their sheets and are listed at the end of the handout`;
    const hint = 'use fewer slides per page (--per-page), or --links end to list all of them at the end';
    found.push(diagnostic('HANDOUT_LINKS_MOVED', message, place, hint));
  }
  if (notes === 'lines' && !bodies.some((html) => html.includes('class="line"'))) {
    const message = `with ${perPage} slides per page there is no space for lines to write on`;
    found.push(diagnostic('HANDOUT_NO_LINES', message, place, 'use --per-page 3, or fewer slides per page'));
  }
  const blank = pages.filter(({ kind }) => kind === 'blank').length;
  if (sectionStart === 'right' && blank > 0) {
    const message = `${blank} of ${pages.length} pages of the handout ${blank === 1 ? 'is' : 'are'} blank, so that sections begin on right-hand pages`;
    found.push(diagnostic('HANDOUT_BLANK_PAGES', message, place, '--section-start page avoids blank pages'));
  }
  if (stamp.includes('{commit}') && !commit) {
    const message = 'the stamp names {commit}, but the deck has none: it is not committed as it is';
    found.push(diagnostic('STAMP_FIELD_EMPTY', message, place, 'commit the deck, or use {date}'));
  }
  return found;
}
