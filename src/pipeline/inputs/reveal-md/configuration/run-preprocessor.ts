import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DeckError, diagnostic } from '../../../../model/diagnostics.ts';
import { isSource, ownProgram } from '../../../../system/package-root.ts';

/** Variables that a program needs to run, and no secrets. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG'];
const MEMORY_MIB = 512;
const DEADLINE_MS = 30_000;
/** Only the end of its error output is kept. */
const COMPLAINT_CHARS = 2000;

export interface PreprocessorJob {
  readonly file: string;
  readonly markdown: string;
  /** The arguments that reveal-md passes to it. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type PreprocessorAnswer =
  | { readonly ok: true; readonly markdown: string }
  | { readonly ok: false; readonly reason: string };

export interface PreprocessorPlace {
  /** Path of the deck, for messages. */
  readonly deck: string;
  /** The working directory of the command and of the program. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Time limit. Default: 30 s. */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the Markdown of a deck through a program of its project that the command line names, as reveal-md does
 * (https://github.com/webpro/reveal-md#pre-process-markdown), but in a process of its own: without environment variables, and
 * with limits of time and memory.
 *
 * @throws DeckError with `PREPROCESSOR_FAILED`.
 */
export async function runPreprocessor(
  name: string,
  job: Omit<PreprocessorJob, 'file'>,
  place: PreprocessorPlace,
): Promise<string> {
  const file = resolve(place.cwd, name);
  const answer: PreprocessorAnswer = existsSync(file)
    ? await answerOf({ ...job, file }, place)
    : { ok: false, reason: 'there is no such file; its path is relative to the working directory' };
  if (answer.ok) return answer.markdown.replace(/\r\n?/g, '\n');
  const message = `the preprocessor ${name} failed: ${answer.reason}`;
  const hint = 'it has to export a function that takes the Markdown and gives it back, changed';
  throw new DeckError(diagnostic('PREPROCESSOR_FAILED', message, { deck: place.deck }, hint));
}

function answerOf(job: PreprocessorJob, { cwd, env, deadlineMs = DEADLINE_MS, signal }: PreprocessorPlace) {
  const child = fork(ownProgram('pipeline/inputs/reveal-md/configuration/preprocessor-process'), {
    cwd,
    // If Deckhand runs from its sources, as in tests, the program needs a loader.
    execArgv: [
      `--max-old-space-size=${MEMORY_MIB}`,
      ...(isSource ? ['--import', import.meta.resolve('tsx')] : []),
    ],
    env: Object.fromEntries(PASSED_ON.map((one) => [one, env[one]])),
    serialization: 'advanced',
    // The program's output is for its author, and must not be part of our report.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARS);
  });
  return new Promise<PreprocessorAnswer>((resolve, reject) => {
    const settle = (answer: PreprocessorAnswer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      child.kill('SIGKILL');
      resolve(answer);
    };
    const abort = (): void => {
      child.kill('SIGKILL');
      reject(signal?.reason);
    };
    const late = { ok: false, reason: `it takes more than ${deadlineMs / 1000} s` } as const;
    const timer = setTimeout(() => settle(late), deadlineMs);
    signal?.addEventListener('abort', abort);
    child.once('message', (answer) => settle(answer as PreprocessorAnswer));
    child.once('error', ({ message }) => settle({ ok: false, reason: message }));
    child.once('close', () => settle({ ok: false, reason: lastWords(complaint) }));
    child.send(job, () => undefined);
  });
}

/** The line that names the error, or the last one. */
function lastWords(complaint: string): string {
  if (/heap out of memory/.test(complaint)) return `it takes more than ${MEMORY_MIB} MiB of memory`;
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.find((line) => /^\w*Error\b/.test(line)) ??
    lines.at(-1) ??
    'it ended without a result'
  ).trim();
}
