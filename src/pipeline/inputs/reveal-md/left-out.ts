import { readFile } from 'node:fs/promises';
import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';

/** Files that often lie beside decks and are none. A deck with such a name can still be named itself. */
const NOT_DECKS = ['readme.md', 'changelog.md', 'contributing.md', 'license.md'];

export function isNoDeck(name: string): boolean {
  return NOT_DECKS.includes(name.toLowerCase());
}

/** A note on a file that has the usual name of what is no deck, and the separators of one. */
export async function notesOnLeftOut(file: string, path: string): Promise<Diagnostic[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!hasSeparators(text)) return [];
  const message = 'it has slide separators, but was skipped because of its name';
  const hint = `if it is a deck, name it: deckhand build ${path}`;
  return [diagnostic('DECK_LEFT_OUT', message, { deck: path }, hint)];
}

/** Below text a line of dashes makes a heading of it; between blank lines it separates slides, but not in code. */
function hasSeparators(text: string): boolean {
  const markdown = text.replace(/\r\n?/g, '\n').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  return /\n\n----?\n\n/.test(markdown);
}
