import { DECK_KEY_ROWS } from '../../src/settings/deck-keys.ts';
import { isGiven, type Row } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import { tableOf, tableText } from './table.ts';

/** The table of the options of one topic, or of those that belong to none. */
export function optionTable(topic?: Row['topic']): string {
  const rows = OPTION_ROWS.filter(([, row]) => row.topic === topic).map(([name, row]) => [
    name === 'decks' ? '`[decks..]`' : flagOf(name, row),
    isGiven(row, 'configuration file') ? `\`${name}\`` : '',
    row.env === undefined ? '' : `\`${row.env}\``,
    defaultOf(row),
    tableText(row.help),
  ]);
  return tableOf(['flag', 'configuration key', 'environment', 'default', ''], rows);
}

/** The table of what a deck may say of itself. */
export function frontMatterTable(): string {
  const rows = DECK_KEY_ROWS.map(([key, { flag, help, type }]) => [
    `\`${key}\``,
    FORMS[type],
    flag === undefined ? '' : `\`--${flag}\``,
    tableText(help),
  ]);
  return tableOf(['key', 'value', 'for all decks of a run', ''], rows);
}

const FORMS: Readonly<Record<Row['type'], string>> = {
  string: 'text',
  list: 'list, or text',
  map: 'keys below it',
  boolean: 'true or false',
  number: 'number',
};

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
