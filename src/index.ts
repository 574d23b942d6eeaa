import { type BuildContext, buildDecks } from './build.ts';
import type { Config } from './options.ts';
import type { RunReport } from './pipeline/model.ts';
import { flatOptions, resolveSettings } from './settings.ts';

export type { BuildContext } from './build.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './diagnostics.ts';
export { DeckhandError, EXIT } from './errors.ts';
export type { Config } from './options.ts';
export type { DeckReport, OutputKind, PublishedOutput, RunReport } from './pipeline/model.ts';
export type { OnProgress, ProgressEvent, Stage } from './progress.ts';

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

/** Gives a `deckhand.config.mjs` its types. */
export function defineConfig(config: Config): Config {
  return config;
}
