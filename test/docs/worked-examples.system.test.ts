import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyStep, exampleSteps } from '../support/docs/worked-examples.ts';

const run = promisify(execFile);

/** Everything that `npm run check` and the tests look at. */
const COPIED = ['src', 'test', 'scripts', 'docs', 'schemas', 'themes', '.github', '.ci'];
const COPIED_FILES =
  /^(?:[\w-]+\.md|package(?:-lock)?\.json|tsconfig.*|biome\.json|knip\.json|vitest\.config\.ts|\.gitignore|LICENSE)$/;

describe('the worked examples of CONTRIBUTING.md', () => {
  let root = '';
  const commands = new Set<string>();

  beforeAll(async () => {
    root = await copyOfRepository();
    for (const step of exampleSteps(await readFile('CONTRIBUTING.md', 'utf8'))) {
      // All of them say to run the same: once is enough, when everything is there.
      if (step.type === 'run') commands.add(step.command);
      else await applyStep(step, root);
    }
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  test('pass their tests, and the checks', async () => {
    expect([...commands]).toContain('npm run check');
    for (const command of commands) {
      // npx would only look the program up here.
      const [program = '', ...args] = command.replace(/^npx /, 'node_modules/.bin/').split(' ');
      await run(program, args, { cwd: root });
    }
  });

  test('add an output, an option, a diagnostic and an input to the command', async () => {
    await writeFile(join(root, 'deck.md'), '# Git\n\n---\n\nNo heading\n\n---\n\n## Branches\n');
    await writeFile(join(root, 'talk.outline'), 'Shell\nOne point\n\nPipes\n');
    const options = ['--only', 'headings', '--heading-numbers', '--json', '--no-sandbox'];
    const decks = ['deck.md', 'talk.outline'];
    await run('npm', ['run', 'build'], { cwd: root });
    const { stdout } = await run('node', ['dist/cli.js', 'build', ...decks, ...options], { cwd: root });
    const deck = JSON.parse(stdout).decks.find(({ path }: { path: string }) => path === 'deck.md');
    expect(deck.diagnostics).toMatchObject([{ code: 'HEADING_MISSING', line: 5, slide: '2' }]);
    const written = (path: string) => readFile(join(root, 'output', path), 'utf8');
    expect(await written('deck/deck-headings.txt')).toBe('1 Git\n3 Branches\n');
    expect(await written('talk/talk-headings.txt')).toBe('1 Shell\n2 Pipes\n');
  });
});

async function copyOfRepository(): Promise<string> {
  const to = await mkdtemp(join(tmpdir(), 'deckhand-examples-'));
  await Promise.all(COPIED.map((folder) => cp(folder, join(to, folder), { recursive: true })));
  const files = (await readdir('.')).filter((name) => COPIED_FILES.test(name));
  await Promise.all(files.map((name) => cp(name, join(to, name))));
  await symlink(resolve('node_modules'), join(to, 'node_modules'));
  return to;
}
