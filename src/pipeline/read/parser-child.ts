import { type ChildProgram, startProgram } from '../../system/child-program.ts';
import { OUTGROWN, type ParseAnswer, type ParseJob, type ParseLimits } from './parser-protocol.ts';

/** Enough for Node and a few parsers to start on a busy machine. */
const START_TIMEOUT_MS = 60_000;
/** Only the end of a process's error output is kept. */
const COMPLAINT_CHARS = 4000;

type Ending = Exclude<ParseAnswer, { readonly kind: 'begun' | 'at' }>;

/** The result of a job. Unless the process itself reports it, the process has ended. */
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
  /** Resolves when the process has ended, for any reason. */
  readonly gone: Promise<void>;
}

/** @param env environment variables; a process gets only those that it needs to run. */
export function startParser(env: NodeJS.ProcessEnv, memoryBytes: number): ParserChild {
  const program = startProgram('pipeline/read/parser-process', {
    env,
    args: [String(memoryBytes)],
    // The heap does not include typed arrays, so the process monitors all of its memory.
    nodeArgs: [`--max-old-space-size=${Math.ceil((memoryBytes * 3) / 4 / 2 ** 20)}`],
    complaintChars: COMPLAINT_CHARS,
  });
  const { isAlive, kill, gone } = program;
  return { run: (job, limits) => program.holding(() => runJob(program, job, limits)), isAlive, kill, gone };
}

function runJob(
  { child, onGone, complaint }: ChildProgram,
  job: ParseJob,
  { timeoutMs }: ParseLimits,
): Promise<ParseEnd> {
  return new Promise((resolve) => {
    let line: number | undefined;
    const settle = (end: ParseEnd): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      forget();
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
    const forget = onGone(() => {
      // Node itself reports it if its heap is full.
      const isOutgrown = complaint().includes(OUTGROWN) || /heap out of memory/.test(complaint());
      settle(isOutgrown ? { kind: 'outgrown', line } : { kind: 'died', line, complaint: complaint() });
    });
    // The process may have just ended; the code that waits for its end reports that.
    child.send(job, () => undefined);
  });
}
