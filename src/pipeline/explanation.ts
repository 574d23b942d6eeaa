import { oneLine } from '../plain-text.ts';
import type { DeckReport, ExplainedBlock } from './model.ts';

/** A line a block, below one that names the deck: `+ 4.3 code “docker run …”: it is marked`. */
export function formatExplanation({ path, explanation }: DeckReport): string[] {
  if (!explanation) return [];
  const count = explanation.filter(({ included }) => included).length;
  return [
    `${oneLine(path)}: ${count} of ${explanation.length} blocks on the cheatsheet`,
    ...explanation.map(formatBlock),
  ];
}

function formatBlock({ slide, line, kind, words, included, reason }: ExplainedBlock): string {
  const text = `${included ? '+' : '-'} slide ${slide} (line ${line}) ${kind} “${words}”: ${reason}`;
  return oneLine(text);
}
