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
    else if (left.has(i)) said.push(`${name} is taller than a column, and left out`);
    if (said.length > 0) bySlide.set(chosen.slide, said);
  });
  const asked = pageLimit === 1 ? 'one page' : `${pageLimit} pages`;
  return [...bySlide].map(([slide, said]) =>
    diagnostic(
      'CHEATSHEET_FULL',
      `with type that can be read (${LEGIBLE} pt) the cheatsheet is too much for ${asked}: ${said.join(', ')}`,
      { deck: layout.path, line: slide.line, slide: slide.number },
      'leave out what matters least (data-cheatsheet="skip"), split what is long, or allow more pages (--cheatsheet-pages)',
    ),
  );
}
