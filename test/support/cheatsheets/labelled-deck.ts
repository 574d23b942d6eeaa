import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Block, LaidOutSlide, Layout } from '../../../src/model/model.ts';
import { blockFacts, laidOutSlide, layout } from '../sample.ts';

/** A deck of `test/cheatsheets`, whose blocks somebody has called useful on a cheatsheet, or not. */
export interface LabelledDeck {
  readonly name: string;
  /** As the browser gave its blocks when they were recorded. */
  readonly layout: Layout;
  /** By `keyOf`. */
  readonly labels: ReadonlyMap<string, boolean>;
}

export const LABELLED = join(import.meta.dirname, '../../cheatsheets');

const MOST_LETTERS = 60;

/** A block is known again by its slide and its first words: what kind it is is for the program to find out. */
export function keyOf(slide: LaidOutSlide, { text }: Block): string {
  return `${slide.number} ${[...text].slice(0, MOST_LETTERS).join('')}`;
}

export async function labelledFiles(folder: string = LABELLED): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}

/** Lines of `+ 3.1 git init` for what is useful, and `- 3.1 Why` for what is not. */
export async function readLabels(deckFile: string): Promise<Map<string, boolean>> {
  const file = labelsFile(deckFile);
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const lines = text.split('\n').filter((line) => /^[+-] /.test(line));
  return new Map(lines.map((line) => [line.slice(2), line.startsWith('+')]));
}

/** With `?` where nobody has judged yet. */
export async function writeLabels(deckFile: string, found: Layout): Promise<number> {
  const known = await readLabels(deckFile);
  const keys = [...new Set(judgeable(found).map(({ slide, block }) => keyOf(slide, block)))];
  const sign = (key: string): string => {
    const label = known.get(key);
    return label === undefined ? '?' : label ? '+' : '-';
  };
  await writeFile(labelsFile(deckFile), `${keys.map((key) => `${sign(key)} ${key}`).join('\n')}\n`);
  return keys.filter((key) => !known.has(key)).length;
}

/** Headings go with what stands below them. */
export function judgeable({ slides }: Layout): { readonly slide: LaidOutSlide; readonly block: Block }[] {
  return slides.flatMap((slide) =>
    slide.blocks.filter(({ kind }) => kind !== 'heading').map((block) => ({ slide, block })),
  );
}

/** What the choice of blocks depends on, and no more: neither HTML nor what is as usual. */
export async function recordBlocks(deckFile: string, { slides, sections, metadata }: Layout): Promise<void> {
  const usual = blockFacts();
  const told = slides.map(({ number, h, v, title, mark, blocks }) => ({
    ...{ number, h, v, title, mark },
    blocks: blocks.map(({ kind, text, heading, lead, mark: own, facts }) => ({
      ...{ kind, text, heading, mark: own },
      ...(lead === '' ? {} : { lead }),
      facts: Object.fromEntries(
        Object.entries(facts).filter(([name, value]) => usual[name as keyof typeof usual] !== value),
      ),
    })),
  }));
  const lines = told.map((slide) => JSON.stringify(slide)).join(',\n');
  const { title } = metadata;
  const head = `"title":${JSON.stringify(title)},\n"sections":${JSON.stringify(sections)}`;
  await writeFile(blocksFile(deckFile), `{${head},\n"slides":[\n${lines}\n]}\n`);
}

const recorded = z.object({
  title: z.string(),
  sections: z.array(z.string()),
  slides: z.array(z.looseObject({ blocks: z.array(z.looseObject({ facts: z.looseObject({}) })) })),
});

export async function readLabelled(deckFile: string): Promise<LabelledDeck> {
  const { title, sections, slides } = recorded.parse(
    JSON.parse(await readFile(blocksFile(deckFile), 'utf8')),
  );
  const laidOut = slides.map(({ blocks, ...slide }) =>
    laidOutSlide({
      ...(slide as Partial<LaidOutSlide>),
      blocks: blocks.map((block) => ({
        ...({ html: '', lead: '', links: [], ...block } as unknown as Block),
        facts: blockFacts(block.facts),
      })),
    }),
  );
  return {
    name: basename(deckFile, '.md'),
    layout: layout({ metadata: { title, keywords: [] }, sections, slides: laidOut }),
    labels: await readLabels(deckFile),
  };
}

function labelsFile(deckFile: string): string {
  return deckFile.replace(/\.md$/, '.labels.txt');
}

export function blocksFile(deckFile: string): string {
  return deckFile.replace(/\.md$/, '.blocks.json');
}
