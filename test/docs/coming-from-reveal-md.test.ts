import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { REVEAL_MD_FLAGS } from '../../src/cli/reveal-md-flags.ts';
import { DECK_KEY_NAMES } from '../../src/settings/deck-keys.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';

const guide = (): Promise<string> => readFile('docs/coming-from-reveal-md.md', 'utf8');

test('the guide for who comes from reveal-md has every flag of reveal-md', async () => {
  const text = await guide();
  const flags = [
    ...Object.keys(REVEAL_MD_FLAGS),
    ...OPTION_ROWS.flatMap(([, { flag, topic }]) => (flag && topic === 'deck' ? [flag] : [])),
  ];
  expect(flags.filter((flag) => !text.includes(`--${flag}`))).toEqual([]);
});

test('the guide for who comes from reveal-md has every key of reveal-md', async () => {
  const text = await guide();
  const own = [
    'subtitle',
    'url',
    'author',
    'lang',
    'date',
    'revision',
    'description',
    'keywords',
    'cheatsheet',
  ];
  const keys = DECK_KEY_NAMES.filter((key) => !own.includes(key));
  expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
