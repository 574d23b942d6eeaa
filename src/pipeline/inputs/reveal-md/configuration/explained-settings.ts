import type { ExplainedSetting } from '../../../../model/model.ts';
import type { AskedKeys } from './asked-keys.ts';

/** The settings of a deck, key by key, each with its source. */
export function explainedSettings({ keys, revealOptions, placeOf, sourceOf }: AskedKeys): ExplainedSetting[] {
  const from = (...path: readonly string[]): string => {
    const { deck, file = deck, line } = placeOf(...path);
    return line === undefined ? file : `${file}:${line}`;
  };
  const { revealOptions: _, ...own } = keys;
  return [
    ...Object.entries(own).map(([key, value]) => ({
      key,
      value: shown(value),
      from: sourceOf(key as keyof typeof own) === 'command line' ? 'the command line' : from(key),
    })),
    ...Object.entries(revealOptions).map(([key, value]) => ({
      key: `revealOptions.${key}`,
      value: shown(value),
      from: from('revealOptions', key),
    })),
  ];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
