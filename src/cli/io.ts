import type { BuildContext } from '../pipeline/ports.ts';
import { forLog, jsonForLog } from '../text/plain-text.ts';

/** The stream that a command writes to, such as one of the process. */
export interface TextOutput {
  write(text: string): unknown;
  /** Terminals get a display that is updated in place. */
  readonly isTTY?: boolean;
}

/**
 * Everything that a command gets from the outside world. If it is given a browser, decoders or parsers, the caller closes
 * them.
 */
export interface CommandIo extends Pick<BuildContext, 'session' | 'decoders' | 'parsers'> {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Ends the command. If its reason is an `Interrupted`, the exit code of that is the command's. */
  readonly signal: AbortSignal;
}

/** Everything that a command prints goes through this function or {@link writeJson}. */
export function writeLine(output: TextOutput, line: string): void {
  output.write(`${forLog(line)}\n`);
}

export function writeJson(output: TextOutput, value: unknown): void {
  output.write(`${jsonForLog(value)}\n`);
}
