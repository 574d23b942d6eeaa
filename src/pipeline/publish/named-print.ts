import { basename, extname, relative, resolve, sep } from 'node:path';
import { DeckhandError, EXIT } from '../../model/errors.ts';
import type { DeckFile } from '../../model/model.ts';
import { writeFileWhole } from '../../system/write-file.ts';
import type { MadeOutput } from '../assemble/output-status.ts';

/** The file that `--print` names for a deck; without a name, that of reveal-md. */
export function namedPrint({ file }: DeckFile, print: string, cwd: string): string {
  return resolve(cwd, print === '' ? `${basename(file, extname(file))}.pdf` : print);
}

/** @throws DeckhandError with exit code 2 if two decks would write the same file. */
export function checkNamedPrints(decks: readonly DeckFile[], print: string, cwd: string): void {
  const files = new Set(decks.map((deck) => namedPrint(deck, print, cwd)));
  if (files.size === decks.length) return;
  const message = `--print writes the slides PDF of one deck, but there are ${decks.length}`;
  const hint = 'name one deck, or omit --print: each deck then gets a folder of its own below --output';
  throw new DeckhandError('USAGE', EXIT.usage, message, { hint });
}

/**
 * Writes the slides of a deck to the named file, if they can be published.
 *
 * @returns the output, with the path of the file relative to the output folder.
 */
export async function writeNamedPrint(
  made: MadeOutput,
  file: string,
  outputDir: string,
): Promise<MadeOutput> {
  if (!('artifacts' in made)) return made;
  const [pdf] = made.artifacts;
  if (!pdf) return made;
  await writeFileWhole(file, pdf.bytes);
  return { ...made, artifacts: [{ ...pdf, file: relative(outputDir, file).split(sep).join('/') }] };
}
