import { join } from 'node:path';
import { findBrowser } from './browser/find.ts';
import { prepareFonts } from './browser/fonts.ts';
import type { LaunchOptions } from './browser/launch.ts';
import { sandboxDecision } from './browser/sandbox.ts';
import { withBrowserSession } from './browser/session.ts';
import { cacheRoot } from './cache-root.ts';
import { discoverDecks } from './deck/discover.ts';
import { DeckhandError, EXIT } from './errors.ts';
import { openCache } from './images/cache.ts';
import { createImageSource } from './images/source.ts';
import type { Settings } from './options.ts';
import type { RunReport } from './pipeline/model.ts';
import { run } from './pipeline/run.ts';
import type { OnProgress } from './progress.ts';
import { packageVersion } from './version.ts';

export interface BuildContext {
  /** What relative paths are relative to. Default: the process's working directory. */
  readonly cwd?: string;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onProgress?: OnProgress;
  /** Ends the build; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Fetches under way at once, over all decks. */
const FETCHES_AT_ONCE = 8;

/** What the command line knows beside its options. */
export interface BuildPlace extends BuildContext {
  /** Outputs of decks in this folder keep its structure, however the decks were named. */
  readonly decksFolder: string;
}

/** Builds decks, once the options are known: makes the run's ports out of them and of the environment. */
export async function buildDecks(settings: Settings, context: BuildPlace): Promise<RunReport> {
  const env = context.env ?? process.env;
  const onProgress = context.onProgress ?? (() => undefined);
  const { signal } = context;
  const version = packageVersion();
  const cwd = context.cwd ?? process.cwd();
  const discovery = await discoverDecks(settings.decks, { cwd, decksFolder: context.decksFolder });
  const cacheDir = settings.cacheDir ?? cacheRoot(env);
  const fonts = prepareFonts({ cacheDir });
  fonts.catch(() => undefined);
  const prepare = async (): Promise<LaunchOptions> => {
    const log = (message: string): void => onProgress({ type: 'notice', severity: 'info', message });
    const found = await findBrowser({ ...settings, env, cacheDir, log }, signal);
    const { sandbox, reason } = sandboxDecision({
      requested: settings.sandbox,
      env,
      uid: process.getuid?.(),
    });
    if (!sandbox) {
      onProgress({
        type: 'notice',
        severity: 'warning',
        message: `the browser runs without its sandbox: ${reason}`,
      });
    }
    return { found, sandbox, env, fontconfigFile: (await fonts).fontconfigFile };
  };
  return withBrowserSession(
    prepare,
    async (session) => {
      if (discovery.decks.length > 0) session.warmUp(1);
      const images = createImageSource(
        {
          userAgent: `Deckhand/${version} (+https://www.npmjs.com/package/deckhand)`,
          mirrors: settings.imageMirror,
          offline: settings.offline,
          concurrency: FETCHES_AT_ONCE,
        },
        openCache(join(cacheDir, 'images')),
        signal,
      );
      return run(discovery, settings, {
        cwd,
        version,
        sourceDateEpoch: sourceDateEpoch(env),
        session,
        images,
        renditions: openCache(join(cacheDir, 'renditions')),
        fontsDigest: async () => (await fonts).digest,
        onProgress,
        signal,
      });
    },
    signal,
  );
}

/** @throws DeckhandError rather than building with another date than the one that was asked for. */
function sourceDateEpoch(env: NodeJS.ProcessEnv): number | undefined {
  const text = env.SOURCE_DATE_EPOCH;
  if (!text) return undefined;
  if (/^\d{1,11}$/.test(text)) return Number(text);
  throw new DeckhandError(
    'OPTION_INVALID',
    EXIT.usage,
    `SOURCE_DATE_EPOCH must be seconds since 1970, not “${text}”`,
    {
      hint: 'for instance the output of: git log -1 --format=%ct',
    },
  );
}
