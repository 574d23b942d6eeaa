import { readFile } from 'node:fs/promises';
import { type Diagnostic, diagnostic } from '../../../model/diagnostics.ts';

/** Files that are often next to decks but are none. They can still be named directly. */
const NOT_DECKS = ['readme.md', 'changelog.md', 'contributing.md', 'license.md'];

export function isNoDeck(name: string): boolean {
  return NOT_DECKS.includes(name.toLowerCase());
}

/** A note about a file with such a name that contains separators like a deck. */
export async function notesOnLeftOut(file: string, path: string): Promise<Diagnostic[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!hasSeparators(text)) return [];
  const message = 'it has slide separators, but was skipped because of its name';
  const hint = `if it is a deck, name it: deckhand build ${path}`;
  return [diagnostic('DECK_LEFT_OUT', message, { deck: path }, hint)];
}

/** After text, a line of dashes makes a heading of it; between blank lines it separates slides, but not in code. */
function hasSeparators(text: string): boolean {
  const markdown = text.replace(/\r\n?/g, '\n').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  return /\n\n----?\n\n/.test(markdown);
}
