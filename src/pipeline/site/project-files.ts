import { stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Deck } from '../../model/model.ts';
import type { FilePath } from '../../model/paths.ts';
import type { ResolvedUrl } from '../../model/urls.ts';
import { decodePath } from '../../text/decode.ts';
import { filesAt } from './addresses.ts';
import { pictureUrl, requestedUrl } from './picture-url.ts';
import { liesWithin } from './project-root.ts';
import { similarPath } from './similar-path.ts';

/** A file of a deck's project. */
export interface ProjectFile {
  readonly file: FilePath;
  /** Its name differs from that in the address, for example in upper and lower case. */
  readonly isRenamed: boolean;
}

/** The file that a URL of the site names. */
export async function findProjectFile(url: string, deck: Deck): Promise<FilePath | 'outside' | undefined> {
  const found = await locateProjectFile(url, deck);
  return typeof found === 'object' ? found.file : found;
}

/**
 * The file that a URL of the site names (see `filesAt`). Symbolic links are followed, but not out of the project; devices and
 * pipes are not files. If there is none, a file whose name contains characters that an address cannot contain (`a#1.png`), or
 * that only differs in case or in the encoding of accents.
 */
export async function locateProjectFile(
  url: string,
  deck: Deck,
): Promise<ProjectFile | 'outside' | undefined> {
  const { usual, odd } = candidates(url, deck);
  for (const file of [...usual, ...odd]) {
    if (!(await isFile(file))) continue;
    return liesWithin(deck.root, file)
      ? { file: file as FilePath, isRenamed: !usual.includes(file) }
      : 'outside';
  }
  const similar = await similarFile(usual, deck);
  return similar === undefined ? undefined : { file: similar, isRenamed: true };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** Undefined if several files match. */
async function similarFile(files: readonly string[], { root }: Deck): Promise<FilePath | undefined> {
  for (const candidate of files) {
    const path = relative(root, candidate);
    const found = path.startsWith('..') ? undefined : await similarPath(root, path);
    if (found === undefined) continue;
    const file = join(root, found);
    return (await isFile(file)) && liesWithin(root, file) ? (file as FilePath) : undefined;
  }
  return undefined;
}

interface Candidates {
  readonly usual: readonly string[];
  /** Names that contain characters which end the path of an address: a question mark or a hash. */
  readonly odd: readonly string[];
}

function candidates(url: string, deck: Deck): Candidates {
  const { pathname, search } = new URL(url);
  const written = writtenForms(deck).get(requestedUrl(url)) ?? [];
  const isRooted = written.length > 0 && written.every((one) => /^\s*\/(?!\/)/.test(one));
  const places = { ...deck.site, root: deck.root, deckFolder: dirname(deck.source.file) };
  const files = (paths: readonly (string | undefined)[]): string[] => {
    const known = new Set(paths.filter((one) => one !== undefined));
    return [...new Set([...known].flatMap((one) => filesAt(one, isRooted, places)))];
  };
  const path = decodePath(pathname);
  // Windows paths contain backslashes, which the Markdown parser encodes before browsers can read them as slashes. reveal.js
  // encodes the URL of a background again even if it is encoded.
  const usual = [path, path?.replaceAll('\\', '/'), path && decodePath(path), withoutNul(pathname)];
  const hash = new Set(written.map((one) => /#.*$/s.exec(one)?.[0].trim() ?? ''));
  const [onlyHash = ''] = hash.size === 1 ? hash : [];
  const odd = search + onlyHash === '' ? [] : [decodePath(pathname + search + onlyHash)];
  return { usual: files(usual), odd: files(odd) };
}

/** By deck, because every request needs them. */
const WRITTEN = new WeakMap<Deck, ReadonlyMap<ResolvedUrl, readonly string[]>>();

/** The address in the deck for each canonical form. */
function writtenForms(deck: Deck): ReadonlyMap<ResolvedUrl, readonly string[]> {
  const known = WRITTEN.get(deck);
  if (known) return known;
  const forms = new Map<ResolvedUrl, string[]>();
  for (const { url, via } of deck.references) {
    const canonical = pictureUrl(url, via ?? deck.site.url);
    if (canonical) forms.set(canonical, [...(forms.get(canonical) ?? []), url]);
  }
  WRITTEN.set(deck, forms);
  return forms;
}

function withoutNul(path: string): string | undefined {
  return path.includes('\0') ? undefined : path;
}
