import { type ChildProcess, fork } from 'node:child_process';
import { isSource, ownProgram } from '../package-root.ts';
import { OUTGROWN, type ParseAnswer, type ParseJob, type ParseLimits } from './parser-protocol.ts';

/** Node and a few parsers on a busy machine: far more than a start takes. */
const START_TIMEOUT_MS = 60_000;
/** Of what a process complains about, the end is kept. */
const COMPLAINT_CHARS = 4000;
/** What a program needs to run, and no secret. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

type Ending = Exclude<ParseAnswer, { readonly kind: 'begun' | 'at' }>;

/** What became of a job. Unless it is one that the process itself says, the process is dead. */
export type ParseEnd =
  | Ending
  | { readonly kind: 'late' | 'outgrown'; readonly line: number | undefined }
  | { readonly kind: 'died'; readonly line: number | undefined; readonly complaint: string };

/** A process that parses one deck at a time. */
export interface ParserChild {
  run(job: ParseJob, limits: ParseLimits): Promise<ParseEnd>;
  isAlive(): boolean;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Settles when it has ended, for whatever reason. */
  readonly gone: Promise<void>;
}

/** @param env of which a process gets only what it needs to run. */
export function startParser(env: NodeJS.ProcessEnv, memoryBytes: number): ParserChild {
  const child = forkProgram(env, memoryBytes);
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARS);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  setHolding(child, false);
  return {
    run: async (job, limits) => {
      setHolding(child, true);
      const end = await runJob(child, job, limits, gone, () => complaint);
      setHolding(child, false);
      return end;
    },
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null && !child.killed,
    kill: () => {
      setHolding(child, true);
      child.kill('SIGKILL');
      return gone;
    },
    gone,
  };
}

function forkProgram(env: NodeJS.ProcessEnv, memoryBytes: number): ChildProcess {
  return fork(ownProgram('pipeline/parser-process'), [String(memoryBytes)], {
    execArgv: [
      // Of arrays of numbers the heap knows nothing: what the process watches itself is all of its memory.
      `--max-old-space-size=${Math.ceil((memoryBytes * 3) / 4 / 2 ** 20)}`,
      // Run from its source, as tests do, it needs a loader.
      ...(isSource ? ['--import', import.meta.resolve('tsx')] : []),
    ],
    env: Object.fromEntries(PASSED_ON.map((name) => [name, env[name]])),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

/** Whether the end of this process waits for that of the child. */
function setHolding(child: ChildProcess, holds: boolean): void {
  // The pipe is a socket, which its type does not say.
  const handles = [child, child.channel, child.stderr as { ref?(): void; unref?(): void } | null];
  for (const handle of handles) {
    if (holds) handle?.ref?.();
    else handle?.unref?.();
  }
}

function runJob(
  child: ChildProcess,
  job: ParseJob,
  { timeoutMs }: ParseLimits,
  gone: Promise<void>,
  complaint: () => string,
): Promise<ParseEnd> {
  return new Promise((resolve) => {
    let line: number | undefined;
    const settle = (end: ParseEnd): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      resolve(end);
    };
    const stop = (end: ParseEnd): void => {
      child.kill('SIGKILL');
      settle(end);
    };
    const onMessage = (message: unknown): void => {
      const answer = message as ParseAnswer;
      if (answer.kind === 'at') line = answer.line;
      else if (answer.kind === 'begun') {
        clearTimeout(timer);
        timer = setTimeout(() => stop({ kind: 'late', line }), timeoutMs);
      } else settle(answer);
    };
    let timer = setTimeout(
      () => stop({ kind: 'died', line, complaint: complaint() || 'it does not start' }),
      START_TIMEOUT_MS,
    );
    child.on('message', onMessage);
    void gone.then(() => {
      // Node itself says so where it is its own heap.
      const isOutgrown = complaint().includes(OUTGROWN) || /heap out of memory/.test(complaint());
      settle(isOutgrown ? { kind: 'outgrown', line } : { kind: 'died', line, complaint: complaint() });
    });
    // It may have gone a moment ago; what waits for that will say so.
    child.send(job, () => undefined);
  });
}
