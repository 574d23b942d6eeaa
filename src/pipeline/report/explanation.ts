import type { DeckReport, ExplainedBlock, ExplainedSetting } from '../../model/model.ts';
import { oneLine } from '../../text/plain-text.ts';

/** A line a block, below one that names the deck: `+ 4.3 code “docker run …”: it is marked`; or a line a setting. */
export function formatExplanation({ path, explanation, settings }: DeckReport): string[] {
  if (settings)
    return [
      `${oneLine(path)}: ${settings.length === 0 ? 'nobody says anything of it' : 'read with'}`,
      ...settings.map(formatSetting),
    ];
  if (!explanation) return [];
  const count = explanation.filter(({ included }) => included).length;
  return [
    `${oneLine(path)}: ${count} of ${explanation.length} blocks on the cheatsheet`,
    ...explanation.map(formatBlock),
  ];
}

function formatBlock({ slide, line, kind, words, included, reason, score }: ExplainedBlock): string {
  const scored = score === undefined ? '' : `, ${score}`;
  const text = `${included ? '+' : '-'} slide ${slide} (line ${line}) ${kind} “${words}”${scored}: ${reason}`;
  return oneLine(text);
}

function formatSetting({ key, value, from }: ExplainedSetting): string {
  return `  ${oneLine(`${key}: ${value} — ${from}`)}`;
}
