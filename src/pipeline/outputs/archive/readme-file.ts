import type { Deck } from '../../../model/model.ts';
import type { SourceFormat } from '../../contract/input.ts';
import { textFile } from './bag.ts';
import type { ArchiveFile } from './zip.ts';

export interface ReadmeOptions {
  /** Name of the bag's folder. */
  readonly folder: string;
  /** Path of the deck's own file below `source/`. */
  readonly deck: string;
  readonly format: SourceFormat;
  readonly version: string;
  /** Paths of the PDFs below `data/`. */
  readonly pdfs: readonly string[];
}

/** The file in `data/` that explains the archive to people who know none of the programs. */
export function readmeFile(
  deck: Deck,
  { folder, deck: path, format, version, pdfs }: ReadmeOptions,
): ArchiveFile {
  const { title, author, url, revision = deck.commit } = deck.metadata;
  const seconds = Math.floor(deck.date.getTime() / 1000);
  const facts = [
    `Title:     ${title}`,
    ...(author === undefined ? [] : [`Author:    ${author}`]),
    `Date:      ${deck.date.toISOString().slice(0, 10)}`,
    ...(revision === undefined ? [] : [`Revision:  ${revision}`]),
    ...(url === undefined ? [] : [`Published: ${url}`]),
  ];
  return textFile(
    'README.txt',
    `${facts.map((line) => line.replace(/\s*\n\s*/g, ' ')).join('\n')}

This folder keeps a set of slides for a long time: what was written, what was
shown, and what was printed. Nothing in it needs a network. Unpack all of it
before you open anything: its parts refer to each other.

WHAT IS HERE

presentation/index.html
    The slides as they were presented. Open it with a double-click; any web
    browser will do. Arrow keys or the space bar go through the slides, S shows
    the speaker notes, F fills the screen, O or Esc shows an overview, and the
    question mark lists all keys. It is a page of HTML with its fonts, styles
    and the program reveal.js (https://revealjs.com, MIT licence) inside, and
    takes its pictures from the folder source. Films, sounds and other pages
    that the slides embed are links there. With scripts switched off, all
    slides stand below each other.

pdf/
${pdfs.map((name) => `    ${name.replace('pdf/', '')}`).join('\n')}
    The slides, a handout for printing, and a cheatsheet, where the slides have
    something for one. Every font is inside.

source/
${indented(`What all of it was made from. ${format.about}`)}
    ${path}
${indented(`${format.reading} ${BESIDE}`)}

renditions/
    The pictures as they were printed, where they are not the originals;
    index.json tells which is which.

report.json
    What the program that made the PDFs said of them, with every problem it
    found: pictures that could not be had any more, for instance.

IS IT WHOLE?

The folder ${folder} is a bag as RFC 8493 describes it (BagIt 1.0). The
file manifest-sha512.txt beside data lists the SHA-512 of every file. Any tool
for BagIt checks it; where there is none, this does, in that folder:

    sha512sum -c manifest-sha512.txt

HOW TO MAKE IT AGAIN

All was made by Deckhand ${version}, a program for Node.js. With it, in the folder
source, this makes the PDFs again, without a network:

    SOURCE_DATE_EPOCH=${seconds} deckhand build

The same version with the same browser and fonts makes the same files, to the
byte, unless the slides lead to another set of slides: such links lead to files
that are not kept here.
`,
  );
}

const BESIDE =
  'Beside it are the pictures, styles and fonts that it uses, at the paths at which it names them. What came from the web is in static/img/remote, and images.lock.json there tells the address of each file, its SHA-256, its type, and where it is known the day on which it was fetched.';

/** A paragraph in lines of up to 79 characters. */
function indented(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length <= LINE_CHARS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => `    ${line}`).join('\n');
}

const LINE_CHARS = 75;
