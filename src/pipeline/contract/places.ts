import { basename, extname, sep } from 'node:path';
import type { DeckFile } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';

/** Where the files of one kind are written. */
export interface Place {
  /** Below the output folder, with `/`. */
  readonly folder: string;
  /** Whether a file there has a name that this kind uses, in this or another build. */
  holds(name: string): boolean;
}

/** One file per kind. */
export interface FilePlace extends Place {
  readonly name: string;
}

/** A PDF: `week1/intro/intro-slides.pdf`. */
export function pdfPlace(deck: Pick<DeckFile, 'outputName'>, kind: OutputKind): FilePlace {
  return filePlace(deck, kind, 'pdf');
}

/** A file named after the deck and its kind: `week1/intro/intro-archive.zip`. */
export function filePlace(
  deck: Pick<DeckFile, 'outputName'>,
  kind: OutputKind,
  extension: string,
): FilePlace {
  const name = `${stemOf(deck)}-${kind}.${extension}`;
  return { folder: deck.outputName, name, holds: (other) => other === name };
}

/** `week1/intro/intro-archive.zip`. */
export function archivePlace(deck: Pick<DeckFile, 'outputName'>): FilePlace {
  return filePlace(deck, 'archive', 'zip');
}

/** Files in a folder of their own: `week1/intro/intro-slides/`. */
export function folderPlace(deck: DeckFile, suffix: string, names: RegExp): Place {
  return {
    folder: `${deck.outputName}/${stemOf(deck)}-${suffix}`,
    holds: (name) => names.test(name),
  };
}

/** The base name of a deck's files: its path without its extension, with `/`. */
export function outputStem(path: string): string {
  const name = path.split(sep).join('/');
  const stem = name.slice(0, name.length - extname(name).length);
  return ['.', '..'].includes(basename(stem)) ? name : stem;
}

function stemOf({ outputName }: Pick<DeckFile, 'outputName'>): string {
  return outputName.slice(outputName.lastIndexOf('/') + 1);
}
