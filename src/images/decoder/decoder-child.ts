import { type ChildProgram, startProgram } from '../../system/child-program.ts';
import { failed } from '../model/model.ts';
import type { Answer, Job, JobResult } from './decoder-protocol.ts';

/** Enough for Node and sharp to start on a busy machine. */
const START_TIMEOUT_MS = 60_000;
/** Only the end of a process's error output is kept. */
const COMPLAINT_CHARS = 2000;

/** The result of a job. */
export type JobEnd =
  | { readonly kind: 'answered'; readonly result: JobResult; readonly heldBytes: number }
  /** It was stopped at a limit, or never started: another process would have the same result. */
  | { readonly kind: 'stopped'; readonly result: JobResult }
  /** The process ended without a reason. */
  | { readonly kind: 'died' };

/** A process that decodes one image at a time. */
export interface DecoderChild {
  /** Runs one job at a time. Unless the result is `answered`, the process has ended afterwards. */
  run(job: Job): Promise<JobEnd>;
  isAlive(): boolean;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Resolves when the process has ended, for any reason. */
  readonly gone: Promise<void>;
}

/** @param env environment variables; a process gets only those that it needs to run. */
export function startDecoder(env: NodeJS.ProcessEnv): DecoderChild {
  const program = startProgram('images/decoder/decoder-process', { env, complaintChars: COMPLAINT_CHARS });
  const process = { ...program, hasBegun: false };
  const { isAlive, kill, gone } = program;
  return { run: (job) => program.holding(() => runJob(process, job)), isAlive, kill, gone };
}

interface Started extends ChildProgram {
  /** The process has read a job. */
  hasBegun: boolean;
}

function runJob(process: Started, job: Job): Promise<JobEnd> {
  const { child } = process;
  const { decodeTimeoutMs, decodeMemoryBytes } = job.limits;
  return new Promise((resolve) => {
    const settle = (end: JobEnd): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      forget();
      if (end.kind !== 'answered') child.kill('SIGKILL');
      resolve(end);
    };
    const stop = (result: JobResult): void => settle({ kind: 'stopped', result });
    const onMessage = (message: unknown): void => {
      const answer = message as Answer;
      if (answer.kind === 'done') settle({ ...answer, kind: 'answered' });
      else if (answer.kind === 'outgrown')
        stop(tooLarge(`${Math.ceil(decodeMemoryBytes / 2 ** 20)} MiB of memory`));
      else {
        process.hasBegun = true;
        clearTimeout(timer);
        timer = setTimeout(() => stop(tooLarge(`${decodeTimeoutMs / 1000} s`)), decodeTimeoutMs);
      }
    };
    let timer = setTimeout(() => stop(notStarted(process.complaint())), START_TIMEOUT_MS);
    child.on('message', onMessage);
    const forget = process.onGone(() =>
      process.hasBegun ? settle({ kind: 'died' }) : stop(notStarted(process.complaint())),
    );
    // The process may have just ended; the code that waits for its end reports that.
    child.send(job, () => undefined);
  });
}

function tooLarge(what: string): JobResult {
  return failed('IMAGE_TOO_LARGE', `decoding it needs more than ${what}`);
}

/** The line that names the error, or the last one. */
function notStarted(complaint: string): JobResult {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  const reason = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'there is no output';
  return failed('IMAGE_BROKEN', `the decoder does not start: ${reason.trim()}`);
}
