import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { slideAttributes } from '../../src/markup/attributes.ts';
import type { Block, BlockFacts, LaidOutSlide, Layout } from '../../src/model/model.ts';
import type { OutputOptions, Typesetter } from '../../src/pipeline/contract/output.ts';
import { revealMdPlaces, siteOf } from '../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import type { MarkdownDeck, MarkdownSlide } from '../../src/pipeline/inputs/reveal-md/model/markdown-deck.ts';
import { slideIds } from '../../src/pipeline/inputs/reveal-md/slides/slide-ids.ts';
import { sitePath } from '../../src/pipeline/site/site-path.ts';
import { resolveSettings } from '../../src/settings/settings.ts';

/** A deck of one slide, `decks/week 1/intro.md` of a project, with what a test says differently. */
export function sampleDeck(root: string, changes: Partial<MarkdownDeck> = {}): MarkdownDeck {
  const path = 'decks/week 1/intro.md';
  const { source = { path, file: join(root, path), outputName: 'week 1/intro' } } = changes;
  const { stacks = [[sourceSlide('# Hello')]] } = changes;
  return {
    source,
    root,
    site: siteOf(revealMdPlaces(source, root, {})),
    sources: [{ file: source.file, path: sitePath(root, source.file), content: '# Hello' }],
    metadata: { title: 'Intro', keywords: [] },
    size: { widthPx: 960, heightPx: 700 },
    outline: stacks.flat(),
    stacks,
    references: [],
    decorations: 0,
    theme: { name: 'own', file: join(root, 'own.css') },
    highlightTheme: { name: 'own', file: join(root, 'own.css') },
    css: [],
    reveal: {},
    printed: {},
    presentation: {},
    date: new Date(0),
    ...changes,
  };
}

export function sourceSlide(markdown: string, changes: Partial<MarkdownSlide> = {}): MarkdownSlide {
  return {
    index: 0,
    h: 0,
    v: 0,
    number: '1',
    line: 1,
    offset: 0,
    markdown,
    hidden: false,
    onScreen: true,
    attributes: slideAttributes(markdown),
    ids: slideIds(markdown),
    ...changes,
  };
}

export function laidOutSlide(changes: Partial<LaidOutSlide> = {}): LaidOutSlide {
  return {
    index: 0,
    h: 0,
    v: 0,
    number: '1',
    label: '1',
    line: 1,
    id: 's1',
    names: [],
    title: '',
    name: '',
    text: '',
    notesHtml: '',
    pages: [{ html: '<div class="deckhand-frame"></div>', pictures: [], painted: [], links: [], words: '' }],
    scale: 1,
    blocks: [],
    ...changes,
  };
}

export function block(changes: Partial<Block> = {}): Block {
  return {
    kind: 'text',
    html: '<p>text</p>',
    text: 'text',
    heading: '',
    lead: '',
    facts: blockFacts(),
    links: [],
    ...changes,
  };
}

export function blockFacts(changes: Partial<BlockFacts> = {}): BlockFacts {
  return {
    ...{ rows: 1, inCode: 0, inLinks: 0, codeRows: 0, formulaRows: 0, numberCells: 0, columns: 0 },
    ...{ head: '', language: '', isSession: false, isPaired: false },
    ...{ isDrawing: false, wordSize: 0, isOrdered: false, isBoldFirst: false },
    ...changes,
  };
}

export function layout(changes: Partial<Layout> = {}): Layout {
  return {
    path: 'decks/week 1/intro.md',
    metadata: { title: 'Intro', keywords: [] },
    date: new Date('2026-01-31T12:00:00Z'),
    size: { widthPx: 960, heightPx: 700 },
    slides: [laidOutSlide()],
    sections: ['Intro'],
    deckLinks: [],
    headHtml: '',
    htmlAttributes: '',
    isRightToLeft: false,
    definitions: '',
    fonts: new Map(),
    diagnostics: [],
    ...changes,
  };
}

/** What outputs go by when nobody says anything, with what a test says differently. */
export function outputOptions(changes: Partial<OutputOptions> = {}): OutputOptions {
  return { ...resolveSettings({ flags: {}, env: {} }), ...changes };
}

/** For plans that have no text to set. */
export const NO_TYPESETTER: Typesetter = {
  evaluate: () => Promise.reject(new Error('there was a text to set')),
};

/** Writes files, by path below a folder. */
export async function writeTree(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
