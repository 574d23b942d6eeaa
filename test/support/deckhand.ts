import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program as it is built. `npm test` builds it first. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface RunOptions {
  readonly cwd: string;
  /** Besides those of this process, which lose what would steer a build. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program, with arguments, that starts this one: to change what it may do. */
  readonly through?: readonly string[];
  readonly onStart?: (child: ChildProcess) => void;
  /** Hears what is written to stderr, as it comes. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

export interface Run {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a shell would, to its end. */
export async function runDeckhand(args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, through = [], onStart, onStderr } = options;
  const env = { ...steerless(process.env), ...options.env };
  const [program = process.execPath, ...words] = [...through, process.execPath, CLI, ...args];
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onStart?.(child);
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onStderr?.(text, child);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Without what would steer a build. */
export function steerless(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(?:DECKHAND_|SOURCE_DATE_EPOCH|VITEST|CI$)/.test(name),
  );
  return Object.fromEntries(kept);
}
