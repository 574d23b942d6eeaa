import { type ChildProcess, fork } from 'node:child_process';
import { isSource, ownProgram } from '../package-root.ts';
import type { Answer, Job, JobResult } from './decoder-protocol.ts';
import { failed } from './model.ts';

/** Node, sharp, and a busy machine: far more than a start takes. */
const START_TIMEOUT_MS = 60_000;
/** Of what a process complains about, the end is kept. */
const COMPLAINT_CHARS = 2000;
/** What a program needs to run, and no secret. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** What became of a job. */
export type JobEnd =
  | { readonly kind: 'answered'; readonly result: JobResult; readonly isWorn: boolean }
  /** Stopped at a limit, or never started: another process would do no better. */
  | { readonly kind: 'stopped'; readonly result: JobResult }
  /** The process is gone, and did not say why. */
  | { readonly kind: 'died' };

/** A process that decodes, one picture at a time. */
export interface DecoderChild {
  /** Runs one job at a time. Unless it is `answered`, the process is dead afterwards. */
  run(job: Job): Promise<JobEnd>;
  isAlive(): boolean;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Settles when it has ended, for whatever reason. */
  readonly gone: Promise<void>;
}

/** @param env of which a process gets only what it needs to run. */
export function startDecoder(env: NodeJS.ProcessEnv): DecoderChild {
  const process: Started = {
    child: forkProgram(env),
    hasBegun: false,
    complaint: '',
    gone: Promise.resolve(),
  };
  const { child } = process;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.complaint = (process.complaint + text).slice(-COMPLAINT_CHARS);
  });
  process.gone = new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  setHolding(child, false);
  return {
    run: async (job) => {
      setHolding(child, true);
      const end = await runJob(process, job);
      setHolding(child, false);
      return end;
    },
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null && !child.killed,
    kill: () => {
      // Somebody waits for its end, so that must hold up the exit.
      setHolding(child, true);
      child.kill('SIGKILL');
      return process.gone;
    },
    gone: process.gone,
  };
}

interface Started {
  readonly child: ChildProcess;
  /** It has read a job. */
  hasBegun: boolean;
  complaint: string;
  gone: Promise<void>;
}

function forkProgram(env: NodeJS.ProcessEnv): ChildProcess {
  return fork(ownProgram('images/decoder-process'), {
    // Run from its source, as tests do, it needs a loader. Nothing else that this process was started with is for it.
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
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

function runJob(process: Started, job: Job): Promise<JobEnd> {
  const { child } = process;
  const { decodeTimeoutMs, decodeMemoryBytes } = job.limits;
  return new Promise((resolve) => {
    const settle = (end: JobEnd): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
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
    let timer = setTimeout(() => stop(notStarted(process.complaint)), START_TIMEOUT_MS);
    child.on('message', onMessage);
    void process.gone.then(() =>
      process.hasBegun ? settle({ kind: 'died' }) : stop(notStarted(process.complaint)),
    );
    // It may have gone a moment ago; what waits for that will say so.
    child.send(job, () => undefined);
  });
}

function tooLarge(what: string): JobResult {
  return failed('IMAGE_TOO_LARGE', `decoding it takes more than ${what}`);
}

/** The line that names the error, or the last one. */
function notStarted(complaint: string): JobResult {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  const reason = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'it says nothing';
  return failed('IMAGE_BROKEN', `the decoder does not start: ${reason.trim()}`);
}
