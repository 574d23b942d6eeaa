import type { Block, BlockKind, LaidOutSlide, Layout, NamedSection } from '../../../model/model.ts';
import { foldTitle } from '../../../text/fold-title.ts';

/** A block of a slide, and whether it is on the sheet. */
export interface Verdict {
  readonly slide: LaidOutSlide;
  readonly block: Block;
  readonly included: boolean;
  /** Why, or why not, for the deck's author. */
  readonly reason: string;
}

/** Words that a stack of this kind is titled with, in the languages that courses here are held in. */
const CHEATSHEET_TITLE =
  /(?<!\p{L})(?:cheat\s*-?\s*sheets?|aide[\s-]?m[ée]moire|pense[\s-]?b[êe]te|antis[èe]che|spickzettel|kurz(?:referenz|übersicht)|merkblatt|quick\s*reference|reference\s*card|refcard|summary|r[ée]sum[ée]|r[ée]capitulatif|zusammenfassung|hoja\s+de\s+referencia|chuleta|resumen|riassunto|in\s+a\s+nutshell)(?!\p{L})/iu;

/** What one looks up, and what it is called. */
const LOOKED_UP: Partial<Record<BlockKind, string>> = {
  code: 'code',
  table: 'a table',
  definition: 'a definition',
  quote: 'a quotation',
};

/** Of the sections that may be on it, which decides what is chosen. */
export interface Scope {
  /** By the number of its stack, why a section is out; none for one that may be on the sheet. */
  readonly excluded: ReadonlyMap<number, string>;
  /** Its author marks slides or blocks, and that alone is meant. */
  readonly isMarked: boolean;
  /** The stack that is titled for it, where there is one and nothing is marked. */
  readonly named: number | undefined;
  /** The named stack is all there is to the sheet; else the author has listed the sections. */
  readonly namedOnly: boolean;
}

/** Who decides: the front matter's list of sections first, then marks, then a stack's title. */
export function scopeOf(layout: Layout): Scope {
  const { take, leave = [] } = layout.metadata.cheatsheet ?? {};
  const excluded = new Map<number, string>();
  layout.sections.forEach((title, h) => {
    if (isNamed(title, leave)) excluded.set(h, 'the front matter leaves its section');
    else if (take && !isNamed(title, take)) excluded.set(h, 'the front matter takes other sections');
  });
  const slides = layout.slides.filter((slide) => !excluded.has(slide.h));
  // A picture is no summary: its mark adds it to what is chosen anyhow.
  const isMarked = slides.some(
    (slide) => slide.marked || slide.blocks.some((block) => block.marked && block.kind !== 'picture'),
  );
  const found = layout.sections.findIndex((title, h) => !excluded.has(h) && CHEATSHEET_TITLE.test(title));
  const named = isMarked || found === -1 ? undefined : found;
  return { excluded, isMarked, named, namedOnly: named !== undefined && take === undefined };
}

/** Every block of the deck, in order, with why it is on the sheet or not; the same block only once. */
export function judgeBlocks(layout: Layout): Verdict[] {
  const scope = scopeOf(layout);
  const seen = new Map<string, string>();
  return layout.slides.flatMap((slide) =>
    slide.blocks.map((block): Verdict => {
      const verdict = { slide, block, ...judge(block, slide, layout, scope) };
      if (!verdict.included) return verdict;
      const key = `${block.kind}\n${block.text}`;
      const first = seen.get(key);
      if (first !== undefined)
        return { ...verdict, included: false, reason: `it is there already, from slide ${first}` };
      seen.set(key, slide.number);
      return verdict;
    }),
  );
}

type Judgement = Pick<Verdict, 'included' | 'reason'>;

function judge(block: Block, slide: LaidOutSlide, layout: Layout, scope: Scope): Judgement {
  const excluded = scope.excluded.get(slide.h);
  if (excluded !== undefined) return out(excluded);
  if (block.kind === 'heading') return out('a heading is there with what stands below it');
  if (block.marked) return within('it is marked');
  if (scope.isMarked)
    return slide.marked ? within('its slide is marked') : out('other slides or elements are marked');
  if (slide.h === scope.named)
    return within(`it is in “${layout.sections[slide.h]}”, which is titled for it`);
  if (scope.named !== undefined && scope.namedOnly)
    return out(`all is taken from “${layout.sections[scope.named]}”, which is titled for it`);
  const lookedUp = LOOKED_UP[block.kind];
  return lookedUp ? within(`it is ${lookedUp}`) : out(notLookedUp(block.kind));
}

function notLookedUp(kind: BlockKind): string {
  if (kind === 'picture') return 'a picture is taken where it is marked';
  return kind === 'list' ? 'no point of it is a definition' : 'it is prose';
}

const within = (reason: string): Judgement => ({ included: true, reason });
const out = (reason: string): Judgement => ({ included: false, reason });

function isNamed(title: string, sections: readonly NamedSection[]): boolean {
  return sections.some((section) => foldTitle(section.title) === foldTitle(title));
}

const FEW_LETTERS = 40;

/** By which an author knows a block again. */
export function firstWords({ kind, text }: Block): string {
  const said =
    kind === 'picture'
      ? (text
          .replace(/[?#].*$/, '')
          .split('/')
          .at(-1) ?? text)
      : text;
  const letters = [...(said || text)];
  return letters.length <= FEW_LETTERS ? letters.join('') : `${letters.slice(0, FEW_LETTERS - 1).join('')}…`;
}
