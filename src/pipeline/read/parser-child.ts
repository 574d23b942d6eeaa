import { type ChildProgram, startProgram } from '../../system/child-program.ts';
import { OUTGROWN, type ParseAnswer, type ParseJob, type ParseLimits } from './parser-protocol.ts';

/** Node and a few parsers on a busy machine: far more than a start takes. */
const START_TIMEOUT_MS = 60_000;
/** Of what a process complains about, the end is kept. */
const COMPLAINT_CHARS = 4000;

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
  const program = startProgram('pipeline/read/parser-process', {
    env,
    args: [String(memoryBytes)],
    // Of arrays of numbers the heap knows nothing: what the process watches itself is all of its memory.
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
      // Node itself says so where it is its own heap.
      const isOutgrown = complaint().includes(OUTGROWN) || /heap out of memory/.test(complaint());
      settle(isOutgrown ? { kind: 'outgrown', line } : { kind: 'died', line, complaint: complaint() });
    });
    // It may have gone a moment ago; what waits for that will say so.
    child.send(job, () => undefined);
  });
}
