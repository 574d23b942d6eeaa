import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';
import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { type Fit, LEAST_TYPE } from './fit.ts';
import { firstWords } from './selection.ts';
import type { SheetItem } from './sheet-html.ts';

/**
 * What did not fit, slide by slide: blocks that stand on further pages than were asked for, and those that are smaller
 * than the least legible type, being taller than a column.
 *
 * @param pageLimit how many pages were asked for.
 */
export function fullDiagnostics(
  layout: Layout,
  items: readonly SheetItem[],
  { pages, shrunk, typeSize }: Fit,
  pageLimit: number,
): Diagnostic[] {
  const beyond = new Map<number, number>();
  pages.forEach((columns, i) => {
    for (const { item } of columns.flat()) if (i >= pageLimit && !beyond.has(item)) beyond.set(item, i + 1);
  });
  const bySlide = new Map<LaidOutSlide, string[]>();
  items.forEach(({ chosen }, i) => {
    if (!chosen) return;
    const name = `the ${chosen.block.kind} “${firstWords(chosen.block)}”`;
    const page = beyond.get(i);
    const scale = shrunk.get(i) ?? 1;
    const said = bySlide.get(chosen.slide) ?? [];
    if (page !== undefined) said.push(`${name} is on page ${page}`);
    else if (scale * typeSize < LEAST_TYPE) said.push(`${name} is smaller than ${LEAST_TYPE} pt`);
    if (said.length > 0) bySlide.set(chosen.slide, said);
  });
  const asked = pageLimit === 1 ? 'one page' : `${pageLimit} pages`;
  return [...bySlide].map(([slide, said]) =>
    diagnostic(
      'CHEATSHEET_FULL',
      `with type of ${LEAST_TYPE} pt the cheatsheet is too much for ${asked}: ${said.join(', ')}`,
      { deck: layout.path, line: slide.line, slide: slide.number },
      'allow more pages (--cheatsheet-pages), or leave a section out (cheatsheet: {leave: […]} in the front matter)',
    ),
  );
}
