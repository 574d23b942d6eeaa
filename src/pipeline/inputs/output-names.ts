import { basename, dirname, relative, sep } from 'node:path';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { DeckFile } from '../../model/model.ts';
import { uniqueBy } from '../../text/unique.ts';
import type { Discovery } from '../contract/input.ts';
import { outputStem } from '../contract/places.ts';

/**
 * Gives each deck output names of its own, in a stable order, each deck once. Decks that would write the same files are not
 * built, and are reported.
 */
export function withOwnOutputs(found: readonly DeckFile[]): Discovery {
  // A deck that was found twice gets its longer name, so that the order of the arguments does not matter.
  const named = [...found].sort((a, b) => a.outputName.length - b.outputName.length);
  const sorted = withFolders(uniqueBy(named, ({ file }) => file)).sort(
    (a, b) => order(a.outputName, b.outputName) || order(a.file, b.file),
  );
  const groups = sameNamed(sorted);
  return {
    decks: sorted.filter((deck) => groups.some((group) => group.length === 1 && group.includes(deck))),
    diagnostics: groups.filter((group) => group.length > 1).flatMap(clashDiagnostics),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Decks that are named together (`unit1/slides.md unit2/slides.md`) keep the folders below their common parent if their file
 * names are equal.
 */
function withFolders(decks: readonly DeckFile[]): DeckFile[] {
  return sameNamed(decks).flatMap((group) => {
    const parent = commonFolder(group.map(({ file }) => file));
    return group.map((deck) =>
      group.length > 1 ? { ...deck, outputName: outputStem(relative(parent, deck.file)) } : deck,
    );
  });
}

function commonFolder([first = '', ...others]: readonly string[]): string {
  let folder = dirname(first);
  while (!others.every((file) => dirname(file) === folder || file.startsWith(folder + sep)))
    folder = dirname(folder);
  return folder;
}

/** Names are compared case-insensitively: on macOS and Windows `A.md` and `a.md` write the same file. */
function sameNamed(decks: readonly DeckFile[]): DeckFile[][] {
  const byName = new Map<string, DeckFile[]>();
  for (const deck of decks) {
    const key = deck.outputName.normalize('NFC').toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), deck]);
  }
  return [...byName.values()];
}

function clashDiagnostics(group: readonly DeckFile[]): Diagnostic[] {
  return group.map((deck) =>
    diagnostic(
      'DECK_OUTPUT_CLASH',
      `${group.map((other) => other.path).join(' and ')} would both write ${deck.outputName}/${basename(deck.outputName)}-*.pdf`,
      { deck: deck.path },
      'rename one of them, or build them with different --output folders',
    ),
  );
}
