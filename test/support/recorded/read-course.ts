import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outcome } from '../../../src/model/diagnostics.ts';
import type { Deck, DeckFile } from '../../../src/model/model.ts';
import type { Output } from '../../../src/pipeline/contract/output.ts';
import { DECK_EXTENSIONS, discoverDecks, formerIds } from '../../../src/pipeline/inputs/index.ts';
import { type ResolveLinks, resolveDeckLinks } from '../../../src/pipeline/links/deck-links.ts';
import { outputsFor } from '../../../src/pipeline/outputs/index.ts';
import { readDeck } from '../../../src/pipeline/read/read-deck.ts';
import type { Settings } from '../../../src/settings/options.ts';
import { flatOptions, resolveSettings } from '../../../src/settings/settings.ts';
import { makeCourse } from '../course.ts';
import type { RecordedCourse } from './courses.ts';

/** What a course is before a browser has seen it: everything that its Markdown and the settings say. */
export interface ReadCourse {
  readonly settings: Settings;
  readonly outputs: readonly Output[];
  readonly decks: readonly Outcome<Deck>[];
  readonly resolveLinks: ResolveLinks;
}

/** Of every file, so that recordings do not depend on when a course was written to disk. */
const SOURCE_DATE_EPOCH = Date.UTC(2026, 0, 31, 12) / 1000;

const OF_INPUTS = { extensions: DECK_EXTENSIONS, formerIds };

/** Reads a course, whose folder is gone when `use` is done. */
export async function withReadCourse<T>(
  { config, files }: RecordedCourse,
  use: (course: ReadCourse) => Promise<T>,
): Promise<T> {
  const folder = await makeCourse(files);
  try {
    const settings = resolveSettings({ flags: flatOptions(config), env: {} });
    const { size, lang, author, revision } = settings;
    const discovery = await discoverDecks(settings.decks, { cwd: folder, decksFolder: 'decks' });
    const known = new Map<string, Promise<Outcome<Deck>>>();
    const read = (source: DeckFile): Promise<Outcome<Deck>> => {
      const options = { size, lang, author, revision, sourceDateEpoch: SOURCE_DATE_EPOCH };
      const reading = known.get(source.file) ?? readDeck(source, options);
      known.set(source.file, reading);
      return reading;
    };
    const outputs = outputsFor(settings.only);
    const only = outputs.map(({ kind }) => kind);
    const course = { decks: discovery.decks, only, slides: settings.slides ?? [], ...OF_INPUTS, parse: read };
    return await use({
      settings,
      outputs,
      decks: await Promise.all(discovery.decks.map(read)),
      resolveLinks: (deck, hrefs) => resolveDeckLinks(deck, hrefs, course),
    });
  } finally {
    await rm(dirname(folder), { recursive: true, force: true });
  }
}
