import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { RunReport } from '../../src/index.ts';
import { type CommandOptions, type CommandRun, runCommand } from './command.ts';
import { type Files, writeFiles } from './course.ts';
import { type Run, type RunOptions, runDeckhand } from './deckhand.ts';

/** Two short decks and what makes a folder a project. */
export const TWO_DECKS: Files = {
  'package.json': '{ "private": true }\n',
  'decks/one.md': '---\ntitle: Number one\n---\n\n# One\n\n---\n\n## More of one\n',
  'decks/week2/two.md': '# Two\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n```sh\necho two\n```\n',
};

/** A folder with files in it, gone after the test. */
export async function temporaryProject(files: Files = TWO_DECKS): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFiles(folder, files);
  return folder;
}

/** A run in a project. */
export interface InProject {
  readonly folder: string;
  /** What `report.json` holds. */
  report(): Promise<RunReport>;
}

export type Built = CommandRun & InProject;

/** Runs the command, in this process, in a fresh project of its own. */
export async function deckhand(
  args: readonly string[],
  files?: Files,
  options: Omit<CommandOptions, 'cwd'> = {},
): Promise<Built> {
  return deckhandIn(await temporaryProject(files), args, options);
}

export async function deckhandIn(
  folder: string,
  args: readonly string[],
  options: Omit<CommandOptions, 'cwd'> = {},
): Promise<Built> {
  return { ...(await runCommand(args, { cwd: folder, ...options })), ...inProject(folder) };
}

/** Runs the built program, in a process of its own: for tests of what a process does. */
export async function deckhandProcessIn(
  folder: string,
  args: readonly string[],
  options: Omit<RunOptions, 'cwd'> = {},
): Promise<Run & InProject> {
  return { ...(await runDeckhand(args, { cwd: folder, ...options })), ...inProject(folder) };
}

function inProject(folder: string): InProject {
  return {
    folder,
    report: async () => JSON.parse(await readFile(join(folder, 'output/report.json'), 'utf8')) as RunReport,
  };
}

/** Runs the command once for all tests that surround it. */
export function ranOnce(args: readonly string[], files: Files = TWO_DECKS): Built {
  let built: Built | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deckhand-cli-'));
    await writeFiles(folder, files);
    built = await deckhandIn(folder, args);
  });
  afterAll(() => (built ? rm(built.folder, { recursive: true, force: true }) : undefined));
  return new Proxy({} as Built, { get: (_, name) => Reflect.get(built as Built, name) });
}
