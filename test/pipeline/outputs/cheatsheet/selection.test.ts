import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, BlockKind, LaidOutSlide, Layout, SectionChoice } from '../../../../src/model/model.ts';
import { selectBlocks } from '../../../../src/pipeline/outputs/cheatsheet/outline.ts';
import { judgeBlocks } from '../../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { randomCases } from '../../../support/random-cases.ts';
import { block, laidOutSlide, layout } from '../../../support/sample.ts';

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
    ...topics.flatMap(({ blocks }) => blocks.map((one) => one.block.text)),
  ]);

describe('what goes on a cheatsheet', () => {
  test('is what one looks up, by section', () => {
    const kinds: BlockKind[] = ['heading', 'code', 'table', 'list', 'definition', 'quote', 'picture', 'text'];
    const blocks = kinds.map((kind) => block({ kind, text: kind }));
    const one = layout({ sections: ['A', 'B'], slides: [slideIn(0, blocks), slideIn(1, [code('ls')])] });
    expect(chosen(one)).toEqual([
      ['A', 'code', 'table', 'definition', 'quote'],
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

  test('is that and the marked pictures, where nothing but pictures is marked', () => {
    const picture = (text: string, marked: boolean) => block({ kind: 'picture', text, marked });
    const blocks = [code('a'), picture('kite.svg', true), picture('sky.svg', false), prose('b')];
    expect(chosen(layout({ slides: [slideIn(0, blocks)] }))).toEqual([['Intro', 'a', 'kite.svg']]);
  });

  test('goes on below the heading of the slide before it, where its own has none', () => {
    const heading = block({ kind: 'heading', text: 'X' });
    const slides = [slideIn(0, [heading]), slideIn(0, [code('a')])];
    const [section] = selectBlocks(layout({ slides }));
    expect(section?.topics.map((topic) => topic.heading)).toEqual(['X']);
  });

  test('keeps two blocks of one text but of different kinds', () => {
    const blocks = [code('a'), block({ kind: 'table', text: 'a' }), code('a')];
    expect(chosen(layout({ slides: [slideIn(0, blocks)] }))).toEqual([['Intro', 'a', 'a']]);
  });

  test('stands below its headings, each once', () => {
    const blocks = [code('a', { heading: 'X' }), code('b', { heading: 'Y' }), code('c', { heading: 'X' })];
    const [section] = selectBlocks(layout({ slides: [slideIn(0, blocks)] }));
    expect(
      section?.topics.map(({ heading, blocks: own }) => [heading, ...own.map((one) => one.block.text)]),
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
        links: fc.constant([]),
      }),
      { maxLength: 6 },
    );
    const slide = fc.record({ h: fc.nat(2), blocks, marked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(slide, { maxLength: 6 }), fc.constantFrom('C', 'Cheatsheet'), (some, last) => {
        const slides = some.map((changes) => laidOutSlide(changes));
        const found = selectBlocks(layout({ slides, sections: ['A', 'B', last] })).flatMap(({ topics }) =>
          topics.flatMap((topic) => topic.blocks.map((one) => one.block)),
        );
        expect(new Set(found.map(({ kind, text }) => kind + text)).size).toBe(found.length);
        const all = slides.flatMap((one) => one.blocks);
        expect(found.every((one) => all.includes(one) && one.kind !== 'heading')).toBe(true);
      }),
      randomCases(100, 1_000),
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

describe('the front matter', () => {
  const named = (...titles: string[]) => titles.map((title, i) => ({ title, line: i + 1 }));
  const withChoice = (choice: SectionChoice, sections = ['Ropes', 'Knots', 'Cheatsheet']) =>
    layout({
      metadata: { title: 'T', keywords: [], cheatsheet: choice },
      sections,
      slides: sections.map((title, h) => slideIn(h, [code(`in ${title}`), prose(`about ${title}`)])),
    });

  test('takes sections by their titles, in any case, and those alone', () => {
    expect(chosen(withChoice({ take: named('  ROPES'), leave: [] }))).toEqual([['Ropes', 'in Ropes']]);
  });

  test('takes all of a section that is titled for it, beside what one looks up in others', () => {
    expect(chosen(withChoice({ take: named('knots', 'cheatsheet'), leave: [] }))).toEqual([
      ['Knots', 'in Knots'],
      ['Cheatsheet', 'in Cheatsheet', 'about Cheatsheet'],
    ]);
  });

  test('leaves sections, even the one that is titled for it', () => {
    expect(chosen(withChoice({ leave: named('Cheatsheet', 'knots') }))).toEqual([['Ropes', 'in Ropes']]);
  });

  test('holds for what is marked, too', () => {
    const slides = [slideIn(0, [prose('a', { marked: true })]), slideIn(1, [prose('b', { marked: true })])];
    const metadata = { title: 'T', keywords: [], cheatsheet: { leave: named('A') } };
    expect(chosen(layout({ metadata, sections: ['A', 'B'], slides }))).toEqual([['B', 'b']]);
  });
});

describe('the explanation', () => {
  const reasons = (one: Layout) =>
    judgeBlocks(one).map(
      ({ block: { text }, included, reason }) => `${included ? '+' : '-'} ${text}: ${reason}`,
    );

  test('has every block with what decided about it', () => {
    const blocks = [
      block({ kind: 'heading', text: 'H' }),
      code('a'),
      prose('b'),
      block({ kind: 'picture', text: 'p' }),
    ];
    const slides = [
      slideIn(0, blocks, { number: '1' }),
      slideIn(0, [code('a'), block({ kind: 'list', text: 'l' })], { number: '2' }),
    ];
    expect(reasons(layout({ slides }))).toEqual([
      '- H: a heading is there with what stands below it',
      '+ a: it is code',
      '- b: it is prose',
      '- p: a picture is taken where it is marked',
      '- a: it is there already, from slide 1',
      '- l: no point of it is a definition',
    ]);
  });

  test('names the stack that is titled for it', () => {
    const slides = [slideIn(0, [code('a')]), slideIn(1, [code('b')])];
    expect(reasons(layout({ sections: ['A', 'Summary'], slides }))).toEqual([
      '- a: all is taken from “Summary”, which is titled for it',
      '+ b: it is in “Summary”, which is titled for it',
    ]);
  });

  test('says what is marked, and what the front matter leaves', () => {
    const metadata = { title: 'T', keywords: [], cheatsheet: { leave: [{ title: 'C', line: 3 }] } };
    const slides = [
      slideIn(0, [code('a', { marked: true }), code('b')]),
      slideIn(1, [prose('c')], { marked: true }),
      slideIn(2, [prose('d', { marked: true })]),
    ];
    expect(reasons(layout({ metadata, sections: ['A', 'B', 'C'], slides }))).toEqual([
      '+ a: it is marked',
      '- b: other slides or elements are marked',
      '+ c: its slide is marked',
      '- d: the front matter leaves its section',
    ]);
  });
});
