import type { BuildContext } from '../pipeline/ports.ts';
import { forLog, jsonForLog } from '../text/plain-text.ts';

/** Where a command writes to. A stream of the process is one. */
export interface TextOutput {
  write(text: string): unknown;
  /** A terminal shows a display that moves. */
  readonly isTTY?: boolean;
}

/** All that a command gets of the world. Who gives it a browser, decoders or parsers closes them. */
export interface CommandIo extends Pick<BuildContext, 'session' | 'decoders' | 'parsers'> {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Ends the command. With an `Interrupted` as its reason, that one's exit code is the command's. */
  readonly signal: AbortSignal;
}

/** Everything that a command says goes through here, or through {@link writeJson}. */
export function writeLine(output: TextOutput, line: string): void {
  output.write(`${forLog(line)}\n`);
}

export function writeJson(output: TextOutput, value: unknown): void {
  output.write(`${jsonForLog(value)}\n`);
}
