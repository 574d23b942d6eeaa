import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const DEADLINE_MS = 10_000;
const MAX_ANSWER_BYTES = 1_000_000;

/**
 * A repository may be untrusted, and its configuration names programs: none of them is run. Nothing is locked or fetched, and
 * git never prompts.
 */
const SETTINGS = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'log.showSignature=false'];

/** Variables with which git finds its files, and permissions of its user (`safe.directory`). */
const KEPT = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SystemRoot', 'USERPROFILE'];

const FIXED = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  // No transport at all, because one may be a program, too.
  GIT_ALLOW_PROTOCOL: 'none',
};

/**
 * Runs git without a shell.
 *
 * @returns its output; undefined if there is no git, no repository, one that another user owns, or no answer in time.
 */
export async function git(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const settings = SETTINGS.flatMap((one) => ['-c', one]);
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['--no-optional-locks', '--no-pager', '--literal-pathspecs', ...settings, ...args],
      {
        cwd,
        env: { ...Object.fromEntries(KEPT.map((name) => [name, env[name]])), ...FIXED },
        timeout: DEADLINE_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_ANSWER_BYTES,
        windowsHide: true,
        shell: false,
      },
    );
    return stdout;
  } catch {
    return undefined;
  }
}
