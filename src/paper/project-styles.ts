import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';

/** Stylesheets of a project that are applied after ours, as text. */
export interface ProjectStyles {
  readonly handout?: string;
  readonly cheatsheet?: string;
}

/** The options that name them. */
interface StyleOptions {
  readonly handout: { readonly css?: string | undefined };
  readonly cheatsheet: { readonly css?: string | undefined };
}

/**
 * Reads them before any deck is built, because all decks would look wrong without them. `url()` in them is resolved relative
 * to each deck, as in the deck's own `<style>`.
 *
 * @throws DeckhandError with exit code 2, which names the option whose file cannot be read.
 */
export async function readProjectStyles(
  { handout, cheatsheet }: StyleOptions,
  cwd: string,
): Promise<ProjectStyles> {
  return {
    ...(handout.css === undefined ? {} : { handout: await readStyle('handout', handout.css, cwd) }),
    ...(cheatsheet.css === undefined
      ? {}
      : { cheatsheet: await readStyle('cheatsheet', cheatsheet.css, cwd) }),
  };
}

async function readStyle(kind: keyof ProjectStyles, path: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    const message = `the stylesheet ${path} cannot be read: ${messageOf(error)}`;
    throw new DeckhandError('OPTION_INVALID', EXIT.usage, message, {
      hint: `check the path after --${kind}-css, or ${kind}.css in the configuration file`,
      cause: error,
    });
  }
}
