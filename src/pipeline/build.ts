import { resolve } from 'node:path';
import type { RunReport } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import type { Settings } from '../settings/options.ts';
import { prepareOutputDir } from '../system/write-file.ts';
import { discoverDecks } from './inputs/index.ts';
import type { PortsContext } from './ports.ts';
import { writesReport } from './publish/writes-report.ts';
import { createParserPool, parseApart } from './read/deck-parser.ts';
import { type ParseOnce, parsingOnce } from './read/parse-once.ts';
import { timings } from './timings.ts';

/** What the command line knows in addition to its options. */
export interface BuildPlace extends PortsContext {
  /** Outputs of decks in this folder have its structure, however the decks were named. */
  readonly decksFolder: string;
  /** Does everything that a build does, but writes nothing. */
  readonly isDry?: boolean;
  /** The outputs written under their usual names, if not all. */
  readonly usual?: readonly OutputKind[] | undefined;
}

/** Builds decks with complete settings. */
export async function buildDecks(settings: Settings, context: BuildPlace): Promise<RunReport> {
  const { cwd = process.cwd(), env = process.env, signal } = context;
  // Before a browser starts or anything is fetched, which would be useless without decks.
  if (writesReport(settings, context)) await prepareOutputDir(resolve(cwd, settings.output));
  const parsers = context.parsers ?? createParserPool({ processes: settings.jobs, env });
  parsers.warmUp();
  try {
    const { decksFolder } = context;
    const { glob, jobs } = settings;
    const discovery = await discoverDecks(settings.decks, { cwd, decksFolder, glob });
    const { decks } = discovery;
    const parse = parsingOnce(settings, {
      cwd,
      env,
      parse: parseApart(parsers, settings.timeout * 1000, signal),
    });
    const unread = new Set(decks);
    const parseAndRest: ParseOnce = (source) =>
      parse(source).finally(() => {
        unread.delete(source);
        // Most of a run needs no parser, and each takes as much memory as a page.
        if (unread.size === 0 && !context.parsers) parsers.rest();
      });
    // While the first decks are read and the browser starts, the rest of the program is loaded.
    for (const deck of decks.slice(0, jobs)) parseAndRest(deck).catch(() => undefined);
    const timed = settings.timings ? timings(context.onProgress ?? (() => undefined)) : undefined;
    const onProgress = timed?.onProgress ?? context.onProgress;
    const startsBrowser = decks.length > 0;
    const { withRunPorts } = await import('./ports.ts');
    const surroundings = { ...context, parsers, startsBrowser, ...(onProgress ? { onProgress } : {}) };
    return await withRunPorts(settings, surroundings, async (ports) => {
      const { run } = await import('./run.ts');
      const options = { ...settings, isDry: context.isDry ?? false, usual: context.usual };
      const report = await run(discovery, options, { ...ports, parse: parseAndRest });
      timed?.finish(startsBrowser ? await ports.session.traffic() : undefined);
      return report;
    });
  } finally {
    if (!context.parsers) await parsers.close();
  }
}
