import type { SourceFile } from './imports.ts';
import type { Layer } from './layers.ts';
import { folderOf, rankOf } from './rules.ts';

/** The layers as a tree, the highest first, and a diagram of their dependencies. */
export function picture(files: readonly SourceFile[], layers: readonly Layer[]): string {
  return `\`\`\`text
${tree(layers)}
\`\`\`

\`\`\`mermaid
${diagram(files, layers)}
\`\`\``;
}

function tree(layers: readonly Layer[]): string {
  const rows = layers.flatMap((layer) => [
    [`src/${layer.folder}${layer.folder === '' ? '' : '/'}`, layer.about] as const,
    ...Object.entries(layer.inside ?? {}).map(([name, about]) => [`    ${name}/`, about] as const),
  ]);
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, about]) => `${name.padEnd(width)}${about.replaceAll('`', '')}`).join('\n');
}

/** Without indirect dependencies: what a lower layer depends on is implied. */
function diagram(files: readonly SourceFile[], layers: readonly Layer[]): string {
  const below = layers.map((_, rank) => {
    const own = files.filter(({ path }) => rankOf(folderOf(path), layers) === rank);
    const ranks = own.flatMap(({ imports }) => imports.map(({ path }) => rankOf(folderOf(path), layers)));
    return new Set(ranks.filter((one) => one !== rank));
  });
  const reach = (rank: number): ReadonlySet<number> =>
    new Set([...(below[rank] ?? [])].flatMap((one) => [one, ...reach(one)]));
  const name = ({ folder }: Layer): string => (folder === '' ? 'src' : folder);
  const lines = layers.flatMap((layer, rank) => {
    const others = [...(below[rank] ?? [])];
    const needed = others.filter((one) => !others.some((other) => reach(other).has(one)));
    return [
      `  l${rank}["${name(layer)}"]`,
      ...needed.sort((a, b) => a - b).map((one) => `  l${rank} --> l${one}`),
    ];
  });
  return ['flowchart TD', ...lines].join('\n');
}
