import { resolve } from 'node:path';
import { discoverDecks } from './deck/discover.ts';
import type { Settings } from './options.ts';
import type { RunReport } from './pipeline/model.ts';
import { prepareOutputDir } from './pipeline/publish/write-file.ts';
import { run } from './pipeline/run.ts';
import { type BuildContext, withRunPorts } from './ports.ts';

/** What the command line knows beside its options. */
export interface BuildPlace extends BuildContext {
  /** Outputs of decks in this folder keep its structure, however the decks were named. */
  readonly decksFolder: string;
  /** Does all that a build does, but writes nothing. */
  readonly isDry?: boolean;
}

/** Builds decks, once the options are known. */
export async function buildDecks(settings: Settings, context: BuildPlace): Promise<RunReport> {
  const cwd = context.cwd ?? process.cwd();
  // Before a browser starts or anything is fetched: both would be for nothing.
  if (!context.isDry) await prepareOutputDir(resolve(cwd, settings.output));
  const discovery = await discoverDecks(settings.decks, { cwd, decksFolder: context.decksFolder });
  return withRunPorts(settings, context, (ports) => {
    if (discovery.decks.length > 0) ports.session.warmUp(1);
    return run(discovery, { ...settings, isDry: context.isDry ?? false }, ports);
  });
}
