import type { DeckFile, OutputKind } from './model.ts';

/** Where the file of a kind goes, below the output folder. */
export function artifactFile({ outputName: name }: Pick<DeckFile, 'outputName'>, kind: OutputKind): string {
  return `${name}/${name.slice(name.lastIndexOf('/') + 1)}-${kind}.pdf`;
}
