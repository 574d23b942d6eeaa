import { readFile, stat } from 'node:fs/promises';
import { cssReferences } from '../../../../markup/css.ts';
import type { Reference, Stylesheet } from '../../../../model/model.ts';
import { decodePath } from '../../../../text/decode.ts';
import { type AddressPlaces, filesAt } from '../../../site/addresses.ts';
import { MOUNT_PREFIX } from '../../../site/mounts.ts';
import { liesWithin } from '../../../site/project-root.ts';
import { styleFileUrl } from '../../../site/site-urls.ts';
import { ORIGIN } from '../model/addresses.ts';

/** Maximum length of a chain of imports: a hostile one may be very long. */
const MAX_STYLESHEETS = 100;

export type StyleProject = AddressPlaces;

/**
 * The references in a stylesheet of the deck's project, and in the stylesheets of the project that it imports. Stylesheets
 * that come with Deckhand only refer to files that come with it.
 *
 * @param at where the stylesheet is named.
 */
export async function styleReferences(
  style: Stylesheet,
  at: Pick<Reference, 'line' | 'file'>,
  project: StyleProject,
): Promise<Reference[]> {
  if (!('file' in style)) return [];
  const path = styleFileUrl(style.file, project.root);
  if (path.startsWith(MOUNT_PREFIX) || !liesWithin(project.root, style.file)) return [];
  const references: Reference[] = [];
  const sheets = new Map([[ORIGIN + path, style.file]]);
  // Iterating over a Map includes entries that are added meanwhile: imports come in the order in which they are found.
  for (const [via, file] of sheets) {
    const css = (await readFile(file, 'utf8').catch(() => '')).replace(/^\uFEFF/, '');
    for (const { kind, url } of cssReferences(css)) {
      references.push({ kind, url, ...at, via });
      const imported = kind === 'stylesheet' ? absoluteUrl(url, via) : undefined;
      if (!imported || sheets.has(imported) || sheets.size >= MAX_STYLESHEETS) continue;
      const importedFile = await projectStylesheet(imported, url, project);
      if (importedFile) sheets.set(imported, importedFile);
    }
  }
  return references;
}

function absoluteUrl(url: string, via: string): string | undefined {
  if (!URL.canParse(url, via)) return undefined;
  const absolute = new URL(url, via);
  absolute.hash = '';
  return absolute.origin === ORIGIN ? absolute.href : undefined;
}

async function projectStylesheet(
  url: string,
  written: string,
  project: StyleProject,
): Promise<string | undefined> {
  const path = decodePath(new URL(url).pathname);
  if (path === undefined) return undefined;
  for (const candidate of filesAt(path, written.startsWith('/'), project)) {
    const stats = await stat(candidate).catch(() => undefined);
    if (stats?.isFile()) return liesWithin(project.root, candidate) ? candidate : undefined;
  }
  return undefined;
}
