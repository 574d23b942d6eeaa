import type { BrowserSession } from '../../src/browser/session.ts';
import { main } from '../../src/cli/main.ts';
import { steerless } from './deckhand.ts';
import { sharedPorts } from './shared-browser.ts';

export interface CommandOptions {
  readonly cwd: string;
  /** Besides those of this process, which lose what would steer a build. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Has the command find and start a browser and decoders of its own. */
  readonly ownBrowser?: boolean;
  /** Default: the one that tests share. */
  readonly session?: BrowserSession;
}

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, with the browser that tests share. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<CommandRun> {
  const { cwd, ownBrowser = false, session } = options;
  let [stdout, stderr] = ['', ''];
  const code = await main(args, {
    ...(ownBrowser ? {} : sharedPorts()),
    ...(session ? { session } : {}),
    cwd,
    env: { ...steerless(process.env), ...options.env },
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
    },
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}
