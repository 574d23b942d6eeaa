import { type ChildProcess, fork } from 'node:child_process';
import { isSource, ownProgram } from './package-root.ts';

/** What a program needs to run, and no secret. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** A program of ours in a process of its own, which keeps this one alive only while it has work. */
export interface ChildProgram {
  readonly child: ChildProcess;
  /** The end of what it complained about so far. */
  complaint(): string;
  /** Settles when it has ended, for whatever reason. */
  readonly gone: Promise<void>;
  /**
   * Calls back when it has ended, unless that is taken back. A promise can't forget who waits for it: each job of a process would
   * stay in memory as long as the process lives.
   *
   * @returns what takes it back.
   */
  onGone(listener: () => void): () => void;
  isAlive(): boolean;
  /** Waits for its work, and lets this process wait with it. */
  holding<T>(work: () => Promise<T>): Promise<T>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

export interface ChildProgramOptions {
  /** Of which it gets only what it needs to run. */
  readonly env: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** For Node itself. */
  readonly nodeArgs?: readonly string[];
  /** Of its complaints, so much is kept. */
  readonly complaintChars: number;
}

/** @param path as {@link ownProgram} takes it. */
export function startProgram(
  path: string,
  { env, args = [], nodeArgs = [], complaintChars }: ChildProgramOptions,
): ChildProgram {
  const child = fork(ownProgram(path), [...args], {
    // Run from its source, as tests do, it needs a loader. Nothing else that this process was started with is for it.
    execArgv: [...nodeArgs, ...(isSource ? ['--import', import.meta.resolve('tsx')] : [])],
    env: Object.fromEntries(PASSED_ON.map((name) => [name, env[name]])),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-complaintChars);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const listeners = new Set<() => void>();
  let isGone = false;
  void gone.then(() => {
    isGone = true;
    for (const listener of listeners) listener();
  });
  setHolding(child, false);
  return {
    child,
    complaint: () => complaint,
    gone,
    onGone: (listener) => {
      if (isGone) queueMicrotask(listener);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isAlive: () => child.connected && child.exitCode === null && child.signalCode === null && !child.killed,
    holding: async (work) => {
      setHolding(child, true);
      const result = await work();
      setHolding(child, false);
      return result;
    },
    kill: () => {
      // Somebody waits for its end, so that must hold up the exit.
      setHolding(child, true);
      child.kill('SIGKILL');
      return gone;
    },
  };
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
