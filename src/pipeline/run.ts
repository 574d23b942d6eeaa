import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import type { BrowserSession } from '../browser/session.ts';
import type { Discovery } from '../deck/discover.ts';
import type { Outcome } from '../diagnostics.ts';
import { EXIT } from '../errors.ts';
import type { Cache } from '../images/cache.ts';
import type { Decoder } from '../images/model.ts';
import type { ImageSource } from '../images/source.ts';
import type { Settings } from '../options.ts';
import { readProjectStyles } from '../print/project-styles.ts';
import type { OnProgress } from '../progress.ts';
import { buildDeck, type DeckPorts } from './build-deck.ts';
import { resolveDeckLinks } from './deck-links.ts';
import { withoutDeck } from './failure.ts';
import { removeGoneDecks } from './ledger.ts';
import type { DeckFile, OutputKind, RunReport } from './model.ts';
import { outputsFor, placesOf } from './outputs/index.ts';
import { recoverOutputDir } from './publish/recover.ts';
import { prepareOutputDir, writeFileWhole } from './publish/write-file.ts';
import { type ParseDeck, type ParsedDeck, withVersion } from './read.ts';
import { type DeckResult, exitCodeOf } from './report.ts';

/** What a run needs of the world. */
export interface RunPorts {
  readonly cwd: string;
  readonly version: string;
  readonly sourceDateEpoch?: number | undefined;
  readonly session: BrowserSession;
  readonly images: ImageSource;
  readonly decoder: Decoder;
  readonly parse: ParseDeck;
  readonly renditions: Cache;
  /** Identifies the fonts that pages are set in. */
  readonly fontsDigest: () => Promise<string>;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

export interface RunOptions extends Settings {
  /** Nothing is written, not even the report. */
  readonly isDry: boolean;
}

/** Builds every deck that was found, and writes the report. This is the whole program. */
export async function run(
  { decks, diagnostics }: Discovery,
  settings: RunOptions,
  ports: RunPorts,
): Promise<RunReport> {
  const outputDir = resolve(ports.cwd, settings.output);
  const styles = await readProjectStyles(settings, ports.cwd);
  if (!settings.isDry) {
    await prepareOutputDir(outputDir);
    await recoverOutputDir(
      outputDir,
      decks.flatMap(placesOf).map(({ folder }) => folder),
    );
  }
  ports.onProgress({ type: 'run-started', decks: decks.map((deck) => deck.path) });

  const { slides = [] } = settings;
  const parse = parsingOnce(settings, ports);
  const course = { decks, only: linkedKinds(settings), slides, parse };
  const inTurn = pLimit(1);
  const deckPorts: DeckPorts = {
    ...ports,
    read: async (source) => withVersion(await parse(source), ports.sourceDateEpoch),
    resolveLinks: (deck, hrefs) => resolveDeckLinks(deck, hrefs, course),
    inTurn,
  };
  const results = new Map<DeckFile, DeckResult>();
  const limit = pLimit(settings.jobs);
  const building = decks.map((deck) =>
    limit(async () => {
      results.set(deck, await buildDeck(deck, outputDir, { ...settings, styles }, deckPorts));
      // A run that is cut off leaves a report of what it had done.
      if (results.size < decks.length && !settings.isDry) await inTurn(() => writeReport(reportSoFar()));
    }),
  );
  await Promise.all(building);
  if (settings.isDry) return reportSoFar();
  for (const file of settings.clean ? await removeGoneDecks(outputDir) : []) {
    ports.onProgress({ type: 'notice', severity: 'info', message: `removed ${file}: its deck is gone` });
  }
  await writeReport(reportSoFar());
  return reportSoFar();

  function reportSoFar(): RunReport {
    const built = decks.flatMap((deck) => results.get(deck) ?? []);
    const unfinished = decks.filter((deck) => !results.has(deck)).map(({ path }) => path);
    const told = [...built, ...diagnostics.map(withoutDeck)];
    return {
      version: ports.version,
      exitCode: unfinished.length > 0 ? EXIT.failed : exitCodeOf(told, settings.failOn),
      decks: told.map(({ failed: _, ...deck }) => deck),
      ...(unfinished.length > 0 ? { unfinished } : {}),
    };
  }

  function writeReport(report: RunReport): Promise<void> {
    return writeFileWhole(join(outputDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  }
}

/** A deck is parsed for itself, and for those that link to it. */
function parsingOnce(
  { size, lang, author, revision }: RunOptions,
  { parse }: RunPorts,
): (source: DeckFile) => Promise<Outcome<ParsedDeck>> {
  const options = { size, lang, author, revision, exactPlaces: false };
  const known = new Map<string, Promise<Outcome<ParsedDeck>>>();
  return (source) => {
    const parsing = known.get(source.file) ?? parse(source, options);
    known.set(source.file, parsing);
    return parsing;
  };
}

/** The kinds that links may lead to. A picture has no links, so what they lead to need not be made. */
function linkedKinds({ only }: Settings): readonly OutputKind[] {
  const kinds = outputsFor(only).map(({ kind }) => kind);
  return kinds.every((kind) => kind === 'images') ? ['slides'] : kinds;
}
