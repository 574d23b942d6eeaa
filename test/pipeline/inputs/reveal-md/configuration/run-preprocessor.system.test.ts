import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DeckError } from '../../../../../src/model/diagnostics.ts';
import {
  type PreprocessorPlace,
  runPreprocessor,
} from '../../../../../src/pipeline/inputs/reveal-md/configuration/run-preprocessor.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

async function run(
  program: string,
  place: Partial<PreprocessorPlace> = {},
  name = 'pp.cjs',
): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, name), program);
  const job = { markdown: '# One', options: { title: 'T', revealOptions: { center: false } } };
  return runPreprocessor(name, job, { deck: 'a.md', cwd, env: process.env, ...place });
}

async function reasonOf(running: Promise<string>): Promise<string> {
  const error = await running.catch((thrown: unknown) => thrown);
  if (!(error instanceof DeckError)) throw new Error(`it gave ${String(error)}`);
  expect(error.diagnostics).toMatchObject([{ code: 'PREPROCESSOR_FAILED', severity: 'error', deck: 'a.md' }]);
  return error.message;
}

describe('a preprocessor', () => {
  test.each([
    ['pp.cjs', 'module.exports = (text) => text + "!"'],
    ['pp.cjs', 'module.exports = async (text) => text + "!"'],
    ['pp.mjs', 'export default (text) => text + "!"'],
  ])('gives the Markdown, however it is written: %s %s', async (name, program) => {
    expect(await run(program, {}, name)).toBe('# One!');
  });

  test('gets the options of the deck', async () => {
    const program = 'module.exports = (_, { title, revealOptions }) => title + " " + revealOptions.center';
    expect(await run(program)).toBe('T false');
  });

  test('runs in the working directory', async () => {
    const program = 'module.exports = () => require("node:fs").readFileSync("pp.cjs", "utf8").slice(0, 6)';
    expect(await run(program)).toBe('module');
  });

  test('does not see the environment', async () => {
    const program = 'module.exports = () => Object.keys(process.env).join()';
    const names = await run(program, { env: { ...process.env, SECRET_TOKEN: 'x', DECKHAND_PAPER: 'a4' } });
    expect(names).toContain('PATH');
    expect(names).not.toMatch(/TOKEN|DECKHAND|VITEST/);
  });

  test('may print what it likes', async () => {
    expect(await run('console.log("x".repeat(100000)); module.exports = () => "done"')).toBe('done');
  });

  test('may end lines as Windows does', async () => {
    expect(await run('module.exports = () => "a\\r\\nb"')).toBe('a\nb');
  });

  test.each([
    ['throws', 'module.exports = () => { throw new TypeError("no such part") }', 'TypeError: no such part'],
    ['rejects', 'module.exports = async () => { throw "bad" }', 'bad'],
    ['exports no function', 'module.exports = 5', 'it exports no function'],
    ['gives no text', 'module.exports = () => undefined', 'it returned undefined instead of text'],
    ['cannot be parsed', 'module.exports = (', 'SyntaxError'],
    ['ends', 'process.exit(3)', 'it ended without a result'],
    ['needs what is not there', 'require("no-such-thing")', "Cannot find module 'no-such-thing'"],
  ])('that %s is an error that says so', async (_, program, reason) => {
    expect(await reasonOf(run(program))).toContain(reason);
  });

  test('that is not there is an error that says where it was looked for', async () => {
    const cwd = await temporaryFolder();
    const running = runPreprocessor('no.js', { markdown: '', options: {} }, { deck: 'a.md', cwd, env: {} });
    expect(await reasonOf(running)).toContain('relative to the working directory');
  });

  test.each([
    'module.exports = () => { for (;;); }',
    'module.exports = () => new Promise(() => setInterval(() => 0, 1))',
  ])('that does not end is ended at its deadline: %s', async (program) => {
    expect(await reasonOf(run(program, { deadlineMs: 1_500 }))).toContain('it takes more than 1.5 s');
  });

  test('that wants more memory than there is for it is ended', async () => {
    const program = 'module.exports = () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); }';
    expect(await reasonOf(run(program))).toContain('MiB of memory');
  });

  test('ends when the build does', async () => {
    const controller = new AbortController();
    const running = run('module.exports = () => { for (;;); }', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('stopped')), 300);
    await expect(running).rejects.toThrow('stopped');
  });
});
