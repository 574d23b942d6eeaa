import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';
import type { ConfigFile } from './settings.ts';

const NAMES = ['yaml', 'yml', 'json', 'mjs'].map((extension) => `deckhand.config.${extension}`);

/**
 * Loads the configuration file that was named, or the one in the working directory. YAML and JSON are data; an `.mjs` file is
 * a program of the project and is run.
 *
 * @throws DeckhandError with exit code 2.
 */
export async function loadConfigFile(
  named: string | undefined,
  cwd: string,
): Promise<ConfigFile | undefined> {
  const file = named === undefined ? findConfig(cwd) : resolve(cwd, named);
  if (file === undefined) return undefined;
  const shown = relative(cwd, file);
  if (!existsSync(file)) {
    throw new DeckhandError('CONFIG_INVALID', EXIT.usage, `there is no configuration file ${shown}`, {
      hint: 'check the path after --config or in DECKHAND_CONFIG',
    });
  }
  try {
    const values = await load(file);
    if (values === null || values === undefined) return { file, values: {} };
    if (typeof values !== 'object' || Array.isArray(values))
      throw new Error('it must contain “key: value” pairs');
    return { file, values: values as Record<string, unknown> };
  } catch (error) {
    throw new DeckhandError('CONFIG_INVALID', EXIT.usage, `${shown} cannot be used: ${firstLine(error)}`, {
      hint: 'correct the file, or name another one with --config',
      cause: error,
    });
  }
}

export function findConfig(cwd: string): string | undefined {
  return NAMES.map((name) => resolve(cwd, name)).find((file) => existsSync(file));
}

async function load(file: string): Promise<unknown> {
  switch (extname(file)) {
    case '.mjs':
    case '.js':
      return defaultExport(await import(pathToFileURL(file).href));
    case '.json':
      return JSON.parse(await readFile(file, 'utf8'));
    default:
      return (await import('yaml')).parse(await readFile(file, 'utf8'), { strict: true });
  }
}

/** A configuration that is exported under another name would be ignored silently. */
function defaultExport(module: object): unknown {
  if (!('default' in module)) throw new Error('it has no “export default”');
  return module.default;
}

/** The parser's message for YAML states line and column before it quotes the text. */
function firstLine(error: unknown): string {
  return (messageOf(error).split('\n')[0] ?? '').replace(/:$/, '');
}
