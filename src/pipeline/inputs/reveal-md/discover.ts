import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';
import { messageOf } from '../../../model/errors.ts';
import type { DeckFile } from '../../../model/model.ts';
import { nearest } from '../../../text/nearest.ts';
import type { DiscoverOptions, Discovery } from '../../contract/input.ts';
import { outputStem } from '../../contract/places.ts';
import { readRevealMdFiles } from './configuration/config-files.ts';
import { DECK_EXTENSIONS } from './deck-extensions.ts';
import { isNoDeck, notesOnLeftOut } from './left-out.ts';
import { markdownRoot } from './model/project.ts';

const DECK_NAME = new RegExp(String.raw`\.(?:${DECK_EXTENSIONS.join('|')})$`, 'i');

/** The decks that files, folders and globs name. */
export async function discoverDecks(
  patterns: readonly string[],
  options: DiscoverOptions,
): Promise<Discovery> {
  const found = await Promise.all(patterns.map((pattern) => discover(pattern, options)));
  return {
    decks: found.flatMap(({ decks }) => decks),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function discover(pattern: string, options: DiscoverOptions): Promise<Discovery> {
  const path = resolve(options.cwd, pattern);
  const kind = await stat(path).then(
    (stats) => (stats.isDirectory() ? 'folder' : 'file'),
    () => 'absent',
  );
  if (kind === 'folder') return discoverFolder(path, pattern, options);
  if (kind === 'file') return { decks: [deckFile(path, dirname(path), options)], diagnostics: [] };
  if (kind === 'absent' && !isDynamicPattern(pattern))
    return missing(pattern, await likelyMeant(path, pattern));
  const base = resolve(options.cwd, staticBase(pattern));
  const matches = await glob(pattern, {
    cwd: options.cwd,
    ignore: ['**/node_modules/**'],
    absolute: true,
    expandDirectories: false,
  });
  const [others, files] = [true, false].map((no) => matches.filter((one) => isNoDeck(basename(one)) === no));
  const leftOut = (others ?? []).map((one) => notesOnLeftOut(one, shownPath(resolve(one), options)));
  const diagnostics = (await Promise.all(leftOut)).flat();
  if (!files || files.length === 0) return withNotes(missing(pattern), diagnostics);
  return { decks: files.map((file) => deckFile(resolve(file), base, options)), diagnostics };
}

async function discoverFolder(folder: string, pattern: string, options: DiscoverOptions): Promise<Discovery> {
  const wanted = options.glob ?? (await globOfFolder(folder, options.cwd));
  if (wanted !== undefined) return discoverGlob(folder, wanted, pattern, options);
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  await walk(folder);
  if (files.length === 0 && !diagnostics.some(({ severity }) => severity === 'error'))
    return withNotes(missing(pattern), diagnostics);
  return { decks: files.map((file) => deckFile(file, folder, options)), diagnostics };

  // Not with a glob, which silently skips unreadable folders.
  async function walk(current: string): Promise<void> {
    try {
      for (const entry of await readdir(current, { withFileTypes: true })) {
        if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
        const path = join(current, entry.name);
        if (isNoDeck(entry.name)) diagnostics.push(...(await notesOnLeftOut(path, shownPath(path, options))));
        else if (entry.isDirectory()) await walk(path);
        else if (DECK_NAME.test(entry.name)) files.push(path);
      }
    } catch (error) {
      const shown = relative(options.cwd, current) || '.';
      const hint = 'check the permissions of the folder';
      const message = `${shown} cannot be read: ${messageOf(error)}`;
      diagnostics.push(diagnostic('DECK_UNREADABLE', message, { deck: shown }, hint));
    }
  }
}

/** The files that reveal-md would list for a folder: https://github.com/webpro/reveal-md#static-website */
async function discoverGlob(
  folder: string,
  wanted: string,
  pattern: string,
  options: DiscoverOptions,
): Promise<Discovery> {
  const matches = await glob(wanted, {
    cwd: folder,
    ignore: ['**/node_modules/**'],
    absolute: true,
    expandDirectories: false,
  });
  const files = matches.map((file) => resolve(file)).filter((file) => file.startsWith(folder + sep));
  if (files.length === 0) return missing(`${pattern} (${wanted})`);
  return { decks: files.map((file) => deckFile(file, folder, options)), diagnostics: [] };
}

/** If a configuration cannot be read, the decks report it. */
async function globOfFolder(folder: string, cwd: string): Promise<string | undefined> {
  const root = markdownRoot(join(folder, 'any.md'));
  const files = await readRevealMdFiles({ deck: folder, deckFolder: folder, root, cwd }).catch(
    () => undefined,
  );
  const wanted = files?.revealMd?.values.glob;
  return typeof wanted === 'string' && wanted !== '' ? wanted : undefined;
}

function withNotes(found: Discovery, notes: readonly Diagnostic[]): Discovery {
  return { ...found, diagnostics: [...found.diagnostics, ...notes] };
}

function deckFile(file: string, base: string, options: DiscoverOptions): DeckFile {
  const decksFolder = resolve(options.cwd, options.decksFolder);
  const below = file.startsWith(decksFolder + sep) ? decksFolder : base;
  const mirrored = relative(below, file).split(sep).join('/');
  // Braces and escapes in a glob can lead out of the folder with which it seems to begin; outputs must stay in theirs.
  const name = mirrored.startsWith('../') ? basename(file) : mirrored;
  return { file, path: shownPath(file, options), outputName: outputStem(name) };
}

function shownPath(file: string, { cwd }: DiscoverOptions): string {
  const shown = relative(cwd, file);
  return shown.startsWith(`..${sep}..`) || shown === '' ? file : shown.split(sep).join('/');
}

function staticBase(pattern: string): string {
  const parts = pattern.split('/');
  const dynamic = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, dynamic).join('/') || '.';
}

function missing(pattern: string, meant?: string): Discovery {
  const message = `there is no deck at ${pattern}`;
  const hint = meant
    ? `did you mean ${meant}?`
    : 'name a Markdown file, a folder or a glob; without one, the folder “decks” is built';
  return { decks: [], diagnostics: [diagnostic('DECK_NOT_FOUND', message, { deck: pattern }, hint)] };
}

/** A deck or folder next to it with a similar name, or the same name with another extension. */
async function likelyMeant(path: string, pattern: string): Promise<string | undefined> {
  const entries = await readdir(dirname(path), { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((one) => one.isDirectory() || DECK_NAME.test(one.name))
    .map(({ name }) => name);
  const wanted = basename(path);
  const near = names.find((name) => name.replace(DECK_NAME, '') === wanted) ?? nearest(wanted, names);
  return near && pattern.slice(0, pattern.length - wanted.length) + near;
}
