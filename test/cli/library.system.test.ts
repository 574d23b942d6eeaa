import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeFiles } from '../support/course.ts';
import { temporaryProject } from '../support/project.ts';

const LIBRARY = pathToFileURL(fileURLToPath(new URL('../../dist/index.js', import.meta.url))).href;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that uses the built library, in a folder. */
function runProgram(cwd: string, body: string): Ran {
  const program = `import { build, defineConfig, DeckhandError } from ${JSON.stringify(LIBRARY)};\n${body}`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', program], { cwd, encoding: 'utf8' });
}

const WATCH = `
const before = JSON.stringify([process.env, process.cwd(), process.exitCode, process.argv, process.umask()]);
const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtException', 'unhandledRejection', 'warning']
  .map((name) => process.listenerCount(name)).join();
const listenersBefore = listeners();
const exit = process.exit;
process.exit = () => { throw new Error('process.exit was called'); };
const report = await build({ decks: ['one.md', 'nowhere.md'], only: 'slides' });
process.exit = exit;
const after = JSON.stringify([process.env, process.cwd(), process.exitCode, process.argv, process.umask()]);
`;

describe('the built library', () => {
  let ran: Ran;
  let untouched: unknown;
  let exitCode: unknown;
  let written = false;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deckhand-library-'));
    // A config file there must not be looked at.
    await writeFiles(folder, { 'one.md': '# One\n', 'deckhand.config.yaml': 'output: elsewhere\n' });
    ran = runProgram(
      folder,
      `${WATCH}
import { writeFileSync } from 'node:fs';
writeFileSync('said.json', JSON.stringify({ untouched: [before === after, listenersBefore === listeners()], exitCode: report.exitCode }));`,
    );
    const said = JSON.parse(await readFile(join(folder, 'said.json'), 'utf8')) as Record<string, unknown>;
    ({ untouched, exitCode } = said);
    written = existsSync(join(folder, 'output/one/one-slides.pdf'));
    return () => rm(folder, { recursive: true, force: true });
  });

  test('prints nothing, even with a deck missing', () => {
    expect([ran.stdout, ran.stderr]).toEqual(['', '']);
  });

  test('leaves the process as it was: environment, folder, exit code, listeners', () => {
    expect(untouched).toEqual([true, true]);
  });

  test('leaves the exit code to its caller and says what it would be', () => {
    expect([ran.status, exitCode]).toEqual([0, 1]);
  });

  test('looks for no config file', () => {
    expect(written).toBe(true);
  });

  test('lets the process end when it is done, failing or not', async () => {
    const folder = await temporaryProject({ 'one.md': '# One\n' });
    const { status } = runProgram(
      folder,
      `await build({ decks: 'one.md', browser: '/nowhere' }).catch((error) => { process.exitCode = error instanceof DeckhandError ? 7 : 8; });`,
    );
    expect(status).toBe(7);
  });

  test('rejects a wrong option with the error that the command line shows', async () => {
    const folder = await temporaryProject({ 'one.md': '# One\n' });
    const { stdout } = runProgram(
      folder,
      `await build({ decks: 'one.md', paper: 'a44' }).catch(({ code, exitCode, hint }) => console.log(JSON.stringify([code, exitCode, hint])));`,
    );
    expect(JSON.parse(stdout)).toEqual(['OPTION_INVALID', 2, 'did you mean a4?']);
  });

  test('gives a config file its types and returns it as it is', async () => {
    const { stdout } = runProgram(
      await temporaryProject({}),
      `console.log(JSON.stringify(defineConfig({ jobs: 3 })));`,
    );
    expect(JSON.parse(stdout)).toEqual({ jobs: 3 });
  });
});
