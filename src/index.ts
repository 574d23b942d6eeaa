import type { BrowserSession } from './browser/session.ts';
import type { RunReport } from './model/model.ts';
import { buildDecks } from './pipeline/build.ts';
import { type BuildContext, withSession as withSessionPorts } from './pipeline/ports.ts';
import type { Config } from './settings/options.ts';
import { flatOptions, resolveSettings } from './settings/settings.ts';

export type { BrowserSession } from './browser/session.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './model/diagnostics.ts';
export { DeckhandError, EXIT } from './model/errors.ts';
export type {
  CompleteOutput,
  DeckReport,
  FailedOutput,
  IncompleteOutput,
  OutputReport,
  PublishedOutput,
  RunReport,
  WithheldOutput,
} from './model/model.ts';
export type { OutputKind } from './model/output-kinds.ts';
export type { OnProgress, ProgressEvent, Stage } from './model/progress.ts';
export type { BuildContext } from './pipeline/ports.ts';
export { isPublished, publishedOutputs } from './pipeline/report/outputs.ts';
export type { Config } from './settings/options.ts';

/**
 * Builds decks as `deckhand build` does, without touching the process: no config file is looked for, nothing is
 * printed, nothing exits.
 *
 * @returns what `report.json` holds; a deck that failed is in it, with its diagnostics.
 * @throws DeckhandError for what ends a whole run: a wrong option, no browser, an output folder that can't be written.
 */
export async function build(config: Config = {}, context: BuildContext = {}): Promise<RunReport> {
  return buildDecks(resolveSettings({ flags: flatOptions(config), env: {} }), {
    ...context,
    decksFolder: 'decks',
  });
}

/**
 * Finds what `build` would complain of, and writes nothing.
 *
 * @returns the report of that build, with the outputs as it would write them.
 * @throws DeckhandError as `build` does.
 */
export async function check(config: Config = {}, context: BuildContext = {}): Promise<RunReport> {
  return buildDecks(resolveSettings({ flags: flatOptions(config), env: {} }), {
    ...context,
    decksFolder: 'decks',
    isDry: true,
  });
}

/**
 * Runs `fn` with a browser that several builds share: each of them gets it as `session` of its context. It is gone
 * afterwards.
 *
 * @param config of which `browser`, `cacheDir`, `offline`, `sandbox` and `timeout` count.
 * @throws DeckhandError where there is no browser, or it does not start; what `fn` throws.
 */
export async function withSession<T>(
  config: Config,
  fn: (session: BrowserSession) => Promise<T>,
  context: Pick<BuildContext, 'cwd' | 'env' | 'onProgress' | 'signal'> = {},
): Promise<T> {
  return withSessionPorts(resolveSettings({ flags: flatOptions(config), env: {} }), context, fn);
}

/** Gives a `deckhand.config.mjs` its types. */
export function defineConfig(config: Config): Config {
  return config;
}
