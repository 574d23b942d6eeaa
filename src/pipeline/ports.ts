import { setMaxListeners } from 'node:events';
import { join, resolve } from 'node:path';
import { findBrowser } from '../browser/find/find.ts';
import { fontsDigest, prepareFonts } from '../browser/fonts/fonts.ts';
import { sandboxDecision } from '../browser/sandbox.ts';
import { type BrowserSession, type OpenBrowserSession, openBrowserSession } from '../browser/session.ts';
import type { DecoderPool } from '../images/decoder/decoder-pool.ts';
import type { ImageLimits } from '../images/model/limits.ts';
import type { ImageSourceOptions } from '../images/source.ts';
import { DeckhandError, EXIT } from '../model/errors.ts';
import type { OnProgress } from '../model/progress.ts';
import { imageLimits } from '../settings/image-options.ts';
import { mirrorName } from '../settings/mirror-credentials.ts';
import type { Settings } from '../settings/options.ts';
import { NO_SECRETS, type Secrets } from '../settings/secrets.ts';
import { cacheFolder } from '../system/cache-root.ts';
import { packageVersion } from '../system/version.ts';
import { createParserPool, type ParserPool, parseApart } from './read/deck-parser.ts';
import type { RunPorts } from './run-ports.ts';

/** The surroundings of a build. */
export interface BuildContext {
  /** The folder that relative paths are relative to. Default: the process's working directory. */
  readonly cwd?: string;
  /** Environment variables. Default: those of the process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Is told what happens. Default: nothing is reported. */
  readonly onProgress?: OnProgress;
  /** Ends the build, which then rejects with the reason of the signal. */
  readonly signal?: AbortSignal;
  /**
   * A browser for several builds, from `withSession`. It stays open; `browser` and `sandbox` of the options have no effect
   * then. Default: a browser of its own.
   */
  readonly session?: BrowserSession;
  /** Processes that decode images for several builds. Default: processes of its own. */
  readonly decoders?: DecoderPool;
  /** Processes that parse decks for several builds. Default: processes of its own. */
  readonly parsers?: ParserPool;
}

type SessionSettings = Pick<Settings, 'browser' | 'cacheDir' | 'offline' | 'sandbox' | 'timeout'>;
type SessionContext = Pick<BuildContext, 'cwd' | 'env' | 'onProgress' | 'signal'>;

/** Runs `fn` with a browser as configured. It starts when the first page is needed. */
export async function withSession<T>(
  settings: SessionSettings,
  context: SessionContext,
  fn: (session: BrowserSession) => Promise<T>,
): Promise<T> {
  const session = openSession(settings, context);
  try {
    return await fn(session);
  } finally {
    await session.close();
  }
}

function openSession(settings: SessionSettings, context: SessionContext): OpenBrowserSession {
  const { cwd = process.cwd(), env = process.env } = context;
  const { onProgress = () => undefined, signal } = context;
  const cacheDir = cacheFolder(settings.cacheDir, cwd, env);
  const browser = settings.browser && resolve(cwd, settings.browser);
  const fonts = prepareFonts({ cacheDir });
  fonts.catch(() => undefined);
  const session = openBrowserSession(async () => {
    const log = (message: string): void => onProgress({ type: 'notice', severity: 'info', message });
    const found = await findBrowser({ ...settings, browser, env, cacheDir, log }, signal);
    const requested = settings.sandbox;
    const { sandbox, reason } = sandboxDecision({ requested, env, uid: process.getuid?.() });
    if (!sandbox) {
      const message = `the browser runs without its sandbox: ${reason}`;
      onProgress({ type: 'notice', severity: 'warning', message });
    }
    const stepTimeoutMs = settings.timeout * 1000;
    return { found, sandbox, env, fontconfigFile: (await fonts).fontconfigFile, stepTimeoutMs };
  }, signal);
  const close = async (): Promise<void> => {
    await session.close();
    // A run that needs no browser must leave nothing running.
    await fonts.catch(() => undefined);
  };
  return { ...session, close };
}

/** In addition, values that are not in any settings. */
export interface PortsContext extends BuildContext {
  /** Default: none. */
  readonly secrets?: Secrets | undefined;
  /** Starts the browser at once, before it is needed. */
  readonly startsBrowser?: boolean;
}

/**
 * Opens what a run needs from the outside world, unless it was passed in, and closes afterwards what it opened.
 *
 * @param limits of images, if they differ from the settings.
 */
export async function withRunPorts<T>(
  settings: Settings,
  context: PortsContext,
  use: (ports: RunPorts) => Promise<T>,
  limits: Partial<ImageLimits> = {},
): Promise<T> {
  const { cwd = process.cwd(), env = process.env } = context;
  const onProgress = context.onProgress ?? (() => undefined);
  const { signal } = context;
  // Every fetch and every page listens to it, which exceeds Node's warning limit of ten listeners.
  if (signal) setMaxListeners(0, signal);
  // Two processes start first: while they do, the rest of the program is loaded.
  const parsers = context.parsers ?? createParserPool({ processes: settings.jobs, env });
  parsers.warmUp();
  const own = context.session ? undefined : openSession(settings, context);
  const closing: (() => Promise<void>)[] = [];
  if (own) closing.push(own.close);
  if (!context.parsers) closing.push(parsers.close);
  const withPorts = async (session: BrowserSession): Promise<T> => {
    if (context.startsBrowser) session.warmUp(1);
    const [{ CACHES, openCache }, { createDecoder }, { createImageSource }, { createAssembler }] =
      await Promise.all([
        import('../images/cache/cache.ts'),
        import('../images/decoder/decoder.ts'),
        import('../images/source.ts'),
        import('./assemble/assembler.ts'),
      ]);
    const version = packageVersion();
    const cacheDir = cacheFolder(settings.cacheDir, cwd, env);
    const caches = CACHES.map((name) => join(cacheDir, name));
    const [imagesDir = '', renditionsDir = ''] = caches;
    let hasGrown = false;
    const onPut = (): void => {
      hasGrown = true;
    };
    const allLimits = { ...imageLimits(settings.images), ...limits };
    const decoder = createDecoder({ limits: allLimits, pool: context.decoders });
    const images = createImageSource(
      imageSourceOptions(settings, context.secrets ?? NO_SECRETS, allLimits, version),
      openCache(imagesDir, onPut),
      decoder,
      signal,
    );
    const assembler = createAssembler();
    closing.push(images.close, decoder.close, assembler.close);
    try {
      return await use({
        cwd,
        env,
        version,
        sourceDateEpoch: sourceDateEpoch(env),
        session,
        images,
        decoder,
        parse: parseApart(parsers, settings.timeout * 1000, signal),
        renditions: openCache(renditionsDir, onPut),
        assembler,
        fontsDigest,
        onProgress,
        signal,
      });
    } finally {
      // Checking every file takes long.
      if (hasGrown && !signal?.aborted) {
        const { pruneCaches } = await import('../images/cache/cache-size.ts');
        await pruneCaches(caches, settings.cacheLimit * 2 ** 20);
      }
    }
  };
  try {
    return await (context.session
      ? context.session.lend(withPorts, signal)
      : withPorts(own as BrowserSession));
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
}

function imageSourceOptions(
  settings: Settings,
  { imageHeaders, mirrorAuthorization }: Secrets,
  limits: ImageLimits,
  version: string,
): ImageSourceOptions {
  const { contact, archive } = settings.images;
  const about = contact ?? 'https://www.npmjs.com/package/deckhand';
  return {
    userAgent: `Deckhand/${version} (+${about})`,
    mirrors: settings.imageMirror.map((mirror) => {
      return { ...mirror, authorization: mirrorAuthorization.reveal()[mirrorName(mirror)] };
    }),
    offline: settings.offline,
    limits,
    headers: imageHeaders.reveal(),
    keptBytes: settings.memory * 2 ** 20,
    ...(archive === undefined ? {} : { archive }),
  };
}

/** @throws DeckhandError instead of building with another date than the configured one. */
function sourceDateEpoch(env: NodeJS.ProcessEnv): number | undefined {
  const text = env.SOURCE_DATE_EPOCH;
  if (!text) return undefined;
  if (/^\d{1,11}$/.test(text)) return Number(text);
  throw new DeckhandError(
    'OPTION_INVALID',
    EXIT.usage,
    `SOURCE_DATE_EPOCH must be seconds since 1970, not “${text}”`,
    {
      hint: 'for example the output of: git log -1 --format=%ct',
    },
  );
}
