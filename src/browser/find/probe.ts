import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';

/** A browser answers `--version` in 10 to 100 ms; a snap on a slow disk needs seconds. */
const ANSWER_MS = 15_000;

/** True if the path is a file (not a folder) that this user may execute. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The result of `browser --version`: its answer, or the line that says why it failed. */
export type Probe =
  | { readonly runs: true; readonly version: string }
  | { readonly runs: false; readonly reason: string };

/**
 * Runs `browser --version`, which finds problems that the file itself does not show: a missing shared library, a build for
 * another processor, Ubuntu's `chromium-browser` that only asks to install a snap. On Windows, where Chrome would open a
 * window, every file passes.
 */
export async function probe(
  executablePath: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Probe> {
  if (process.platform === 'win32') return { runs: true, version: '' };
  return new Promise((resolve, reject) => {
    const options = {
      env,
      signal,
      timeout: ANSWER_MS,
      killSignal: 'SIGKILL' as const,
      encoding: 'utf8' as const,
    };
    execFile(executablePath, ['--version'], options, (error, stdout, stderr) => {
      if (signal?.aborted) reject(signal.reason);
      else if (error === null) resolve({ runs: true, version: firstLine(stdout) });
      else
        resolve({
          runs: false,
          reason: error.killed ? 'it does not answer' : firstLine(stderr || stdout || error.message),
        });
    });
  });
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no reason given'
  );
}
