import { setMaxListeners } from 'node:events';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { unlessAborted } from '../async/unless-aborted.ts';
import type { BrowserSession } from '../browser/session.ts';
import { EXIT } from '../model/errors.ts';
import type { DeckFile, DeckResult, RunReport } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import { readProjectStyles } from '../paper/project-styles.ts';
import type { Settings } from '../settings/options.ts';
import { writeFileWhole } from '../system/write-file.ts';
import { buildDeck, type DeckPorts } from './build-deck.ts';
import type { Discovery } from './contract/input.ts';
import { isLost, withoutDeck } from './failure.ts';
import { DECK_EXTENSIONS, formerIds } from './inputs/index.ts';
import { resolveDeckLinks } from './links/deck-links.ts';
import { outputsFor, placesOf } from './outputs/index.ts';
import { removeGoneDecks } from './publish/ledger.ts';
import { checkNamedPrints } from './publish/named-print.ts';
import { recoverOutputDir } from './publish/recover.ts';
import { writesReport } from './publish/writes-report.ts';
import { withVersion } from './read/deck-version.ts';
import type { ParseOnce } from './read/parse-once.ts';
import { exitCodeOf } from './report/report.ts';
import type { RunOptions, RunPorts } from './run-ports.ts';

/** In addition, a parser that already knows the settings. */
export interface DecksPorts extends Omit<RunPorts, 'parse'> {
  readonly parse: ParseOnce;
}

/** Builds all decks that were found, and writes the report. This is the main function of a run. */
export async function run(
  { decks, diagnostics }: Discovery,
  settings: RunOptions,
  ports: DecksPorts,
): Promise<RunReport> {
  const outputDir = resolve(ports.cwd, settings.output);
  const styles = await readProjectStyles(settings, ports.cwd);
  const { print } = settings;
  if (print !== undefined) checkNamedPrints(decks, print, ports.cwd);
  const isReported = writesReport(settings, settings);
  if (isReported) {
    await recoverOutputDir(
      outputDir,
      decks.flatMap(placesOf).map(({ folder }) => folder),
    );
  }
  ports.onProgress({
    type: 'run-started',
    decks: decks.map((deck) => deck.path),
    unusable: diagnostics.filter(({ severity }) => severity === 'error').length,
  });

  const { slides = [] } = settings;
  const { parse } = ports;
  const course = {
    decks,
    only: linkedKinds(settings),
    slides,
    extensions: DECK_EXTENSIONS,
    formerIds,
    parse,
  };
  const inTurn = pLimit(1);
  const fatal = new AbortController();
  const signal = ports.signal ? AbortSignal.any([ports.signal, fatal.signal]) : fatal.signal;
  setMaxListeners(0, signal);
  const uncaptured = new Set(decks);
  const deckPorts: DeckPorts = {
    ...ports,
    session: sessionUntil(signal, ports.session),
    signal,
    read: async (source) => withVersion(await parse(source), ports.sourceDateEpoch),
    resolveLinks: (deck, hrefs) => resolveDeckLinks(deck, hrefs, course),
    inTurn,
    onCaptured: (deck) => {
      uncaptured.delete(deck);
      // The browser takes half of the memory of a build, and the last files are still to be assembled.
      if (uncaptured.size === 0) ports.session.renew().catch(() => undefined);
    },
  };
  const results = new Map<DeckFile, DeckResult>();
  const limit = pLimit(settings.jobs);
  const lost: DeckFile[] = [];
  const building = decks.map((deck) => limit(() => untilFatal(() => build(deck, { isAlone: false }))));
  // A fatal error ends the whole run: nothing is built or written after it.
  await Promise.all(building).catch(async (error: unknown) => {
    await Promise.allSettled(building);
    throw error;
  });
  // It is unknown which of several decks crashed the browser. Each is built again, alone, so that it cannot affect others.
  for (const deck of lost) {
    await untilFatal(async () => {
      await ports.session.renew();
      await build(deck, { isAlone: true });
    });
  }
  if (!isReported) return reportSoFar();
  for (const file of settings.clean ? await removeGoneDecks(outputDir) : []) {
    ports.onProgress({
      type: 'notice',
      severity: 'info',
      message: `removed ${file}: its deck no longer exists`,
    });
  }
  await writeReport(reportSoFar());
  return reportSoFar();

  async function build(deck: DeckFile, { isAlone }: { readonly isAlone: boolean }): Promise<void> {
    try {
      results.set(deck, await buildDeck(deck, outputDir, { ...settings, styles, isAlone }, deckPorts));
    } catch (error) {
      if (isAlone || !isLost(error)) throw error;
      lost.push(deck);
      return;
    }
    // If a run is interrupted, there is a report of the finished decks.
    if (results.size < decks.length && isReported) await inTurn(() => writeReport(reportSoFar()));
  }

  async function untilFatal(work: () => Promise<void>): Promise<void> {
    try {
      await unlessAborted(signal, work);
    } catch (error) {
      fatal.abort(error);
      throw error;
    }
  }

  function reportSoFar(): RunReport {
    const built = decks.flatMap((deck) => results.get(deck) ?? []);
    const unfinished = decks.filter((deck) => !results.has(deck)).map(({ path }) => path);
    const told = [...built, ...diagnostics.map(withoutDeck)];
    return {
      version: ports.version,
      exitCode: unfinished.length > 0 ? EXIT.failed : exitCodeOf(told, settings),
      decks: told.map(({ failed: _, ...deck }) => deck),
      ...(unfinished.length > 0 ? { unfinished } : {}),
    };
  }

  function writeReport(report: RunReport): Promise<void> {
    return writeFileWhole(join(outputDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  }
}

/** Opens no pages after the end of the run, which would start the browser again. */
function sessionUntil(signal: AbortSignal, session: BrowserSession): BrowserSession {
  return {
    ...session,
    warmUp: (pages) => {
      if (!signal.aborted) session.warmUp(pages);
    },
    withPage: async (use) => {
      signal.throwIfAborted();
      return session.withPage(use);
    },
    sharePages: (most, fn) =>
      session.sharePages(most, (shared) =>
        fn({
          ...shared,
          withPage: async (use) => {
            signal.throwIfAborted();
            return shared.withPage(use);
          },
        }),
      ),
  };
}

/** The kinds of output that have links. Slide images have none, so the targets of their links are not needed. */
function linkedKinds({ only }: Settings): readonly OutputKind[] {
  const kinds = outputsFor(only).map(({ kind }) => kind);
  return kinds.every((kind) => kind === 'images') ? ['slides'] : kinds;
}
