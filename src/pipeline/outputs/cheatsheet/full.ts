import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';
import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { type Fit, LEGIBLE } from './fit.ts';
import { firstWords } from './selection.ts';
import type { SheetItem } from './sheet-html.ts';

/**
 * Diagnostics for blocks that did not fit, slide by slide: those on additional pages, and those that were omitted because
 * they are taller than a column.
 *
 * @param pageLimit maximum number of pages.
 */
export function fullDiagnostics(
  layout: Layout,
  items: readonly SheetItem[],
  { pages, left }: Fit,
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
    const said = bySlide.get(chosen.slide) ?? [];
    if (page !== undefined) said.push(`${name} is on page ${page}`);
    else if (left.has(i)) said.push(`${name} is taller than a column, so it is omitted`);
    if (said.length > 0) bySlide.set(chosen.slide, said);
  });
  const asked = pageLimit === 1 ? 'one page' : `${pageLimit} pages`;
  return [...bySlide].map(([slide, said]) =>
    diagnostic(
      'CHEATSHEET_FULL',
      `at a legible type size (${LEGIBLE} pt) the cheatsheet does not fit on ${asked}: ${said.join(', ')}`,
      { deck: layout.path, line: slide.line, slide: slide.number },
      'exclude less important blocks (data-cheatsheet="skip"), split long ones, or allow more pages (--cheatsheet-pages)',
    ),
  );
}
