import { type BrowserSession, openBrowserSession } from '../../src/browser/session.ts';
import { createDecoderPool, type DecoderPool } from '../../src/images/decoder/decoder-pool.ts';
import { createParserPool, type ParserPool } from '../../src/pipeline/read/deck-parser.ts';
import { chromium } from './chromium.ts';
import { usingPagesAgain } from './pages-again.ts';

// Of this process, which runs one test file after the other. The browser and the decoders start when the first test wants
// them, and end with the process: vitest ends it by a signal, and no hook of it comes after the last file.

let session: BrowserSession | undefined;
let decoders: DecoderPool | undefined;
let parsers: ParserPool | undefined;

/** One browser for all tests that this worker runs, started again when it died. */
export function sharedSession(): BrowserSession {
  if (!session) {
    session = usingPagesAgain(openBrowserSession(chromium));
    // At the exit puppeteer kills what it started. The profile lies in the scratch folder of the run.
    process.once('SIGTERM', () => process.exit());
  }
  return session;
}

/** Decoder processes for all tests that this worker runs. They end with it by themselves. */
export function sharedDecoders(): DecoderPool {
  decoders ??= createDecoderPool();
  return decoders;
}

/** Processes that parse decks for all tests that this worker runs. They end with it by themselves. */
export function sharedParsers(): ParserPool {
  parsers ??= createParserPool();
  return parsers;
}

/** What saves a build in a test the most time: for the context of `build`, and for the command. */
export function sharedPorts(): {
  readonly session: BrowserSession;
  readonly decoders: DecoderPool;
  readonly parsers: ParserPool;
} {
  return { session: sharedSession(), decoders: sharedDecoders(), parsers: sharedParsers() };
}
