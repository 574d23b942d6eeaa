import type { Block, BlockKind } from '../../../model/model.ts';
import * as phrases from './phrases.ts';

/** Everything that the score of a block depends on. */
export interface Judged {
  readonly block: Block;
  /** The nearest heading before it. */
  readonly heading: string;
  /** Facts about its section. */
  readonly section: string;
  readonly isOnFirstSlide: boolean;
  readonly isOnLastSlide: boolean;
  /** Of what it says, the share that blocks of its kind have said before. */
  readonly saidBefore: number;
}

/** A reason for or against keeping a block. */
export interface Signal {
  /** The kinds of blocks that it applies to; missing: all. */
  readonly kinds?: readonly BlockKind[];
  /**
   * Its weight in a sum; blocks with a sum above 0 are kept. Learned from the decks in `test/cheatsheets` by `npm run score`.
   */
  readonly weight: number;
  /**
   * Its initial weight: positive for a reason to keep a block, otherwise negative. Learning starts from it and never changes
   * the sign.
   */
  readonly meant: number;
  /** Description for the deck's author. */
  readonly says: string;
  readonly holds: (judged: Judged) => boolean;
}

const ITEMS: readonly BlockKind[] = ['list', 'definition', 'table'];
const SAID: readonly BlockKind[] = ['text', 'list', 'definition'];
const MANY_WORDS = 45;
const MANY_LINES = 24;

const words = (text: string): number => (text === '' ? 0 : text.split(/\s+/).length);
const under =
  (phrase: RegExp) =>
  ({ heading }: Judged): boolean =>
    phrase.test(heading);

const SHELL = /^(?:bash|sh|shell|console|shell-session|zsh|fish|powershell|ps1|bat|cmd|terminal)$/i;
const PLAIN = /^(?:text|txt|plain|plaintext|none|nohighlight|output|log|diff)$/i;
const ABOUT_THE_COURSE = [phrases.ORGANISATION, phrases.PEOPLE, phrases.READING, phrases.ENDING];
const EXERCISES = [phrases.EXERCISE, phrases.SOLUTION, phrases.QUIZ];
const DATA = /^(?:json|csv|yaml|yml|xml|toml|ini)$/i;

/** In points: the width of a column, and the smallest legible type in it. */
const COLUMN_PT = 245;
const LEGIBLE_PT = 6;

/** Weights of reasons that decide alone, and of ordinary ones. */
const DECISIVE = 5;
const STRONG = 3;
const USUAL = 1.5;

/**
 * All signals that decide whether a block is useful, each with its weight: a block is kept if the weights of those that apply
 * add up to more than 0. `npm run score` measures them on labeled decks, and `npm run score -- --learn` learns the weights.
 */
export const SIGNALS: Readonly<Record<string, Signal>> = {
  // Its kind.
  code: { kinds: ['code'], ...meant(USUAL, 2.8), says: 'it is code', holds: always },
  table: { kinds: ['table'], ...meant(USUAL, 2.5), says: 'it is a table', holds: always },
  definition: {
    kinds: ['definition'],
    ...meant(USUAL, 3.2),
    says: 'it explains what something means',
    holds: always,
  },
  formula: { kinds: ['formula'], ...meant(USUAL, 2.5), says: 'it is a formula', holds: always },
  list: { kinds: ['list'], ...meant(-USUAL, -0.4), says: 'it is a list', holds: always },
  text: { kinds: ['text'], ...meant(-USUAL, -2.5), says: 'it is prose', holds: always },
  quote: { kinds: ['quote'], ...meant(-STRONG, -3.2), says: 'it is a quotation', holds: always },
  picture: { kinds: ['picture'], ...meant(-STRONG, -2.3), says: 'it is an image', holds: always },

  // The purpose that its heading suggests.
  exercise: {
    ...meant(-DECISIVE, -5),
    says: 'its heading announces an exercise',
    holds: under(phrases.EXERCISE),
  },
  solution: {
    ...meant(-DECISIVE, -5.8),
    says: 'it is the solution of an exercise',
    holds: (one) => under(phrases.SOLUTION)(one) || phrases.SOLUTION_FIRST.test(one.block.text),
  },
  quiz: {
    ...meant(-DECISIVE, -5.1),
    says: 'its heading is a question to the audience',
    holds: under(phrases.QUIZ),
  },
  organisation: {
    ...meant(-DECISIVE, -5),
    says: 'its heading is about the course, not its subject',
    holds: under(phrases.ORGANISATION),
  },
  people: { ...meant(-DECISIVE, -5), says: 'its heading is about people', holds: under(phrases.PEOPLE) },
  ending: { ...meant(-DECISIVE, -5), says: 'its slide ends the talk', holds: under(phrases.ENDING) },
  story: { ...meant(-STRONG, -3.2), says: 'its heading announces a story', holds: under(phrases.STORY) },
  motivation: {
    ...meant(-USUAL, -1.7),
    says: 'its heading asks why, not how',
    holds: under(phrases.MOTIVATION),
  },
  reading: {
    ...meant(-DECISIVE, -5),
    says: 'its heading announces further reading',
    holds: under(phrases.READING),
  },
  output: {
    kinds: ['code', 'table', 'text', 'list'],
    ...meant(-USUAL, -2.3),
    says: 'its heading says it is output',
    holds: under(phrases.OUTPUT),
  },
  example: {
    kinds: ['table', 'formula', 'text', 'list'],
    ...meant(-STRONG, -3.8),
    says: 'it is an example',
    holds: under(phrases.EXAMPLE),
  },
  exampleCode: {
    kinds: ['code'],
    ...meant(-USUAL, -USUAL),
    says: 'its heading says it is an example',
    holds: under(phrases.EXAMPLE),
  },
  derivation: { ...meant(-DECISIVE, -5.4), says: 'it is a derivation', holds: under(phrases.DERIVATION) },
  asking: {
    kinds: SAID,
    ...meant(-USUAL, -1.5),
    says: 'its heading is a question',
    holds: ({ heading }) => /[?？]\s*$/.test(heading),
  },
  summary: {
    kinds: SAID,
    ...meant(STRONG, 3.4),
    says: 'its slide is a summary',
    holds: under(phrases.SUMMARY),
  },
  lookedUp: {
    ...meant(USUAL, 1.5),
    says: 'its heading names something that people look up',
    holds: under(phrases.LOOKED_UP),
  },
  courseSection: {
    ...meant(-STRONG, -3),
    says: 'its section is about the course',
    holds: ({ section }) => ABOUT_THE_COURSE.some((one) => one.test(section)),
  },
  exerciseSection: {
    ...meant(-STRONG, -3),
    says: 'its section has exercises',
    holds: ({ section, heading }) => heading !== section && EXERCISES.some((one) => one.test(section)),
  },

  // Code.
  shell: {
    kinds: ['code'],
    ...meant(USUAL, 1.3),
    says: 'it contains shell commands',
    holds: ({ block }) => SHELL.test(block.facts.language),
  },
  session: {
    kinds: ['code'],
    ...meant(USUAL, 1.9),
    says: 'it is typed at a prompt',
    holds: ({ block }) => block.facts.isSession,
  },
  explained: {
    kinds: ['code'],
    ...meant(USUAL, 1.6),
    says: 'its lines are explained',
    holds: ({ block }) => block.facts.isPaired,
  },
  printed: {
    kinds: ['code'],
    ...meant(-STRONG, -3.6),
    says: 'it is the output of a program',
    holds: ({ block }) => !block.facts.isSession && phrases.OUTPUT_LINE.test(block.text),
  },
  unnamed: {
    kinds: ['code'],
    ...meant(-USUAL, -2.1),
    says: 'it has no language',
    holds: ({ block: { facts } }) =>
      !facts.isSession && (facts.language === '' || PLAIN.test(facts.language)),
  },
  data: {
    kinds: ['code'],
    ...meant(-USUAL, -1.2),
    says: 'it is data, not a program',
    holds: ({ block }) => DATA.test(block.facts.language),
  },
  gaps: {
    kinds: ['code'],
    ...meant(-STRONG, -3),
    says: 'it has gaps to fill in',
    holds: ({ block }) => phrases.GAP.test(block.text),
  },
  repeated: {
    kinds: ['code'],
    ...meant(-USUAL, -USUAL),
    says: 'most of it has been there before',
    holds: ({ saidBefore }) => saidBefore > 0.5,
  },
  long: {
    kinds: ['code'],
    ...meant(-USUAL, -1.5),
    says: 'it is longer than most things that people look up',
    holds: ({ block }) => block.facts.rows > MANY_LINES,
  },
  led: {
    kinds: ['code', 'formula', 'table', 'list'],
    ...meant(0.5, 1.2),
    says: 'a sentence explains it',
    holds: ({ block }) => block.lead !== '',
  },

  // Formulas.
  worked: {
    kinds: ['formula'],
    ...meant(-STRONG, -3.1),
    says: 'it is a calculation with numbers',
    holds: ({ block }) => (block.text.match(/\d{2,}|\d\.\d/g)?.length ?? 0) >= 3,
  },

  // Tables.
  lookupHead: {
    kinds: ['table'],
    ...meant(USUAL, 1.6),
    says: 'its header names something that people look up',
    holds: ({ block }) => phrases.LOOKUP_HEAD.test(block.facts.head),
  },
  dataHead: {
    kinds: ['table'],
    ...meant(-STRONG, -3),
    says: 'its header names data',
    holds: ({ block }) => hasDataHead(block),
  },
  numbers: {
    kinds: ['table'],
    ...meant(-STRONG, -2.4),
    says: 'most of it is numbers',
    holds: ({ block: { facts } }) => facts.numberCells > 0.45 * facts.rows * facts.columns,
  },
  codeCells: {
    kinds: ['table'],
    ...meant(USUAL, 1.5),
    says: 'its rows contain code',
    holds: ({ block: { facts } }) => facts.codeRows >= facts.rows * 0.5,
  },
  formulaCells: {
    kinds: ['table'],
    ...meant(USUAL, 1.5),
    says: 'its rows contain formulas',
    holds: ({ block: { facts } }) => facts.formulaRows >= facts.rows * 0.5,
  },

  // Lists and definitions.
  commandRows: {
    kinds: ['list', 'definition'],
    ...meant(USUAL, 1.6),
    says: 'its items contain commands',
    holds: ({ block: { facts } }) => facts.codeRows >= facts.rows * 0.6,
  },
  formulaRows: {
    kinds: ['list', 'definition'],
    ...meant(USUAL, 1.9),
    says: 'its items contain formulas',
    holds: ({ block: { facts } }) => facts.formulaRows >= facts.rows * 0.6,
  },
  steps: {
    kinds: ['list'],
    ...meant(USUAL, 2.2),
    says: 'its items are steps',
    holds: ({ block }) => block.facts.isOrdered,
  },
  single: {
    kinds: ['list', 'definition'],
    ...meant(-USUAL, -1.4),
    says: 'it has only one item',
    holds: ({ block }) => block.facts.rows < 2,
  },
  keywords: {
    kinds: ['list'],
    ...meant(-USUAL, -1),
    says: 'its items are keywords',
    holds: ({ block }) => words(block.text) / block.facts.rows < 4,
  },
  remark: {
    kinds: SAID,
    ...meant(-DECISIVE, -DECISIVE),
    says: 'it is a remark, or an opinion',
    holds: ({ block }) => phrases.REMARK.test(block.text),
  },
  lettered: {
    kinds: ['list', 'definition'],
    ...meant(-STRONG, -2.8),
    says: 'its items are answers to choose from',
    holds: ({ block }) => phrases.CHOICES.test(block.text),
  },

  // Text.
  commandsInText: {
    kinds: ['text'],
    ...meant(STRONG, 3.3),
    says: 'it explains commands',
    holds: ({ block }) => block.facts.inCode > 0.08 || phrases.QUOTED_COMMAND.test(block.text),
  },
  muchCode: {
    kinds: ['text', 'list'],
    ...meant(USUAL, 0.4),
    says: 'it contains many commands',
    holds: ({ block }) => block.facts.inCode > 0.25,
  },
  termFirst: {
    kinds: ['text', 'list'],
    ...meant(USUAL, 1.4),
    says: 'it begins with a term',
    holds: ({ block }) => block.facts.isBoldFirst || phrases.TERM_FIRST.test(block.text),
  },
  question: {
    kinds: SAID,
    ...meant(-USUAL, -1.7),
    says: 'it is a question',
    holds: ({ block }) => /[?？](?:\s|$)/.test(block.text),
  },
  exclamation: {
    kinds: SAID,
    ...meant(-USUAL, -1.4),
    says: 'it is an exclamation',
    holds: ({ block }) => /!(?:\s|$)/.test(block.text),
  },
  personal: {
    kinds: SAID,
    ...meant(-USUAL, -1.7),
    says: 'somebody speaks',
    holds: ({ block }) => phrases.PERSON.test(block.text),
  },
  tasking: {
    kinds: ['text', 'list'],
    ...meant(-USUAL, -1.1),
    says: 'it tells the audience what to do',
    holds: ({ block }) => phrases.TASK.test(block.text),
  },
  telling: {
    kinds: SAID,
    ...meant(-USUAL, -1.5),
    says: 'it tells a story or an opinion',
    holds: ({ block }) => phrases.TELLING.test(block.text),
  },
  wordy: {
    kinds: SAID,
    ...meant(-USUAL, -1.5),
    says: 'it is long',
    holds: ({ block }) => words(block.text) > MANY_WORDS * Math.max(1, block.facts.rows / 2),
  },
  emoji: {
    kinds: ['list', 'definition'],
    ...meant(-USUAL, -1.5),
    says: 'its items begin with emoji',
    holds: ({ block }) => phrases.EMOJI_FIRST.test(block.text),
  },
  calendar: {
    kinds: ITEMS,
    ...meant(-STRONG, -2.9),
    says: 'it contains dates or times',
    holds: ({ block }) => phrases.CALENDAR.test(block.text),
  },
  linked: {
    kinds: SAID,
    ...meant(-STRONG, -3),
    says: 'it contains mostly links',
    holds: ({ block }) =>
      block.facts.inLinks > 0.3 ||
      (/https?:\/\/\S+\.\w|\w@\w+\.\w/.test(block.text) && block.facts.inCode < 0.2),
  },

  // Images.
  drawing: {
    kinds: ['picture'],
    ...meant(STRONG, 4.6),
    says: 'it is a diagram',
    holds: ({ block }) => block.facts.isDrawing,
  },

  tiny: {
    kinds: ['picture'],
    ...meant(-DECISIVE, -3.7),
    says: 'its text would be too small to read',
    holds: ({ block: { facts } }) => facts.isDrawing && facts.wordSize * COLUMN_PT < LEGIBLE_PT,
  },

  // Its position.
  first: {
    kinds: ['text', 'list', 'quote', 'picture'],
    ...meant(-DECISIVE, -5),
    says: 'it is on the title slide',
    holds: ({ isOnFirstSlide }) => isOnFirstSlide,
  },
  last: {
    ...meant(-USUAL, -1.5),
    says: 'it is on the last slide',
    holds: ({ isOnLastSlide }) => isOnLastSlide,
  },
};

function always(): boolean {
  return true;
}

function meant(meant: number, weight: number): Pick<Signal, 'meant' | 'weight'> {
  return { meant, weight };
}

/** Headers of data columns are often single words. */
function hasDataHead({ facts }: Block): boolean {
  const cells = facts.head.split(' | ').map((cell) => cell.trim());
  const named = cells.filter((cell) => words(cell) <= 2 && phrases.DATA_HEAD.test(cell));
  // Everything has a name, useful entries as well.
  const isTelling = named.some((cell) => !/^(?:name|nom|nombre|nome|naam)$/i.test(cell));
  return isTelling && named.length * 2 >= cells.length;
}
