import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { resolveSettings } from '../../src/settings/settings.ts';

const schema = z.fromJSONSchema(JSON.parse(readFileSync('schemas/config.schema.json', 'utf8')));

const accepts = (values: Record<string, unknown>): boolean => schema.safeParse(values).success;

function isUsed(values: Record<string, unknown>): boolean {
  try {
    resolveSettings({ flags: {}, env: {}, config: { file: 'deckhand.config.json', values } });
    return true;
  } catch {
    return false;
  }
}

describe('the published schema of the configuration', () => {
  test.each<Record<string, unknown>>([
    {},
    { $schema: './node_modules/deckhand/schemas/config.schema.json' },
    { decks: 'courses', only: ['slides', 'archive'], perPage: 4, paper: 'letter' },
    { images: { density: 300, headers: { 'https://a.example': { Authorization: 'b' } } } },
    { deck: { css: ['a.css'], theme: 'white' }, size: '1280x720', minScale: 0.4 },
    { imageMirror: ['https://a/=https://b/'], handout: { css: 'handout.css' }, sandbox: false },
  ])('accepts what is used: %j', (values) => {
    expect([accepts(values), isUsed(values)]).toEqual([true, true]);
  });

  test.each<Record<string, unknown>>([
    { papper: 'a4' },
    { paper: 'a0' },
    { perPage: 5 },
    { minScale: 2 },
    { images: { density: 'high' } },
    { images: { dense: 300 } },
    { deck: 'white' },
    { config: 'other.json' },
  ])('refuses what is refused: %j', (values) => {
    expect([accepts(values), isUsed(values)]).toEqual([false, false]);
  });
});
