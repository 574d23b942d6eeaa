import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, BlockKind, LaidOutSlide, Layout } from '../../../src/pipeline/model.ts';
import { cheatsheet, selectBlocks } from '../../../src/pipeline/outputs/cheatsheet.ts';
import { block, laidOutSlide, layout } from '../../support/sample.ts';

const code = (text: string, changes: Partial<Block> = {}) =>
  block({ kind: 'code', text, html: `<pre>${text}</pre>`, ...changes });
const prose = (text: string, changes: Partial<Block> = {}) =>
  block({ text, html: `<p>${text}</p>`, ...changes });
const slideIn = (h: number, blocks: readonly Block[], changes: Partial<LaidOutSlide> = {}) =>
  laidOutSlide({ h, blocks, ...changes });

/** The texts that are chosen, by section. */
const chosen = (one: Layout) =>
  selectBlocks(one).map(({ title, topics }) => [
    title,
    ...topics.flatMap(({ blocks }) => blocks.map(({ text }) => text)),
  ]);

describe('what goes on a cheatsheet', () => {
  test('is what one looks up, by section', () => {
    const kinds: BlockKind[] = ['heading', 'code', 'table', 'list', 'definition', 'quote', 'picture', 'text'];
    const blocks = kinds.map((kind) => block({ kind, text: kind }));
    const one = layout({ sections: ['A', 'B'], slides: [slideIn(0, blocks), slideIn(1, [code('ls')])] });
    expect(chosen(one)).toEqual([
      ['A', 'code', 'table', 'definition'],
      ['B', 'ls'],
    ]);
  });

  test('is only what the author marks, where anything is marked', () => {
    const slides = [slideIn(0, [code('a'), prose('b', { marked: true })]), slideIn(1, [code('c')])];
    expect(chosen(layout({ sections: ['A', 'Cheatsheet'], slides }))).toEqual([['A', 'b']]);
  });

  test('is all of a slide that is marked, but its headings', () => {
    const blocks = [block({ kind: 'heading', text: 'H' }), prose('a'), code('b')];
    const slides = [slideIn(0, blocks, { marked: true }), slideIn(0, [code('c')])];
    expect(chosen(layout({ sections: ['A'], slides }))).toEqual([['A', 'a', 'b']]);
  });

  test('is all of the stack that is titled for it, without that title', () => {
    const slides = [slideIn(0, [code('a')]), slideIn(1, [prose('b')]), slideIn(1, [code('c')])];
    expect(chosen(layout({ sections: ['A', 'Cheatsheet'], slides }))).toEqual([['', 'b', 'c']]);
  });

  test('is nothing in a deck of plain text', () => {
    expect(selectBlocks(layout({ slides: [slideIn(0, [prose('a')])] }))).toEqual([]);
  });

  test('keeps two blocks of one text but of different kinds', () => {
    const blocks = [code('a'), block({ kind: 'table', text: 'a' }), code('a')];
    expect(chosen(layout({ slides: [slideIn(0, blocks)] }))).toEqual([['Intro', 'a', 'a']]);
  });

  test('stands below its headings, each once', () => {
    const blocks = [code('a', { heading: 'X' }), code('b', { heading: 'Y' }), code('c', { heading: 'X' })];
    const [section] = selectBlocks(layout({ slides: [slideIn(0, blocks)] }));
    expect(
      section?.topics.map(({ heading, blocks: own }) => [heading, ...own.map(({ text }) => text)]),
    ).toEqual([
      ['X', 'a', 'c'],
      ['Y', 'b'],
    ]);
  });

  test('never holds a block twice, nor one that the deck has not', () => {
    const blocks = fc.array(
      fc.record({
        kind: fc.constantFrom<BlockKind>('heading', 'code', 'table', 'text', 'definition'),
        text: fc.constantFrom('a', 'b', 'c'),
        heading: fc.constantFrom('', 'X', 'Y'),
        marked: fc.boolean(),
        html: fc.constant(''),
      }),
      { maxLength: 6 },
    );
    const slide = fc.record({ h: fc.nat(2), blocks, marked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(slide, { maxLength: 6 }), fc.constantFrom('C', 'Cheatsheet'), (some, last) => {
        const slides = some.map((changes) => laidOutSlide(changes));
        const found = selectBlocks(layout({ slides, sections: ['A', 'B', last] })).flatMap(({ topics }) =>
          topics.flatMap((topic) => topic.blocks),
        );
        expect(new Set(found.map(({ kind, text }) => kind + text)).size).toBe(found.length);
        const all = slides.flatMap((one) => one.blocks);
        expect(found.every((one) => all.includes(one) && one.kind !== 'heading')).toBe(true);
      }),
    );
  });
});

describe('a stack', () => {
  const isCheatsheet = (title: string) =>
    selectBlocks(layout({ sections: [title], slides: [slideIn(0, [prose('a')])] })).length > 0;

  test.each([
    'Cheatsheet',
    'cheat sheet',
    'Git cheat-sheets',
    'Aide-mémoire',
    'Pense-bête',
    'Antisèche',
    'Résumé',
    'Le résumé du jour',
    'Récapitulatif',
    'Spickzettel',
    'Kurzübersicht',
    'Zusammenfassung: Woche 1',
    'Summary',
    'Quick reference',
    'In a nutshell',
    'Chuleta',
  ])('titled “%s” is a cheatsheet', (title) => {
    expect(isCheatsheet(title)).toBe(true);
  });

  test.each(['Cheating', 'Summaryless', 'Presummary', 'Résumés', 'References', 'Résuméé', 'Überchuleta', ''])(
    'titled “%s” is none',
    (title) => {
      expect(isCheatsheet(title)).toBe(false);
    },
  );
});

describe('the plan of a cheatsheet', () => {
  const OPTIONS = { paper: 'a4', perPage: 6 } as const;

  test('is none where nothing belongs on it', () => {
    expect(cheatsheet.plan(layout(), OPTIONS)).toBeUndefined();
  });

  test('lies across', () => {
    const page = cheatsheet.plan(layout({ slides: [slideIn(0, [code('a')])] }), OPTIONS)?.page;
    expect(page?.widthPx).toBeGreaterThan(page?.heightPx ?? Number.POSITIVE_INFINITY);
  });

  test('names titles and headings as text, whatever is in them', () => {
    const evil = '<script>"&';
    const metadata = { title: evil, author: evil, keywords: [] };
    const slides = [slideIn(0, [code('a', { heading: evil })])];
    const html = cheatsheet.plan(layout({ metadata, sections: [`${evil}2`], slides }), OPTIONS)?.html;
    expect(html).not.toContain('<script>');
  });
});
