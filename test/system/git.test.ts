import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lchown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckVersion } from '../../src/pipeline/read/deck-version.ts';
import { git } from '../../src/system/git.ts';
import { script, temporaryFolder } from '../support/temporary.ts';

const ENV = {
  ...process.env,
  GIT_AUTHOR_DATE: '2024-05-06T07:08:09Z',
  GIT_COMMITTER_DATE: '2024-05-06T07:08:09Z',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

function run(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
    cwd,
    env: ENV,
    stdio: 'pipe',
  });
}

async function repository() {
  const root = await temporaryFolder();
  const file = join(root, 'deck.md');
  await writeFile(file, '# A');
  run(root, 'init', '-q');
  run(root, 'add', '.');
  run(root, 'commit', '-qm', 'A');
  return { root, file, source: { path: 'deck.md', file, outputName: 'deck' } };
}

const UNKNOWN = { sourceDateEpoch: undefined, written: undefined };
const COMMITTED = new Date('2024-05-06T07:08:09Z');

describe('git', () => {
  test('runs nothing that a repository configures', async () => {
    const { root, source } = await repository();
    const marker = join(root, 'ran');
    const evil = await script(join(root, 'evil'), `echo ran >> '${marker}'; cat`);
    const keys = [
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'core.sshCommand',
      'gpg.program',
      'filter.x.clean',
      'filter.x.smudge',
      'diff.external',
      'credential.helper',
    ];
    for (const key of keys) run(root, 'config', key, evil);
    run(root, 'config', 'log.showSignature', 'true');
    run(root, 'config', 'extensions.partialClone', 'origin');
    run(root, 'config', 'remote.origin.url', `ext::${evil}`);
    run(root, 'config', 'remote.origin.promisor', 'true');
    await writeFile(join(root, '.gitattributes'), '*.md filter=x diff=x\n');
    await mkdir(join(root, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman'])
      await script(join(root, '.git/hooks', hook), `echo ran >> '${marker}'`);
    await writeFile(source.file, '# B');
    await writeFile(source.file, '# A');
    expect(await deckVersion(source, UNKNOWN)).toMatchObject({ date: COMMITTED });
    expect(existsSync(marker)).toBe(false);
  });

  test('locks nothing', async () => {
    const { root, source } = await repository();
    const before = (await readdir(join(root, '.git'))).sort();
    await writeFile(join(root, '.git/index.lock'), '');
    expect(await deckVersion(source, UNKNOWN)).toMatchObject({ date: COMMITTED });
    expect((await readdir(join(root, '.git'))).sort()).toEqual([...before, 'index.lock'].sort());
  });

  test('takes nothing from the environment but where it is', async () => {
    const { root } = await repository();
    const env = { ...process.env, GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_TRACE: '1' };
    expect(await git(['log', '-1', '--format=%s'], root, env)).toBe('A\n');
  });

  test.each([
    ['changed', '# B'],
    ['with other line ends', '# A\r\n'],
  ])('gives no commit to a deck that is %s', async (_, text) => {
    const { source } = await repository();
    await writeFile(source.file, text);
    expect(await deckVersion(source, UNKNOWN)).not.toHaveProperty('commit');
  });

  test('that is missing is no error', async () => {
    const { root } = await repository();
    expect(await git(['log'], root, { PATH: '' })).toBeUndefined();
  });

  test('in a shallow clone is no error', async () => {
    const { root } = await repository();
    run(root, 'commit', '-qm', 'B', '--allow-empty');
    const folder = await temporaryFolder();
    run(folder, 'clone', '-q', '--depth', '1', `file://${root}`, 'clone');
    const file = join(folder, 'clone/deck.md');
    expect(await deckVersion({ path: 'deck.md', file, outputName: 'deck' }, UNKNOWN)).toHaveProperty('date');
  });

  test.runIf(process.getuid?.() === 0)('in a repository of another user is no error', async () => {
    const { root, source } = await repository();
    await chmod(root, 0o755);
    for (const name of [root, join(root, '.git')]) await lchown(name, 12_345, 12_345);
    expect(await deckVersion(source, UNKNOWN)).toHaveProperty('date');
  });

  test('is asked for a file whose name means something to it', async () => {
    const { root } = await repository();
    const file = join(root, ':(glob)*.md');
    await writeFile(file, '# Odd');
    run(root, '--literal-pathspecs', 'add', '--', ':(glob)*.md');
    run(root, 'commit', '-qm', 'odd');
    expect(await deckVersion({ path: 'odd', file, outputName: 'odd' }, UNKNOWN)).toMatchObject({
      date: COMMITTED,
    });
  });
});
