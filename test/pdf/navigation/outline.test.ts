import fc from 'fast-check';
import { PDFDict, PDFDocument, PDFName, PDFRef } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { BookmarkTree } from '../../../src/model/pdf-parts.ts';
import { setOutline } from '../../../src/pdf/navigation/outline.ts';
import { readOutline, withPdf } from '../../support/pdf.ts';
import { randomCases } from '../../support/random-cases.ts';

const bookmark = (title: string, page: number, ...children: BookmarkTree[]): BookmarkTree => ({
  title,
  page,
  children,
});

async function withBookmarks(pages: number, bookmarks: readonly BookmarkTree[]): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  for (let i = 0; i < pages; i++) document.addPage([300, 200]);
  setOutline(document, bookmarks);
  return document;
}
const outlineOf = async (pages: number, bookmarks: readonly BookmarkTree[]) =>
  readOutline(await (await withBookmarks(pages, bookmarks)).save());

describe('an outline', () => {
  test('has every bookmark in its place', async () => {
    const tree = [
      bookmark('A', 0, bookmark('A1', 0), bookmark('A2', 1, bookmark('deep', 1))),
      bookmark('B', 2),
    ];
    expect(await outlineOf(3, tree)).toEqual(['A', '  A1', '  A2', '    deep', 'B']);
  });

  test('keeps titles of any script', async () => {
    const titles = ['Ünïcödé', '日本語', '🎓 (x) \\', '', 'a\nb'];
    const found = await outlineOf(
      1,
      titles.map((title) => bookmark(title, 0)),
    );
    expect(found).toEqual(titles);
  });

  test('leads to the tops of its pages', async () => {
    const bytes = await (await withBookmarks(3, [bookmark('A', 2)])).save();
    const [target, ...place] = await withPdf(bytes, async (pdf) => {
      const [item] = await pdf.getOutline();
      const [ref, ...rest] = (item?.dest ?? []) as unknown[];
      return [await pdf.getPageIndex(ref as never), ...rest];
    });
    expect([target, place]).toEqual([2, [{ name: 'XYZ' }, 0, 200, null]]);
  });

  test('is shown when the file is opened', async () => {
    const { catalog } = await withBookmarks(1, [bookmark('A', 0)]);
    expect(catalog.get(PDFName.of('PageMode'))).toBe(PDFName.of('UseOutlines'));
  });

  test('shows chapters folded', async () => {
    const bytes = await (
      await withBookmarks(1, [bookmark('A', 0, bookmark('A1', 0)), bookmark('B', 0)])
    ).save();
    const counts = await withPdf(bytes, async (pdf) => (await pdf.getOutline()).map(({ count }) => count));
    expect(counts).toEqual([-1, undefined]);
  });

  test('is left out where there are no bookmarks', async () => {
    const { catalog } = await withBookmarks(1, []);
    expect(catalog.has(PDFName.of('Outlines'))).toBe(false);
  });

  test('passes over bookmarks of pages that are not there', async () => {
    const tree = [
      bookmark('A', 0, bookmark('gone', 9), bookmark('A2', 0)),
      bookmark('gone', 1),
      bookmark('B', 0),
    ];
    expect(await outlineOf(1, tree)).toEqual(['A', '  A2', 'B']);
  });

  test('refers to nothing that is not in the file, whatever the bookmarks', async () => {
    const tree: fc.Memo<BookmarkTree> = fc.memo((depth) =>
      fc.record({
        title: fc.string(),
        page: fc.integer({ min: -1, max: 4 }),
        children: depth > 1 ? fc.array(tree(), { maxLength: 3 }) : fc.constant([]),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(tree(3), { maxLength: 4 }), async (bookmarks) => {
        const { context } = await withBookmarks(3, bookmarks);
        for (const [, object] of context.enumerateIndirectObjects()) {
          if (!(object instanceof PDFDict)) continue;
          for (const value of object.values()) {
            if (value instanceof PDFRef) expect(context.lookup(value)).toBeDefined();
          }
        }
      }),
      randomCases(15, 50),
    );
  });
});
