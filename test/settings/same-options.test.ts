import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import type { Row } from '../../src/settings/option-row.ts';
import { OPTION_ROWS } from '../../src/settings/options.ts';
import { flatOptions, resolveSettings } from '../../src/settings/settings.ts';

// The command and the library take their options from one table: what one of them understands, the other one does.

/** Values to try, of which each option takes the first that it allows and that is not its default. */
const TEXTS = [
  'handout',
  'steps',
  'speaker',
  'article',
  'A5',
  'letter',
  'left',
  'gray',
  'save',
  'none',
  '3b',
  'warning',
  'original',
  '1-3',
  '960x700',
  'top',
  'portrait',
  'de',
  'https://example.org/{url}',
  'https://example.org/',
  'https://a.example/=https://b.example/',
  'png',
  'jpeg',
  'cheatsheet',
  'right',
  'short',
  'page',
  'new-page',
  'some/path',
];
const NUMBERS = [3, 2, 1, 0.5, 4, 10, 20, 100, 300];

function sample(row: Row): unknown {
  const candidates = row.type === 'number' ? NUMBERS : TEXTS;
  const isOther = (one: unknown): boolean => {
    const parsed = row.schema.safeParse(one);
    return parsed.success && JSON.stringify(parsed.data) !== JSON.stringify(row.default);
  };
  return row.type === 'boolean' ? row.default !== true : candidates.find(isOther);
}

function asFlag(row: Row, value: unknown): string[] {
  if (row.type === 'boolean') return [value === true ? `--${row.flag}` : `--no-${row.flag}`];
  return [`--${row.flag}`, String(value)];
}

async function byCommand(command: 'build' | 'vendor' | 'init', args: readonly string[]) {
  // Without its name, builds are what is meant, and no help is made ready.
  const named = command === 'build' ? args : [command, ...args];
  const parsed = await parseCommandLine(named, '0');
  if (!('flags' in parsed)) throw new Error(`deckhand says ${parsed.text}`);
  return resolveSettings({ flags: parsed.flags, env: {} });
}

const byLibrary = (config: Record<string, unknown>) =>
  resolveSettings({ flags: flatOptions(config), env: {} });

/** `images.density` is `{ images: { density } }` to the library. */
function inConfig(name: string, value: unknown): Record<string, unknown> {
  const [group = '', own] = name.split('.');
  return own === undefined ? { [group]: value } : { [group]: { [own]: value } };
}

const flagged = OPTION_ROWS.filter(([name, { flag }]) => flag !== undefined && name !== 'decks');

describe('the command and the library', () => {
  test('have the same defaults', async () => {
    expect(await byCommand('build', [])).toEqual(byLibrary({}));
  });

  test.each(flagged.map(([name, row]) => [name, row] as const))('mean the same by %s', async (name, row) => {
    const value = sample(row);
    expect(value, 'a value to try').toBeDefined();
    const command = row.topic === 'vendor' || row.topic === 'init' ? row.topic : 'build';
    // The first value of a kind may be one that others must allow.
    const more = name === 'config' ? [] : asFlag(row, value);
    expect(await byCommand(command, more)).toEqual(byLibrary(name === 'config' ? {} : inConfig(name, value)));
  });

  test('refuse the same with the same words', async () => {
    const refusal = (run: () => unknown) =>
      Promise.resolve()
        .then(run)
        .then(
          () => undefined,
          ({ code, exitCode }: { code: string; exitCode: number }) => [code, exitCode],
        );
    for (const [name, row] of flagged) {
      if (row.type !== 'number' || row.topic === 'vendor' || row.topic === 'init') continue;
      const [command, library] = [
        await refusal(() => byCommand('build', asFlag(row, -1e12))),
        await refusal(() => byLibrary(inConfig(name, -1e12))),
      ];
      expect(command, name).toEqual(['OPTION_INVALID', 2]);
      expect(library, name).toEqual(command);
    }
  });
});
