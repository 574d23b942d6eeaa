import { relative, sep } from 'node:path';
import { DeckError } from '../../model/diagnostics.ts';
import { messageOf } from '../../model/errors.ts';
import type { Deck } from '../../model/model.ts';
import type { DeckLooks } from '../../pipeline/contract/input.ts';
import { discoverDecks, inputOf } from '../../pipeline/inputs/index.ts';
import { readDeck } from '../../pipeline/read/read-deck.ts';

/** A Markdown file in a folder, as a build would read it. */
export interface SurveyedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly deck?: {
    readonly title: string;
    readonly slides: number;
    readonly looks: DeckLooks | undefined;
    readonly size: Deck['size'];
    /** The number of warnings from reading it. */
    readonly warnings: number;
  };
  /** Why it cannot be read. */
  readonly trouble?: string;
}

/** The contents of a folder. */
export interface ProjectSurvey {
  readonly decks: readonly SurveyedFile[];
  /** Markdown files that do not look like decks. */
  readonly others: readonly string[];
  /** Configuration files and templates of reveal-md that decks are read with. */
  readonly configuration: readonly string[];
  /** Programs that decks name, which run only if the command line names them. */
  readonly preprocessors: readonly string[];
}

/** Inspects all Markdown files in a folder. Nothing is fetched, run or written. */
export async function surveyProject(cwd: string): Promise<ProjectSurvey> {
  const { decks } = await discoverDecks(['.'], { cwd, decksFolder: cwd });
  const configuration = new Set<string>();
  const preprocessors = new Set<string>();
  const files: SurveyedFile[] = [];
  for (const source of decks) {
    const path = relative(cwd, source.file).split(sep).join('/');
    try {
      const { value: deck, diagnostics } = await readDeck(source, { cwd });
      for (const { file } of deck.sources.slice(1))
        configuration.add(relative(cwd, file).split(sep).join('/'));
      for (const { message } of diagnostics) {
        const [, name] = /^the preprocessor (.*) is not run/.exec(message) ?? [];
        if (name !== undefined) preprocessors.add(name);
      }
      files.push({
        path,
        deck: described(deck, diagnostics.filter((one) => one.severity === 'warning').length),
      });
    } catch (error) {
      if (!(error instanceof DeckError)) throw error;
      files.push({ path, trouble: messageOf(error) });
    }
  }
  const isDeck = ({ deck, trouble }: SurveyedFile): boolean =>
    trouble !== undefined || (deck !== undefined && (deck.slides > 1 || deck.looks?.isOwn === true));
  return {
    decks: files.filter(isDeck),
    others: files.filter((one) => !isDeck(one)).map(({ path }) => path),
    configuration: [...configuration].sort(),
    preprocessors: [...preprocessors].sort(),
  };
}

function described(deck: Deck, warnings: number): NonNullable<SurveyedFile['deck']> {
  return {
    title: deck.metadata.title,
    slides: deck.outline.filter(({ hidden }) => !hidden).length,
    looks: inputOf(deck.source).looks?.(deck),
    size: deck.size,
    warnings,
  };
}

/**
 * The value of `decks` in the configuration: folders in which all Markdown files are decks, and single files elsewhere.
 *
 * @returns paths, or `undefined` if a build finds the decks without them.
 */
export function decksToName({ decks, others }: ProjectSurvey): readonly string[] {
  const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
  const mixed = new Set(others.map(folderOf));
  const named = decks.map(({ path }) =>
    folderOf(path) === '' || mixed.has(folderOf(path)) ? path : folderOf(path),
  );
  return [...new Set(named)].sort();
}
