import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import JSON5 from 'json5';
import { DeckError, diagnostic } from '../../../../model/diagnostics.ts';
import { lineCounter } from '../../../../text/lines.ts';
import { unique } from '../../../../text/unique.ts';
import { properties } from '../keys/object-literal.ts';
import { foldersUp } from '../model/addresses.ts';
import { REVEAL_CONFIGS, REVEAL_MD_CONFIGS } from '../model/project.ts';

/** A configuration file of reveal-md, as data. */
export interface RevealMdFile {
  /** As users would write it. */
  readonly path: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly values: Readonly<Record<string, unknown>>;
  /** Line of a key, by its path of keys; 1 if the file does not contain it. */
  readonly lineOf: (...path: readonly string[]) => number;
}

/** The two files that reveal-md reads, if they exist. */
export interface RevealMdFiles {
  /** Its own options: https://github.com/webpro/reveal-md#reveal-md-options */
  readonly revealMd?: RevealMdFile;
  /** Options of reveal.js: https://github.com/webpro/reveal-md#revealjs-options */
  readonly reveal?: RevealMdFile;
}

export interface ConfigPlaces {
  /** Path of the deck, for messages. */
  readonly deck: string;
  readonly deckFolder: string;
  readonly root: string;
  /** The working directory; undefined if the caller has none. */
  readonly cwd?: string | undefined;
}

/**
 * Reads reveal-md's configuration files for a deck: from the working directory, as reveal-md does, otherwise from the nearest
 * folder between the deck and the root of its project. JSON5 is data: nothing is run.
 *
 * @throws DeckError with `REVEAL_MD_CONFIG_INVALID`, the file and the line.
 */
export async function readRevealMdFiles(places: ConfigPlaces): Promise<RevealMdFiles> {
  const folders = configFolders(places);
  const [revealMd, reveal] = await Promise.all([
    firstOf(REVEAL_MD_CONFIGS, folders, places),
    firstOf(REVEAL_CONFIGS, folders, places),
  ]);
  return { ...(revealMd ? { revealMd } : {}), ...(reveal ? { reveal } : {}) };
}

/** The message of a parser error. */
interface JSON5Error extends Error {
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

/** The folders in which they, and other files named for all decks, are looked for, in order. */
export function configFolders({ deckFolder, root, cwd }: Omit<ConfigPlaces, 'deck'>): string[] {
  return unique([...(cwd === undefined ? [] : [cwd]), ...foldersUp(deckFolder, root)]);
}

async function firstOf(
  names: readonly string[],
  folders: readonly string[],
  places: ConfigPlaces,
): Promise<RevealMdFile | undefined> {
  for (const folder of folders) {
    for (const name of names) {
      const file = join(folder, name);
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes) return parsed(file, bytes, places);
    }
  }
  return undefined;
}

function parsed(file: string, bytes: Uint8Array, { deck, root, cwd }: ConfigPlaces): RevealMdFile {
  const text = new TextDecoder().decode(bytes);
  const path = relative(cwd ?? root, file)
    .split(sep)
    .join('/');
  const invalid = (reason: string, line: number): DeckError => {
    const hint =
      'correct the file; it must be JSON, or JSON5 (with comments, single quotes and trailing commas)';
    const message = `${path} cannot be used: ${reason}`;
    return new DeckError(diagnostic('REVEAL_MD_CONFIG_INVALID', message, { deck, file: path, line }, hint));
  };
  let values: unknown;
  try {
    values = JSON5.parse(text);
  } catch (error) {
    const { message, lineNumber = 1, columnNumber } = error as JSON5Error;
    throw invalid(
      message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, ''),
      columnNumber === 0 ? lineNumber - 1 : lineNumber,
    );
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw invalid('it must contain “key: value” pairs', 1);
  return { path, file, bytes, values: values as Record<string, unknown>, lineOf: keyLines(text) };
}

function keyLines(text: string): RevealMdFile['lineOf'] {
  const lineAt = lineCounter(text);
  return (...path) => {
    let from = 0;
    let line = 1;
    for (const key of path) {
      const found = properties(text, from).findLast((one) => one.key === key);
      if (!found) return line;
      from = found.valueFrom;
      line = lineAt(found.keyFrom);
    }
    return line;
  };
}
