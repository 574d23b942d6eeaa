import type { DeckReport, ExplainedBlock, ExplainedSetting } from '../../model/model.ts';
import type { BuildInputs } from '../../model/report.ts';
import { oneLine } from '../../text/plain-text.ts';

/**
 * A line with the name of the deck, then one per block: `+ 4.3 code “docker run …”: it is marked`; or one per setting, or per
 * input.
 */
export function formatExplanation({ path, explanation, settings, inputs }: DeckReport): string[] {
  if (inputs) return [`${oneLine(path)}: its files depend on`, ...formatInputs(inputs)];
  if (settings)
    return [
      `${oneLine(path)}: ${settings.length === 0 ? 'no settings' : 'read with'}`,
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
  const text = `${included ? '+' : '-'} slide ${slide}${line === undefined ? '' : ` (line ${line})`} ${kind} “${words}”${scored}: ${reason}`;
  return oneLine(text);
}

function formatSetting({ key, value, from }: ExplainedSetting): string {
  return `  ${oneLine(`${key}: ${value} — ${from}`)}`;
}

function formatInputs({ files, remote, settings, versions, ...others }: BuildInputs): string[] {
  const groups: [string, Readonly<Record<string, unknown>>][] = [
    ['file', files],
    ['remote', remote],
    ['option', settings],
    ['version', versions],
  ];
  const named = groups.flatMap(([kind, values]) =>
    Object.entries(values).map(([name, value]) => `${kind} ${name}: ${asText(value)}`),
  );
  const single = Object.entries(others).map(([name, value]) => `${name}: ${asText(value)}`);
  return [...named, ...single].map((line) => `  ${oneLine(line)}`);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
