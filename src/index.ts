import type { BrowserSession } from './browser/session.ts';
import type { RunReport } from './model/model.ts';
import { buildDecks } from './pipeline/build.ts';
import { type BuildContext, withSession as withSessionPorts } from './pipeline/ports.ts';
import type { Config } from './settings/options.ts';
import { flatOptions, resolveOptions, resolveSettings } from './settings/settings.ts';

export type { BrowserSession } from './browser/session.ts';
export type { ExplainedSetting } from './model/deck.ts';
export type { RunErrorCode } from './model/diagnostics/run-codes.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './model/diagnostics.ts';
export { DeckhandError, EXIT, type ExitCode } from './model/errors.ts';
export type { BlockKind } from './model/layout.ts';
export type { OutputKind } from './model/output-kinds.ts';
export type { SlideCount } from './model/plan.ts';
export type { OnProgress, ProgressEvent, Stage } from './model/progress.ts';
export type {
  CompleteOutput,
  DeckReport,
  ExplainedBlock,
  FailedOutput,
  IncompleteOutput,
  OutputReport,
  PublishedOutput,
  RunReport,
  WithheldOutput,
} from './model/report.ts';
export type { BuildContext } from './pipeline/ports.ts';
export { isPublished, publishedOutputs } from './pipeline/report/outputs.ts';
export type { Config } from './settings/options.ts';

/**
 * Builds decks as `deckhand build` does: reads them, writes their files and `report.json` into the output folder, and fetches
 * remote images unless `offline` is set.
 *
 * @param config options, by their names in a configuration file. Default: the usual outputs of the decks in `decks`.
 * @param context working directory, environment, progress, abort signal, and a browser to share.
 * @returns the content of `report.json`. A deck that failed is in it, with its diagnostics.
 * @throws DeckhandError for what ends a whole run: an invalid option, no browser, an output folder that cannot be written.
 * @throws unknown the reason of `context.signal`, when it aborts.
 */
export async function build(config: Config = {}, context: BuildContext = {}): Promise<RunReport> {
  const { settings, secrets } = resolveOptions({ flags: flatOptions(config), env: {} });
  return buildDecks(settings, { ...context, secrets, decksFolder: 'decks' });
}

/**
 * Does everything that {@link build} does, except writing files: finds the problems of decks.
 *
 * @param config options, as for `build`.
 * @param context as for `build`.
 * @returns the report of that build, with the outputs as it would write them.
 * @throws DeckhandError as `build` does.
 */
export async function check(config: Config = {}, context: BuildContext = {}): Promise<RunReport> {
  const { settings, secrets } = resolveOptions({ flags: flatOptions(config), env: {} });
  return buildDecks(settings, { ...context, secrets, decksFolder: 'decks', isDry: true });
}

/**
 * Runs `fn` with a browser that several builds share, and closes the browser afterwards.
 *
 * @param config of which only `browser`, `cacheDir`, `offline`, `sandbox` and `timeout` matter.
 * @param fn gets the session, and passes it to builds as `session` of their context.
 * @param context as for `build`.
 * @returns what `fn` returns.
 * @throws DeckhandError if there is no browser, or it does not start.
 * @throws unknown what `fn` throws.
 */
export async function withSession<T>(
  config: Config,
  fn: (session: BrowserSession) => Promise<T>,
  context: Pick<BuildContext, 'cwd' | 'env' | 'onProgress' | 'signal'> = {},
): Promise<T> {
  return withSessionPorts(resolveSettings({ flags: flatOptions(config), env: {} }), context, fn);
}

/**
 * Gives a `deckhand.config.mjs` its types, for completion in editors.
 *
 * @param config the configuration.
 * @returns the same object.
 */
export function defineConfig(config: Config): Config {
  return config;
}
