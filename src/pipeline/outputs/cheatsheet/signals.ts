import type { Block, BlockKind } from '../../../model/model.ts';
import { belongsToTask, definesHeading } from './headings.ts';
import type { Judged } from './judged.ts';
import * as phrases from './phrases.ts';

/** A reason for or against keeping a block. */
export interface Signal {
  /** The kinds of blocks that it applies to; missing: all. */
  readonly kinds?: readonly BlockKind[];
  /**
   * Its weight in a sum; blocks with a sum above 0 are kept. Learned by `npm run score -- --learn` from the decks in
   * `test/cheatsheets`, and from 35 public ones that are not in the repository.
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
/** In words: a caption. */
const SHORT = 16;
const MANY_LINES = 24;

const words = (text: string): number => (text === '' ? 0 : text.split(/\s+/).length);
const under =
  (phrase: RegExp) =>
  ({ heading }: Judged): boolean =>
    phrase.test(heading);

const SHELL = /^(?:bash|sh|shell|console|shell-session|zsh|fish|powershell|ps1|bat|cmd|terminal)$/i;
const OUTPUT = /^(?:output|log|stdout|stderr|diff)$/i;
const ABOUT_THE_COURSE = [phrases.ORGANISATION, phrases.PEOPLE, phrases.ENDING];
const EXERCISES = [phrases.EXERCISE, phrases.SOLUTION, phrases.QUIZ];

/** In points: the width of a column, and the smallest legible type in it. */
const COLUMN_PT = 245;
const LEGIBLE_PT = 6;

/** Weights of reasons that decide alone, and of ordinary ones. */
const DECISIVE = 8;
const STRONG = 3;
const USUAL = 1.5;
const WEAK = 0.5;

/**
 * All signals that decide whether a block is useful, each with its weight: a block is kept if the weights of those that apply
 * add up to more than 0. `npm run score` measures them on labeled decks, and `npm run score -- --learn` learns the weights.
 */
export const SIGNALS: Readonly<Record<string, Signal>> = {
  // Its kind.
  code: { kinds: ['code'], ...meant(USUAL, 1.9), says: 'it is code', holds: always },
  table: { kinds: ['table'], ...meant(USUAL, 1.5), says: 'it is a table', holds: always },
  definition: {
    kinds: ['definition'],
    ...meant(USUAL, 0.6),
    says: 'it explains what something means',
    holds: always,
  },
  formula: { kinds: ['formula'], ...meant(USUAL, 2.1), says: 'it is a formula', holds: always },
  list: { kinds: ['list'], ...meant(-USUAL, -0.4), says: 'it is a list', holds: always },
  text: { kinds: ['text'], ...meant(-USUAL, -2), says: 'it is prose', holds: always },
  quote: { kinds: ['quote'], ...meant(-STRONG, -2.9), says: 'it is a quotation', holds: always },
  picture: { kinds: ['picture'], ...meant(-STRONG, -3.4), says: 'it is an image', holds: always },

  // The purpose that its heading suggests.
  task: {
    ...meant(-DECISIVE, -7.7),
    says: 'it belongs to an exercise or a quiz',
    holds: belongsToTask,
  },
  course: {
    ...meant(-DECISIVE, -8),
    says: 'its heading is about the course, not its subject',
    holds: ({ heading }) => ABOUT_THE_COURSE.some((one) => one.test(heading)),
  },
  reading: {
    ...meant(-DECISIVE, -8),
    says: 'its heading announces further reading',
    holds: (one) =>
      under(phrases.READING)(one) ||
      (under(phrases.REFERENCES)(one) && (one.isInLastPart || one.block.facts.inLinks > 0)),
  },
  story: { ...meant(-STRONG, -3), says: 'its heading announces a story', holds: under(phrases.STORY) },
  motivation: {
    ...meant(-USUAL, -1.7),
    says: 'its heading asks why, not how',
    holds: under(phrases.MOTIVATION),
  },
  output: {
    kinds: ['code', 'table', 'text', 'list'],
    ...meant(-STRONG, -2.8),
    says: 'its heading says it is output',
    holds: under(phrases.OUTPUT),
  },
  example: {
    kinds: ['table', 'formula', 'text', 'list'],
    ...meant(-STRONG, -2.9),
    says: 'it is an example',
    holds: under(phrases.EXAMPLE),
  },
  exampleCode: {
    kinds: ['code'],
    ...meant(-USUAL, -1.7),
    says: 'its heading says it is an example',
    holds: under(phrases.EXAMPLE),
  },
  derivation: { ...meant(-DECISIVE, -8), says: 'it is a derivation', holds: under(phrases.DERIVATION) },
  asking: {
    kinds: SAID,
    ...meant(-USUAL, -1),
    says: 'its heading is a question',
    holds: ({ heading }) => /[?？]\s*$/.test(heading),
  },
  summary: {
    kinds: SAID,
    ...meant(STRONG, 2.7),
    says: 'its slide is a summary',
    // Otherwise it is a list of what there was.
    holds: (one) => under(phrases.SUMMARY)(one) && !isKeywords(one.block),
  },
  courseSection: {
    ...meant(-STRONG, -3),
    says: 'its section is about the course',
    holds: ({ section }) => ABOUT_THE_COURSE.some((one) => one.test(section)),
  },
  exerciseSection: {
    ...meant(-STRONG, -3.2),
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
    ...meant(USUAL, 1.2),
    says: 'it is typed at a prompt',
    holds: ({ block }) => block.facts.isSession,
  },
  explained: {
    kinds: ['code'],
    ...meant(USUAL, 1.7),
    says: 'its lines are explained',
    holds: ({ block }) => block.facts.isPaired,
  },
  printed: {
    kinds: ['code'],
    ...meant(-STRONG, -3.1),
    says: 'it is the output of a program',
    holds: ({ block: { text, facts } }) =>
      !facts.isSession && (OUTPUT.test(facts.language) || phrases.OUTPUT_LINE.test(text)),
  },
  undrawn: {
    kinds: ['code'],
    ...meant(-DECISIVE, -8),
    says: 'it is the source of a drawing, or an address',
    holds: ({ block: { text } }) => phrases.DRAWING_SOURCE.test(text) || phrases.ADDRESS.test(text),
  },
  sentences: {
    kinds: ['code'],
    ...meant(-STRONG, -3.2),
    says: 'it reads like text, not like a program',
    holds: ({ block: { text, facts } }) =>
      !facts.isSession &&
      !facts.isPaired &&
      facts.language === '' &&
      !/[{};=<>$|\\`]/.test(text) &&
      (text.match(phrases.SMALL_WORDS)?.length ?? 0) >= 2,
  },
  long: {
    kinds: ['code'],
    ...meant(-USUAL, -1.6),
    says: 'it is longer than most things that people look up',
    holds: ({ block }) => block.facts.rows > MANY_LINES,
  },
  gaps: {
    kinds: ['code'],
    ...meant(-STRONG, -2.9),
    says: 'it has gaps to fill in',
    holds: ({ block }) => phrases.GAP.test(block.text),
  },
  repeated: {
    kinds: ['code'],
    ...meant(-USUAL, -1),
    says: 'most of it has been there before',
    holds: ({ saidBefore }) => saidBefore > 0.5,
  },

  // Formulas.
  worked: {
    kinds: ['formula', 'list', 'text'],
    ...meant(-STRONG, -2.3),
    says: 'it is a calculation with numbers',
    holds: isCalculation,
  },
  formulaRows: {
    kinds: ['table', 'list', 'definition'],
    ...meant(USUAL, 2.1),
    says: 'its rows contain formulas',
    holds: ({ block: { facts } }) => facts.formulaRows >= facts.rows * 0.6,
  },
  formulaText: {
    kinds: ['text'],
    ...meant(STRONG, 2.9),
    says: 'it is a formula',
    holds: ({ block: { text, facts } }) =>
      facts.formulaRows > 0 && words(text) < 5 && /[=≈≤≥<>∝→≡]/.test(text),
  },

  // Tables.
  lookupHead: {
    kinds: ['table'],
    ...meant(USUAL, 1.7),
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
    ...meant(-STRONG, -2.9),
    says: 'most of it is numbers',
    holds: ({ block: { facts } }) => facts.numberCells > 0.55 * facts.rows * facts.columns,
  },

  // Lists and definitions.
  commandRows: {
    kinds: ['list', 'definition'],
    ...meant(USUAL, 2),
    says: 'its items contain commands',
    holds: ({ block: { facts } }) => facts.codeRows >= facts.rows * 0.6,
  },
  steps: {
    kinds: ['list'],
    ...meant(USUAL, 1.2),
    says: 'its items are steps',
    holds: ({ block }) => block.facts.isOrdered,
  },
  single: {
    kinds: ['list'],
    ...meant(-USUAL, -1.9),
    says: 'it has only one item',
    holds: ({ block }) => block.facts.rows < 2,
  },
  keywords: {
    kinds: ['list'],
    ...meant(-USUAL, -0.9),
    says: 'its items are keywords',
    holds: ({ block }) => isKeywords(block),
  },
  remark: {
    kinds: SAID,
    ...meant(-DECISIVE, -8),
    says: 'it is a remark, or an opinion',
    holds: ({ block }) => phrases.REMARK.test(block.text),
  },

  // What it says.
  gloss: {
    kinds: ['text', 'list'],
    ...meant(USUAL, 0.4),
    says: 'it explains the code above it',
    holds: ({ block, before }) =>
      before?.kind === 'code' &&
      block.facts.rows <= 2 &&
      words(block.text) < SHORT * block.facts.rows &&
      !/[?？:：]\s*$/.test(block.text),
  },
  besideCode: {
    kinds: ['text', 'list'],
    ...meant(WEAK, 0.3),
    says: 'there is code on its slide',
    holds: ({ beside }) => beside.some(({ kind }) => kind === 'code'),
  },
  inlineCode: {
    kinds: ['text'],
    ...meant(USUAL, 1.7),
    says: 'it contains commands',
    holds: ({ block }) => block.facts.inCode > 0.08 || phrases.QUOTED_COMMAND.test(block.text),
  },
  howTo: {
    kinds: ['text'],
    ...meant(USUAL, 1.7),
    says: 'it says how to use a command',
    holds: ({ block: { text, facts } }) =>
      (facts.inCode > 0 || phrases.QUOTED_COMMAND.test(text)) && phrases.HOW_TO.test(text),
  },
  commandHeading: {
    kinds: ['text', 'list'],
    ...meant(USUAL, 0.9),
    says: 'its heading is a command',
    holds: ({ heading }) => phrases.COMMAND_HEADING.test(heading) && !phrases.FILLERS.test(heading),
  },
  defines: {
    kinds: ['text', 'list', 'quote'],
    ...meant(USUAL, 1.3),
    says: 'it says what its heading means',
    holds: definesHeading,
  },
  telling: {
    kinds: [...SAID, 'code'],
    ...meant(-USUAL, -0.9),
    says: 'it tells a story or an opinion',
    holds: ({ block }) => [phrases.TELLING, phrases.NARRATION].some((one) => one.test(said(block))),
  },
  personal: {
    kinds: SAID,
    ...meant(-WEAK, -0.6),
    says: 'somebody speaks',
    holds: ({ block }) => phrases.PERSON.test(block.text),
  },
  tasking: {
    kinds: ['text', 'list', 'code'],
    ...meant(-USUAL, -0.9),
    says: 'it tells the audience what to do',
    holds: ({ block }) => phrases.TASK.test(said(block)),
  },
  emoji: {
    kinds: ['list', 'definition'],
    ...meant(-USUAL, -1.7),
    says: 'its items begin with emoji',
    holds: ({ block }) => phrases.EMOJI_FIRST.test(block.text),
  },
  hollow: {
    kinds: ['definition'],
    ...meant(-STRONG, -3),
    says: 'its rows say nothing in words',
    holds: ({ block: { text } }) => !/(?<![\p{L}\p{N}#/])\p{L}{3,}/u.test(text),
  },
  question: {
    kinds: SAID,
    ...meant(-USUAL, -2),
    says: 'it is a question',
    holds: ({ block }) => /[?？](?:\s|$)/.test(block.text),
  },
  exclamation: {
    kinds: SAID,
    ...meant(-USUAL, -1.3),
    says: 'it is an exclamation',
    holds: ({ block }) => /!(?:\s|$)/.test(block.text),
  },
  calendar: {
    kinds: ITEMS,
    ...meant(-STRONG, -3),
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
    ...meant(STRONG, 3.4),
    says: 'it is a diagram',
    holds: ({ block }) => block.facts.isDrawing,
  },

  tiny: {
    kinds: ['picture'],
    ...meant(-DECISIVE, -7.8),
    says: 'its text would be too small to read',
    holds: ({ block: { facts } }) => facts.isDrawing && facts.wordSize * COLUMN_PT < LEGIBLE_PT,
  },

  // Its position.
  first: {
    kinds: ['text', 'list', 'quote', 'picture'],
    ...meant(-DECISIVE, -7.9),
    says: 'it is on the title slide',
    holds: ({ isOnFirstSlide }) => isOnFirstSlide,
  },
};

function isKeywords({ text, facts }: Block): boolean {
  return words(text) / facts.rows < 4;
}

/** Of code, the sentence before it. */
function said({ kind, text, lead }: Block): string {
  return kind === 'code' ? lead : text;
}

/** Several numbers, not counting those of letters, as in *x₁₂*. */
function isCalculation({ block: { kind, text, facts } }: Judged): boolean {
  const numbers = text.match(/(?<![\p{L}\d])(?:\d{2,}|\d+[.,]\d)|=\s?[-−]?\d/gu)?.length ?? 0;
  return kind === 'formula' ? numbers >= 3 : facts.formulaRows > 0 && numbers >= 2;
}

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
