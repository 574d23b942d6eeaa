import { resolve } from 'node:path';
import type { RunReport } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import type { Settings } from '../settings/options.ts';
import { prepareOutputDir } from '../system/write-file.ts';
import { discoverDecks } from './inputs/index.ts';
import { type PortsContext, withRunPorts } from './ports.ts';
import { writesReport } from './publish/writes-report.ts';
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
  const cwd = context.cwd ?? process.cwd();
  // Before a browser starts or anything is fetched, which would be useless without decks.
  if (writesReport(settings, context)) await prepareOutputDir(resolve(cwd, settings.output));
  const discovery = await discoverDecks(settings.decks, {
    cwd,
    decksFolder: context.decksFolder,
    glob: settings.glob,
  });
  const timed = settings.timings ? timings(context.onProgress ?? (() => undefined)) : undefined;
  const onProgress = timed?.onProgress ?? context.onProgress;
  return withRunPorts(settings, { ...context, ...(onProgress ? { onProgress } : {}) }, async (ports) => {
    if (discovery.decks.length > 0) ports.session.warmUp(1);
    // While the browser starts, the rest of the program is loaded.
    const { run } = await import('./run.ts');
    const options = { ...settings, isDry: context.isDry ?? false, usual: context.usual };
    const report = await run(discovery, options, ports);
    timed?.finish(discovery.decks.length > 0 ? await ports.session.traffic() : undefined);
    return report;
  });
}
