import { posix } from 'node:path';
import { circles } from './circles.ts';
import type { SourceFile } from './imports.ts';
import { FAMILIES, type Layer } from './layers.ts';

/** Violations in the source, one line each. */
export function brokenRules(
  files: readonly SourceFile[],
  layers: readonly Layer[],
  mostFiles: number,
): string[] {
  const rank = (path: string): number => rankOf(folderOf(path), layers);
  const each = (fault: (file: SourceFile, imported: string, isTypeOnly: boolean) => string | undefined) =>
    files.flatMap((file) =>
      file.imports.flatMap(({ path, isTypeOnly }) => fault(file, path, isTypeOnly) ?? []),
    );
  const byFile = graph(files, (path) => path);
  const byFolder = graph(files, folderOf);
  return [
    ...files.filter(({ path }) => rank(path) === -1).map(({ path }) => `${path} has no layer`),
    ...each(({ path }, imported) =>
      rank(imported) < rank(path) ? `${path} imports upwards: ${imported}` : undefined,
    ),
    ...circles(byFolder).map((folders) => `folders import each other: ${folders.join(', ')}`),
    ...circles(byFile).map((paths) => `files import each other: ${paths.join(', ')}`),
    ...each(({ path }, imported) => {
      const [own, other] = [memberOf(path), memberOf(imported)];
      return own && other && own !== other ? `${path} knows its neighbour: ${imported}` : undefined;
    }),
    ...each(({ path }, imported, isTypeOnly) =>
      posix.basename(folderOf(path)) === 'page' && !isTypeOnly
        ? `${path} runs in a page and imports more than types: ${imported}`
        : undefined,
    ),
    ...[...byFolder.keys()].flatMap((folder) => {
      const count = files.filter(({ path }) => folderOf(path) === folder).length;
      return count > mostFiles ? `${folder} has ${count} files side by side` : [];
    }),
  ];
}

export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** The layer of a folder: the one with the longest matching path. */
export function rankOf(folder: string, layers: readonly Layer[]): number {
  const within = (one: string): boolean => folder === one || folder.startsWith(`${one}/`);
  const named = layers.map((layer, rank) => ({ ...layer, rank })).filter((layer) => within(layer.folder));
  return named.sort((a, b) => b.folder.length - a.folder.length)[0]?.rank ?? -1;
}

/** The input or output that a file belongs to; undefined for files next to them. */
function memberOf(path: string): string | undefined {
  const family = FAMILIES.find((folder) => path.startsWith(`${folder}/`));
  const member = family && path.slice(family.length + 1).split('/')[0];
  return member === 'index.ts' ? undefined : member && `${family}/${member}`;
}

function graph(
  files: readonly SourceFile[],
  nodeOf: (path: string) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const from = nodeOf(path);
    const to = edges.get(from) ?? new Set();
    for (const one of imports) if (nodeOf(one.path) !== from) to.add(nodeOf(one.path));
    edges.set(from, to);
  }
  return edges;
}
