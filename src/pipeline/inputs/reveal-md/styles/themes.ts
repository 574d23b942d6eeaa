import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnostic,
  type Place,
} from '../../../../model/diagnostics.ts';
import type { Stylesheet } from '../../../../model/model.ts';
import { ownFolder } from '../../../../system/package-root.ts';
import { nearestNames } from '../../../../text/nearest.ts';
import { liesWithin } from '../../../site/project-root.ts';
import { type RevealMdPlaces, styleFolders, withoutAssetsDir } from '../model/addresses.ts';

const require = createRequire(import.meta.url);

/** The themes that come with Deckhand, next to `src/` or `dist/`. */
const SHIPPED_THEMES = ownFolder('themes');
const REVEAL_THEMES = dirname(require.resolve('reveal.js/theme/black.css'));
const HIGHLIGHT_STYLES = dirname(require.resolve('highlight.js/styles/github.css'));

/** The default themes of reveal-md. */
const DEFAULT_THEME = 'black';
const DEFAULT_HIGHLIGHT_THEME = 'base16/zenburn';

export interface ThemePlaces extends RevealMdPlaces {
  /** Where a key is set. */
  readonly placeOf: (key: string) => Place;
}

/**
 * The stylesheet of a theme: a web address, a file in the working directory or in a folder between the deck and the root of
 * its project, in the project's `themes/` or `static/css/`, a theme that comes with Deckhand, or one of reveal.js. If it does
 * not exist, the default theme is used, with a warning that lists where it was looked for.
 */
export function findTheme(name: string | undefined, places: ThemePlaces): [Stylesheet, Diagnostic[]] {
  const theme = name ?? DEFAULT_THEME;
  const remote = remoteStylesheet(theme);
  if (remote) return [remote, []];
  const { root } = places;
  const near = styleFolders(places).filter((folder, i) => i === 0 || folder !== root);
  const local = [...new Set([...near, join(root, 'themes'), join(root, 'static/css'), root])];
  const file =
    firstStylesheet(local, theme, places) ??
    [SHIPPED_THEMES, REVEAL_THEMES]
      .map((folder) => stylesheetIn(folder, theme, folder))
      .find((found) => found !== undefined);
  if (file) return [{ name: theme, file }, []];
  const usual = { name: DEFAULT_THEME, file: join(REVEAL_THEMES, `${DEFAULT_THEME}.css`) };
  const known = [...local.filter((folder) => folder !== root), SHIPPED_THEMES, REVEAL_THEMES].flatMap(
    stylesheetNames,
  );
  const message = `there is no theme “${theme}”; ${DEFAULT_THEME} is used`;
  const looked = `searched in ${shownFolders(local, root)}, and among the themes of Deckhand and reveal.js`;
  return [usual, [unknown('THEME_UNKNOWN', message, theme, known, looked, places.placeOf('theme'))]];
}

/**
 * The stylesheet of a highlight.js style, by its name there (`github`, `base16/zenburn`), as a file of the project, or by its
 * web address. If it does not exist, the default is used, with a warning.
 */
export function findHighlightTheme(
  name: string | undefined,
  places: ThemePlaces,
): [Stylesheet, Diagnostic[]] {
  const style = name ?? DEFAULT_HIGHLIGHT_THEME;
  const remote = remoteStylesheet(style);
  if (remote) return [remote, []];
  const file =
    stylesheetIn(HIGHLIGHT_STYLES, style, HIGHLIGHT_STYLES) ??
    stylesheetIn(join(HIGHLIGHT_STYLES, 'base16'), style, HIGHLIGHT_STYLES) ??
    firstStylesheet(styleFolders(places), style, places);
  if (file) return [{ name: style, file }, []];
  const usual = {
    name: DEFAULT_HIGHLIGHT_THEME,
    file: join(HIGHLIGHT_STYLES, `${DEFAULT_HIGHLIGHT_THEME}.css`),
  };
  const known = [
    ...stylesheetNames(HIGHLIGHT_STYLES),
    ...stylesheetNames(join(HIGHLIGHT_STYLES, 'base16')).map((one) => `base16/${one}`),
  ].filter((one) => !one.endsWith('.min'));
  const message = `highlight.js has no style “${style}”; ${DEFAULT_HIGHLIGHT_THEME} is used`;
  const looked = `searched among its styles, and in ${shownFolders(styleFolders(places), places.root)}`;
  const place = places.placeOf('highlightTheme');
  return [usual, [unknown('HIGHLIGHT_THEME_UNKNOWN', message, style, known, looked, place)]];
}

/** The stylesheets in the front matter's `css`: files, found in the same places as themes, or web addresses. */
export function findStyles(names: readonly string[], places: ThemePlaces): [Stylesheet[], Diagnostic[]] {
  const styles: Stylesheet[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of names.flatMap(splitNames)) {
    const remote = remoteStylesheet(name);
    if (remote) {
      styles.push(remote);
      continue;
    }
    const file = firstStylesheet(styleFolders(places), name, places);
    if (file) styles.push({ name, file });
    else diagnostics.push(styleNotFound(name, { ...places.placeOf('css'), url: name }));
  }
  return [styles, diagnostics];
}

/** Names in one string are separated by commas, but an address may contain commas after its question mark. */
function splitNames(text: string): string[] {
  const names: string[] = [];
  for (const piece of text.split(',')) {
    const last = names.at(-1) ?? '';
    const isQuery = REMOTE.test(last.trim()) && last.includes('?');
    if (isQuery && /^\S/.test(piece) && !REMOTE.test(piece) && !piece.endsWith('.css'))
      names[names.length - 1] = `${last},${piece}`;
    else names.push(piece);
  }
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

const REMOTE = /^(?:https?:)?\/\//i;

/** A stylesheet on the web; without a scheme https is used. */
function remoteStylesheet(name: string): Stylesheet | undefined {
  const url = name.startsWith('//') ? `https:${name}` : name;
  return REMOTE.test(name) && URL.canParse(url) ? { name, url: new URL(url).href } : undefined;
}

function styleNotFound(name: string, place: Place): Diagnostic {
  const hint = 'keep stylesheets in the project, next to the deck or in a folder above it';
  return diagnostic('STYLE_NOT_FOUND', `stylesheet ${name} is not in the project`, place, hint);
}

function firstStylesheet(folders: readonly string[], name: string, places: ThemePlaces): string | undefined {
  const names = [name, withoutAssetsDir(name, places)];
  return names
    .flatMap((one) => folders.map((folder) => stylesheetIn(folder, one, places.root)))
    .find((found) => found !== undefined);
}

function shownFolders(folders: readonly string[], root: string): string {
  return folders.map((folder) => relative(root, folder).split(sep).join('/') || '.').join(', ');
}

function stylesheetIn(folder: string, name: string, within: string): string | undefined {
  const candidates = [name, `${name}.css`].map((one) => resolve(folder, one.replace(/^\/+/, '')));
  return candidates.find((file) => file.endsWith('.css') && isFile(file) && liesWithin(within, file));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // It does not exist, or is no valid name: too long, or containing NUL.
    return false;
  }
}

function stylesheetNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.css'))
      .map((file) => file.replace(/\.css$/, ''));
  } catch {
    return [];
  }
}

function unknown(
  code: DiagnosticCode,
  message: string,
  name: string,
  known: readonly string[],
  looked: string,
  place: Place,
): Diagnostic {
  const near = nearestNames(name, known, 3).map((one) => `“${one}”`);
  const meant = near.length === 0 ? '' : `did you mean ${near.join(' or ')}? `;
  return diagnostic(code, message, place, `${meant}${looked}`);
}
