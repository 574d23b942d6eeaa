import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Block,
  BlockKind,
  CheatsheetMark,
  LaidOutSlide,
  Layout,
  SectionChoice,
} from '../../../../src/model/model.ts';
import { selectBlocks } from '../../../../src/pipeline/outputs/cheatsheet/outline.ts';
import { judgeBlocks } from '../../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { randomCases } from '../../../support/random-cases.ts';
import { block, blockFacts, laidOutSlide, layout } from '../../../support/sample.ts';

const code = (text: string, changes: Partial<Block> = {}) =>
  block({
    ...{ kind: 'code', text, html: `<pre>${text}</pre>` },
    facts: blockFacts({ language: 'bash', inCode: 1 }),
    ...changes,
  });
/** A listing that makes a sheet of its own. */
const long = (text: string, changes: Partial<Block> = {}) =>
  code(text, { facts: blockFacts({ language: 'bash', rows: 40, isPaired: true }), ...changes });
const prose = (text: string, changes: Partial<Block> = {}) =>
  block({ text, html: `<p>${text}</p>`, ...changes });
const heading = (text: string) => block({ kind: 'heading', text, heading: text });
const slideIn = (h: number, blocks: readonly Block[], changes: Partial<LaidOutSlide> = {}) =>
  laidOutSlide({ h, blocks, ...changes });
/** Neither its first nor its last slide is one that is looked at. */
const deck = (slides: readonly LaidOutSlide[], changes: Partial<Layout> = {}) =>
  layout({ sections: ['A', 'B', 'C'], slides: [laidOutSlide(), ...slides, laidOutSlide()], ...changes });

/** The texts that are chosen, by section. */
const chosen = (one: Layout) =>
  selectBlocks(one).map(({ title, topics }) => [
    title,
    ...topics.flatMap(({ blocks }) => blocks.map((one) => one.block.text)),
  ]);
const reasons = (one: Layout) =>
  judgeBlocks(one).map(
    ({ block: { text }, included, reason }) => `${included ? '+' : '-'} ${text}: ${reason}`,
  );

describe('the content of a cheatsheet', () => {
  test.each([
    ['skip', 'its slide is omitted from the handout'],
    ['only', 'its slide is for the handout only'],
    ['blank', 'its slide is to be filled in'],
  ] as const)('omits a slide with the mark %s for the handout, except for kept blocks', (handout, reason) => {
    const slide = slideIn(0, [long('ls'), long('cd', { mark: 'keep' })], { handout });
    expect(reasons(deck([slide, slideIn(1, [long('rm')])])).slice(0, 2)).toEqual([
      `- ls: ${reason}`,
      '+ cd: it is marked',
    ]);
  });

  test('includes the deck’s own cheatsheet even if the handout omits it', () => {
    const own = slideIn(1, [long('ls')], { handout: 'skip', title: 'Cheat sheet' });
    expect(chosen(deck([slideIn(0, [long('cd')]), own]))).toEqual([['', 'ls']]);
  });

  test('is what one looks up, by section', () => {
    const kinds: BlockKind[] = ['heading', 'code', 'table', 'list', 'definition', 'formula', 'quote', 'text'];
    const blocks = kinds.map((kind) => block({ kind, text: kind, facts: blockFacts({ rows: 20 }) }));
    expect(chosen(deck([slideIn(0, blocks), slideIn(1, [code('ls')])]))).toEqual([
      ['A', 'code', 'table', 'definition', 'formula'],
      ['B', 'ls'],
    ]);
  });

  test('is not what has mostly been there before', () => {
    const first = code('docker run --rm -it --name web nginx', { facts: blockFacts({ language: 'js' }) });
    const again = code('docker run --rm -it --name web caddy', { facts: blockFacts({ language: 'js' }) });
    const scores = judgeBlocks(deck([slideIn(0, [first, again, code('ls')])])).map(({ score }) => score ?? 0);
    expect(scores[1]).toBeLessThan(scores[0] ?? 0);
  });

  test.each(['Note: computed on every query', 'Ventajas: es rápido', 'Nachteile: langsam'])(
    'is no remark or opinion, even if it looks like a definition: %s',
    (text) => {
      const definition = block({ kind: 'definition', text, facts: blockFacts({ rows: 2 }) });
      const [one] = judgeBlocks(deck([slideIn(0, [definition, long('ls')])]));
      expect(one?.reason).toContain('it is a remark, or an opinion');
    },
  );

  test('is nothing under headings that ask, tell, thank, or set exercises', () => {
    const titles = [
      'Exercise 3',
      'Solution',
      'Hausaufgabe',
      'Agenda',
      'Merci',
      'Further reading',
      'Preguntas',
    ];
    const slides = titles.map((title) =>
      slideIn(0, [heading(title), code(`in ${title}`, { heading: title })]),
    );
    expect(chosen(deck([...slides, slideIn(1, [long('rope make')])]))).toEqual([['B', 'rope make']]);
  });

  test.each([
    ['flowchart LR a --> b', 'Flow'],
    ['https://example.org/course/exercises', 'Links to everything'],
  ])('is no listing such as “%s”, which is neither typed nor run', (text, title) => {
    const slides = [slideIn(0, [code(text, { heading: title })]), slideIn(1, [long('rope make')])];
    expect(chosen(deck(slides))).toEqual([['B', 'rope make']]);
  });

  test('has what is below “References” of a language, but not the references of a talk', () => {
    const rule = long('let r = &x;', { heading: 'References' });
    const book = block({ kind: 'list', text: 'The thick book, chapter nine', heading: 'References' });
    const end = [slideIn(2, [long('b')]), slideIn(2, [book]), slideIn(2, [book])];
    const slides = [slideIn(0, [rule]), slideIn(1, [long('a')]), ...end];
    expect(chosen(deck(slides))).toEqual([
      ['A', 'let r = &x;'],
      ['B', 'a'],
      ['C', 'b'],
    ]);
  });

  test('includes summary slides, in addition to the rest', () => {
    const list = block({ kind: 'list', text: 'Knots hold. Ropes wear.', heading: 'Summary' });
    const slides = [slideIn(0, [long('rope make')]), slideIn(1, [heading('Summary'), list])];
    expect(chosen(deck(slides))).toEqual([
      ['A', 'rope make'],
      ['B', 'Knots hold. Ropes wear.'],
    ]);
  });

  test('is more where there is too little, from the best on', () => {
    const list = block({
      ...{ kind: 'list', text: 'They are worth a look, and do no harm', heading: 'Rules' },
      facts: blockFacts({ rows: 40 }),
    });
    const question = prose('Who has ever tied a knot?', { heading: 'Quiz' });
    const verdicts = judgeBlocks(deck([slideIn(0, [code('ls')]), slideIn(0, [list, question])]));
    expect(verdicts.filter(({ included }) => included).map((one) => one.block.kind)).toEqual([
      'code',
      'list',
    ]);
  });

  test('is no more than it has to be where there is too little', () => {
    const list = (text: string, changes: Partial<Block> = {}) =>
      block({ kind: 'list', text, heading: 'Rules', facts: blockFacts({ rows: 40 }), ...changes });
    const better = list('They are worth a look, and do no harm');
    const worse = list('Are they worth a look? They do no harm');
    const verdicts = judgeBlocks(deck([slideIn(0, [code('ls'), better, worse])]));
    expect(verdicts.map(({ included }) => included)).toEqual([true, true, false]);
  });

  test('is nothing where all of it is less than a third of a page', () => {
    const one = deck([slideIn(0, [code('ls')])]);
    expect(selectBlocks(one)).toEqual([]);
    expect(reasons(one)).toEqual(['- ls: the whole sheet would be less than a third of a page']);
  });

  test('belongs to the heading of the previous slide if its own slide has none', () => {
    const slides = [slideIn(0, [heading('X')]), slideIn(0, [long('a')])];
    const [section] = selectBlocks(deck(slides));
    expect(section?.topics.map((topic) => topic.heading)).toEqual(['X']);
  });

  test('keeps two blocks of one text but of different kinds', () => {
    const blocks = [long('a'), block({ kind: 'table', text: 'a' }), long('a')];
    expect(chosen(deck([slideIn(0, blocks)]))).toEqual([['A', 'a', 'a']]);
  });

  test('comes after its headings, each once', () => {
    const blocks = [long('a', { heading: 'X' }), long('b', { heading: 'Y' }), long('c', { heading: 'X' })];
    const [section] = selectBlocks(deck([slideIn(0, blocks)]));
    expect(
      section?.topics.map(({ heading, blocks: own }) => [heading, ...own.map((one) => one.block.text)]),
    ).toEqual([
      ['X', 'a', 'c'],
      ['Y', 'b'],
    ]);
  });

  test('is one section where several have one title, and one topic where several have one heading', () => {
    const slides = [
      slideIn(0, [long('a', { heading: 'Helm' })]),
      slideIn(1, [long('b')]),
      slideIn(2, [long('c', { heading: 'Helm (2)' }), long('d', { heading: 'Charts' })]),
    ];
    const sections = selectBlocks(deck(slides, { sections: ['Tools', 'Pods', 'Tools (cont.)'] }));
    expect(sections.map(({ title, topics }) => [title, ...topics.map((one) => one.heading)])).toEqual([
      ['Tools', 'Helm', 'Charts'],
      ['Pods', ''],
    ]);
  });

  test('belongs to the previous section if its own has no title', () => {
    const slides = [slideIn(0, [long('a')]), slideIn(1, [long('b')]), slideIn(2, [long('c')])];
    expect(chosen(deck(slides, { sections: ['Ropes', '', 'Knots'] }))).toEqual([
      ['Ropes', 'a', 'b'],
      ['Knots', 'c'],
    ]);
  });

  test('begins with how to begin', () => {
    const slides = [slideIn(0, [long('a')]), slideIn(1, [long('b')])];
    expect(chosen(deck(slides, { sections: ['Ropes', 'Getting started'] }))).toEqual([
      ['Getting started', 'b'],
      ['Ropes', 'a'],
    ]);
  });

  test('never holds a block twice, nor one that the deck has not', () => {
    const blocks = fc.array(
      fc.record({
        kind: fc.constantFrom<BlockKind>('heading', 'code', 'table', 'text', 'definition'),
        text: fc.constantFrom('a', 'b', 'c'),
        heading: fc.constantFrom('', 'X', 'Y'),
        mark: fc.constantFrom<CheatsheetMark | undefined>(undefined, 'only', 'keep', 'skip'),
      }),
      { maxLength: 6 },
    );
    const slide = fc.record({ h: fc.nat(2), blocks });
    fc.assert(
      fc.property(fc.array(slide, { maxLength: 6 }), fc.constantFrom('C', 'Cheatsheet'), (some, last) => {
        const slides = some.map(({ h, blocks: own }) =>
          slideIn(
            h,
            own.map(({ mark, ...changes }) => block({ ...changes, ...(mark ? { mark } : {}) })),
          ),
        );
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

describe('data-cheatsheet', () => {
  test('“only” on anything leaves out all else', () => {
    const slides = [slideIn(0, [long('a'), prose('b', { mark: 'only' })]), slideIn(1, [long('c')])];
    expect(chosen(deck(slides))).toEqual([['A', 'b']]);
  });

  test('“only” on a slide is all of it but its headings', () => {
    const slides = [
      slideIn(0, [heading('H'), prose('a'), code('b')], { mark: 'only' }),
      slideIn(0, [long('c')]),
    ];
    expect(chosen(deck(slides))).toEqual([['A', 'a', 'b']]);
  });

  test('“keep” adds to what is chosen', () => {
    const slides = [slideIn(0, [long('a'), prose('b', { mark: 'keep' }), prose('c')])];
    expect(chosen(deck(slides))).toEqual([['A', 'a', 'b']]);
  });

  test('“keep” keeps the solution of an exercise, and makes a sheet of little', () => {
    const slides = [slideIn(0, [heading('Solution'), code('a', { heading: 'Solution' })], { mark: 'keep' })];
    expect(chosen(deck(slides))).toEqual([['A', 'a']]);
  });

  test('“keep” on a picture alone makes no sheet of little', () => {
    const picture = block({ kind: 'picture', text: 'a.png', mark: 'keep' });
    expect(chosen(deck([slideIn(0, [picture, code('a')])]))).toEqual([]);
  });

  test('“skip” leaves out what would be chosen, also from the deck’s own cheatsheet', () => {
    const slides = [
      slideIn(0, [long('a')]),
      slideIn(1, [long('b', { mark: 'skip' }), long('c')]),
      slideIn(1, [long('d')], { mark: 'skip' }),
    ];
    expect(chosen(deck(slides))).toEqual([
      ['A', 'a'],
      ['B', 'c'],
    ]);
    expect(chosen(deck(slides, { sections: ['A', 'Cheatsheet'] }))).toEqual([['', 'c']]);
  });
});

describe('the deck’s own cheatsheet', () => {
  test('is all there is to the sheet, without its title', () => {
    const slides = [slideIn(0, [long('a')]), slideIn(1, [prose('b')]), slideIn(1, [code('c')])];
    expect(chosen(layout({ sections: ['A', 'Cheatsheet'], slides }))).toEqual([['', 'b', 'c']]);
  });

  test('may be one slide of a stack', () => {
    const slides = [slideIn(0, [long('a')]), slideIn(0, [code('b')], { title: 'Pense-bête' })];
    expect(chosen(layout({ sections: ['A'], slides }))).toEqual([['', 'b']]);
  });

  test('is none where nothing on it can be looked up', () => {
    const slides = [slideIn(0, [long('a')]), slideIn(1, [prose('Print it from our site.')])];
    expect(chosen(deck(slides, { sections: ['A', 'Cheat sheet'] }))).toEqual([['A', 'a']]);
  });

  test.each([
    'Cheatsheet',
    'cheat sheet',
    'Git cheat-sheets',
    'Aide-mémoire',
    'Pense-bête',
    'Antisèche',
    'Spickzettel',
    'Kurzübersicht',
    'Merkblatt',
    'Quick reference',
    'Chuleta',
    'Guida rapida',
  ])('may be titled “%s”', (title) => {
    expect(chosen(layout({ sections: [title], slides: [slideIn(0, [code('a')])] }))).toEqual([['', 'a']]);
  });

  test.each(['Cheating', 'Summary', 'Zusammenfassung', 'Résumé', 'References', 'Überchuleta', ''])(
    'is not what is titled “%s”',
    (title) => {
      const slides = [slideIn(0, [long('a')]), slideIn(1, [prose('We came, we saw!')])];
      expect(chosen(deck(slides, { sections: ['A', title] }))).toEqual([['A', 'a']]);
    },
  );
});

describe('the front matter', () => {
  const named = (...titles: string[]) => titles.map((title, i) => ({ title, line: i + 1 }));
  const withChoice = (choice: SectionChoice, sections = ['Ropes', 'Knots', 'Cheatsheet']) =>
    layout({
      metadata: { title: 'T', keywords: [], cheatsheet: choice },
      sections,
      slides: [
        ...sections.map((title, h) => slideIn(h, [long(`in ${title}`), prose(`about ${title}`)])),
        laidOutSlide(),
      ].toSpliced(0, 0, laidOutSlide()),
    });

  test('takes sections by their titles, in any case, and those alone', () => {
    expect(chosen(withChoice({ take: named('  ROPES'), leave: [] }))).toEqual([['Ropes', 'in Ropes']]);
  });

  test('takes a whole section with a cheatsheet title, in addition to selected blocks of others', () => {
    expect(chosen(withChoice({ take: named('knots', 'cheatsheet'), leave: [] }))).toEqual([
      ['Knots', 'in Knots'],
      ['Cheatsheet', 'in Cheatsheet', 'about Cheatsheet'],
    ]);
  });

  test('excludes sections, even the one with a cheatsheet title', () => {
    expect(chosen(withChoice({ leave: named('Cheatsheet', 'knots') }))).toEqual([['Ropes', 'in Ropes']]);
  });

  test('holds for what is marked, too', () => {
    const slides = [slideIn(0, [prose('a', { mark: 'only' })]), slideIn(1, [prose('b', { mark: 'only' })])];
    const metadata = { title: 'T', keywords: [], cheatsheet: { leave: named('A') } };
    expect(chosen(layout({ metadata, sections: ['A', 'B'], slides }))).toEqual([['B', 'b']]);
  });
});

describe('the explanation', () => {
  test('has every block with what decided about it', () => {
    const slides = [
      slideIn(0, [heading('H'), long('a'), prose('b?')], { number: '2' }),
      slideIn(0, [long('a')], { number: '3' }),
    ];
    expect(reasons(deck(slides))).toEqual([
      '- H: a heading is included with the blocks below it',
      '+ a: it is code, its lines are explained, it contains shell commands',
      '- b?: it is prose, it is a question',
      '- a: it is already included from slide 2',
    ]);
  });

  test('names the section with a cheatsheet title', () => {
    const slides = [slideIn(0, [code('a')]), slideIn(1, [code('b')])];
    expect(reasons(layout({ sections: ['A', 'Cheat sheet'], slides }))).toEqual([
      '- a: the sheet has only “Cheat sheet”, the deck’s own cheatsheet',
      '+ b: it is in “Cheat sheet”, the deck’s own cheatsheet',
    ]);
  });

  test('says what is marked, and what the front matter leaves', () => {
    const metadata = { title: 'T', keywords: [], cheatsheet: { leave: [{ title: 'C', line: 3 }] } };
    const slides = [
      slideIn(0, [code('a', { mark: 'only' }), code('b'), code('x', { mark: 'skip' })]),
      slideIn(1, [prose('c')], { mark: 'only' }),
      slideIn(2, [prose('d', { mark: 'only' })]),
    ];
    expect(reasons(layout({ metadata, sections: ['A', 'B', 'C'], slides }))).toEqual([
      '+ a: it is marked',
      '- b: other slides or elements are marked',
      '- x: it is marked with skip',
      '+ c: its slide is marked',
      '- d: the front matter excludes its section',
    ]);
  });
});
