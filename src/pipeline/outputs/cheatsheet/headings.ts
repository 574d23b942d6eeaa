import type { Block } from '../../../model/model.ts';
import type { Judged } from './judged.ts';
import * as phrases from './phrases.ts';

const TASKS = [phrases.EXERCISE, phrases.SOLUTION, phrases.QUIZ];
/** In letters and words: a label such as “Exercise 2.1”. */
const LONGEST_LABEL = 40;
const MOST_WORDS = 5;
/** In words: how far into a sentence its subject, and its verb are. */
const SUBJECT = 5;
const VERB = 14;
/** In letters: words that begin with the same ones are forms of one word. */
const STEM = 5;

/** Its heading announces an exercise, a solution or a quiz, or a text or lead in place of a heading does. */
export function belongsToTask({ block, heading, earlier }: Judged): boolean {
  const announced = [block, ...earlier].flatMap(({ kind, lead, text }) =>
    kind === 'code' ? [lead] : [lead, text],
  );
  return (
    TASKS.some((one) => one.test(heading)) ||
    (block.kind === 'code' && phrases.SOLUTION_FIRST.test(block.text)) ||
    announced.some(announcesTask)
  );
}

function announcesTask(text: string): boolean {
  const [label = ''] = text.split(/[:.?!](?=\s|$)/);
  return (
    label.length <= LONGEST_LABEL &&
    label.split(/\s+/).length <= MOST_WORDS &&
    [phrases.TASK_LABEL, ...TASKS].some((one) => one.test(label))
  );
}

/** It begins with a word of its heading and says what that is or does, or continues its heading as a sentence. */
export function definesHeading({ block, heading }: Judged): boolean {
  if (continuesHeading(block)) return true;
  const named = new Set((heading.match(/[\p{L}\p{N}_.-]{3,}/gu) ?? []).map(stemOf));
  const said = (block.text.match(/[\p{L}\p{N}_.'’-]+/gu) ?? []).slice(0, VERB);
  const at = said.slice(0, SUBJECT).findIndex((word) => word.length >= 3 && named.has(stemOf(word)));
  return at >= 0 && said.slice(at + 1).some((word) => phrases.VERB.test(word));
}

function continuesHeading({ kind, text }: Block): boolean {
  return kind !== 'quote' && phrases.PREDICATES.some((one) => one.test(text));
}

function stemOf(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').slice(0, STEM);
}
