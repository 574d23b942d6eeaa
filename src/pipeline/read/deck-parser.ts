import pLimit from 'p-limit';
import { unlessAborted } from '../../async/unless-aborted.ts';
import { DeckError, type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { ParseDeck } from '../contract/input.ts';
import { type ParseEnd, type ParserChild, startParser } from './parser-child.ts';
import type { ParseJob, ParseLimits } from './parser-protocol.ts';

/** Memory limit of a parser process. A deck of a thousand slides takes a tenth of it. */
const MEMORY_BYTES = 2 ** 30;

export interface ParserPoolOptions {
  /** Maximum number of processes, which are started one by one when needed. Default: 2. */
  readonly processes?: number;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Memory limit of each process. Default: 1 GiB. */
  readonly memoryBytes?: number;
}

/** Processes that parse decks, for one run or several. */
export interface ParserPool {
  /** Memory limit of each process, in bytes. */
  readonly memoryBytes: number;
  /** Starts a process in advance. */
  warmUp(): void;
  run(job: ParseJob, timeoutMs: number): Promise<ParseEnd>;
  /** Ends idle processes. The next job starts another one. */
  rest(): void;
  /** Ends its processes; running jobs fail. */
  close(): Promise<void>;
}

/** The processes end with this one, however it ends. Idle ones do not keep it running. */
export function createParserPool(options: ParserPoolOptions = {}): ParserPool {
  const { processes = 2, env = process.env, memoryBytes = MEMORY_BYTES } = options;
  const limit = pLimit(processes);
  const all = new Set<ParserChild>();
  const idle: ParserChild[] = [];
  let isClosed = false;
  const start = (): ParserChild => {
    const child = startParser(env, memoryBytes);
    all.add(child);
    void child.gone.then(() => all.delete(child));
    return child;
  };
  const takeIdle = (): ParserChild | undefined => {
    for (let child = idle.pop(); child; child = idle.pop()) if (child.isAlive()) return child;
    return undefined;
  };
  const attempt = async (job: ParseJob, limits: ParseLimits): Promise<ParseEnd> => {
    if (isClosed) return ENDED;
    const used = takeIdle();
    const child = used ?? start();
    const end = await child.run(job, limits);
    if (isClosed) return ENDED;
    // An existing process may have ended while it was idle.
    if (end.kind === 'died' && used) return attempt(job, limits);
    if (child.isAlive()) idle.push(child);
    return end;
  };
  return {
    memoryBytes,
    warmUp: () => {
      if (!isClosed && all.size === 0) idle.push(start());
    },
    run: (job, timeoutMs) => limit(() => attempt(job, { timeoutMs, memoryBytes })),
    rest: () => {
      for (const child of idle.splice(0)) void child.kill();
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map((child) => child.kill()));
    },
  };
}

const ENDED: ParseEnd = { kind: 'died', line: undefined, complaint: 'the run ended before it was read' };

/**
 * Parses decks in separate processes: decks are untrusted, and parsers of Markdown, YAML and CSS may take endless time for
 * text that was made for it. Only that deck fails.
 */
export function parseApart(pool: ParserPool, timeoutMs: number, signal?: AbortSignal): ParseDeck {
  return async (source, options) => {
    const parsing = (): Promise<ParseEnd> => pool.run({ source, options }, timeoutMs);
    const end = await (signal ? unlessAborted(signal, parsing, 0) : parsing());
    switch (end.kind) {
      case 'done':
        return end.outcome;
      case 'refused':
        throw new DeckError(...end.diagnostics);
      case 'failed':
        throw withStack(end.stack);
      case 'late':
        throw new DeckError(tooComplex(source.path, `takes longer than ${timeoutMs / 1000} s`, end.line));
      case 'outgrown':
        throw new DeckError(
          tooComplex(source.path, `needs more than ${pool.memoryBytes / 2 ** 20} MiB of memory`, end.line),
        );
      case 'died':
        throw withStack(`the process that read the deck ended: ${end.complaint.trim().split('\n')[0]}`);
      default:
        return end satisfies never;
    }
  };
}

function tooComplex(deck: string, reason: string, line: number | undefined): Diagnostic {
  const where = line === undefined ? 'reading the deck' : 'reading the slide that begins here';
  const place = line === undefined ? { deck } : { deck, line };
  const hint =
    'look for very long lines, deeply nested lists, or thousands of unclosed marks; divide the deck';
  return diagnostic('DECK_TOO_COMPLEX', `${where} ${reason}`, place, hint);
}

function withStack(stack: string): Error {
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}
