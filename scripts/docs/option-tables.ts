import type { Row } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import { tableOf, tableText } from './table.ts';

/** The table of the options of one topic, or of those that belong to none. */
export function optionTable(topic?: Row['topic']): string {
  const rows = OPTION_ROWS.filter(([, row]) => row.topic === topic).map(([name, row]) => [
    name === 'decks' ? '`[decks..]`' : flagOf(name, row),
    row.flagOnly ? '' : `\`${name}\``,
    row.env === undefined ? '' : `\`${row.env}\``,
    defaultOf(row),
    tableText(row.help),
  ]);
  return tableOf(['flag', 'configuration key', 'environment', 'default', ''], rows);
}

function flagOf(name: string, { alias, flag, value, isValueOptional }: Row): string {
  if (flag === undefined) return '';
  const operand = value && isValueOptional ? ` [${value}]` : value ? ` ${value}` : '';
  const short = alias ? `-${alias}, ` : '';
  return `\`${short}--${name === 'sandbox' ? 'no-sandbox' : flag}${operand}\``;
}

function defaultOf(row: Row): string {
  if (row.default === undefined || row.type === 'map') return '';
  const text = [row.default].flat().join(',');
  return text === '' ? '' : `\`${text}\``;
}
