/**
 * Writes the tables of options and diagnostics into the README, from the rows that the program itself goes by.
 *
 *   npx tsx scripts/readme-tables.ts [--check]     with --check: exits with 1 where the README is out of date
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { DIAGNOSTICS } from '../src/model/diagnostics.ts';
import type { Row } from '../src/settings/option-row.ts';
import { OPTION_ROWS } from '../src/settings/options.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function optionsTable(topic?: Row['topic']): string {
  const rows = OPTION_ROWS.filter(([, row]) => row.topic === topic).map(([name, row]) => {
    const value = row.value ? ` ${row.value}` : '';
    const alias = row.alias ? `-${row.alias}, ` : '';
    const flag =
      name === 'decks'
        ? '`[decks..]`'
        : row.flag && `\`${alias}--${name === 'sandbox' ? 'no-sandbox' : row.flag}${value}\``;
    const isNone = row.default === undefined || row.type === 'map';
    const shown = isNone ? '' : `\`${[row.default].flat().join(',')}\``;
    const key = row.flagOnly ? '' : `\`${name}\``;
    const env = row.env && `\`${row.env}\``;
    return `| ${flag ?? ''} | ${key} | ${env ?? ''} | ${shown === '``' ? '' : shown} | ${cell(row.help)} |`;
  });
  return ['| flag | config key | environment | default | |', '|---|---|---|---|---|', ...rows].join('\n');
}

function diagnosticsTable(): string {
  const rows = Object.entries(DIAGNOSTICS).map(
    ([code, [severity, meaning]]) => `| \`${code}\` | ${severity} | ${cell(meaning)} |`,
  );
  return ['| code | severity | meaning |', '|---|---|---|', ...rows].join('\n');
}

function fill(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}: made by scripts/readme-tables.ts -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`README.md has no place for the table of ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

const readme = new URL('../README.md', import.meta.url);
const before = readFileSync(readme, 'utf8');
const tables = {
  options: optionsTable(),
  deck: optionsTable('deck'),
  paper: optionsTable('paper'),
  limits: optionsTable('limits'),
  vendor: optionsTable('vendor'),
  diagnostics: diagnosticsTable(),
};
const after = Object.entries(tables).reduce((text, [name, table]) => fill(text, name, table), before);
if (!process.argv.includes('--check')) writeFileSync(readme, after);
else if (before !== after) {
  console.error('README.md is out of date: run npx tsx scripts/readme-tables.ts');
  process.exitCode = 1;
}
