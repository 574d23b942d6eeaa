import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import type { FilePath } from '../../model/paths.ts';
import { ownFolder } from '../../system/package-root.ts';
import { decodePath } from '../../text/decode.ts';

const require = createRequire(import.meta.url);

/** The folder of a file that a package exports; not every package exports its manifest. */
const folderOf = (module: string): string => dirname(require.resolve(module));

/**
 * Folders of ours that a deck's page may load from, by the first part of the path. Other reveal.js decks load highlight.js,
 * KaTeX, Mermaid and fonts from a CDN.
 */
export const MOUNTS: Readonly<Record<string, string>> = {
  reveal: folderOf('reveal.js/reveal.css'),
  highlight: folderOf('highlight.js/styles/github.css'),
  mermaid: folderOf('mermaid/dist/mermaid.esm.min.mjs'),
  katex: folderOf('katex/dist/katex.min.css'),
  lato: folderOf('@fontsource/lato/400.css'),
  lora: folderOf('@fontsource/lora/400.css'),
  dejavu: folderOf('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'),
  'jetbrains-mono': folderOf('@fontsource/jetbrains-mono/400.css'),
  themes: ownFolder('themes'),
  print: ownFolder('paper/styles'),
};

export const MOUNT_PREFIX = '/.deckhand/';

/**
 * The file at a path below {@link MOUNT_PREFIX}, existing or not; undefined for a path that leads out of its mount, or cannot
 * be decoded.
 */
export function mountedFile(pathname: string): FilePath | undefined {
  const path = decodePath(pathname);
  if (path === undefined) return undefined;
  const [name = '', ...rest] = path.slice(MOUNT_PREFIX.length).split('/');
  const folder = Object.hasOwn(MOUNTS, name) ? MOUNTS[name] : undefined;
  if (folder === undefined) return undefined;
  const file = resolve(folder, join(...rest));
  return file.startsWith(folder + sep) ? (file as FilePath) : undefined;
}
