import { type ChildProcess, fork } from 'node:child_process';
import { isSource, ownProgram } from './package-root.ts';

/** Variables that a program needs to run, and no secrets. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** One of our programs in a process of its own, which keeps this one running only while it has work. */
export interface ChildProgram {
  readonly child: ChildProcess;
  /** The end of its error output so far. */
  complaint(): string;
  /** Resolves when it has ended, for any reason. */
  readonly gone: Promise<void>;
  /**
   * Calls back when it has ended, unless cancelled. A promise keeps references to everything that waits for it: each job of a
   * process would stay in memory as long as the process lives.
   *
   * @returns a function that cancels the callback.
   */
  onGone(listener: () => void): () => void;
  isAlive(): boolean;
  /** Waits for its work, and keeps this process running meanwhile. */
  holding<T>(work: () => Promise<T>): Promise<T>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

export interface ChildProgramOptions {
  /** Environment variables; it gets only those that it needs to run. */
  readonly env: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** Arguments for Node itself. */
  readonly nodeArgs?: readonly string[];
  /** Maximum length of the error output that is kept. */
  readonly complaintChars: number;
}

/** @param path as for {@link ownProgram}. */
export function startProgram(
  path: string,
  { env, args = [], nodeArgs = [], complaintChars }: ChildProgramOptions,
): ChildProgram {
  const child = fork(ownProgram(path), [...args], {
    // If Deckhand runs from its sources, as in tests, the program needs a loader. Other arguments of this process do not
    // apply to it.
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
      // Something waits for its end, which must keep this process running.
      setHolding(child, true);
      child.kill('SIGKILL');
      return gone;
    },
  };
}

/** Whether this process keeps running until the child ends. */
function setHolding(child: ChildProcess, holds: boolean): void {
  // The pipe is a socket, which its type does not tell.
  const handles = [child, child.channel, child.stderr as { ref?(): void; unref?(): void } | null];
  for (const handle of handles) {
    if (holds) handle?.ref?.();
    else handle?.unref?.();
  }
}
