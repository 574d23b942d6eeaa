import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwritable } from '../../src/system/write-file.ts';
import type { Run } from '../support/deckhand.ts';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';

const ONE = { 'package.json': '{}', 'decks/one.md': '# One\n' };

/** Root may write everything, until that privilege is taken away. */
const asPlainUser = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override'] : [];

/** Runs a command over a filesystem that nobody else sees, and lists the files that are there afterwards. */
const mounted = (options: string): string[] => {
  const script = `mount -t tmpfs -o ${options} none output && { "$@"; code=$?; find output -type f; exit $code; }`;
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, 'sh'];
};
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/** What is said besides the remark that the browser has no sandbox, where it has none. */
const problems = ({ stderr }: Run): string[] =>
  stderr.split('\n').filter((line) => /error|OUTPUT_UNWRITABLE|^\s+at /i.test(line));

describe.runIf(process.platform === 'linux')('a folder that may not be written', () => {
  test('ends the run with exit code 3 and one message where it is that of all outputs, before anything is printed', async () => {
    const folder = await temporaryProject(ONE);
    await mkdir(join(folder, 'output'), { mode: 0o555 });
    const run = await deckhandProcessIn(folder, ['--only=slides'], { through: asPlainUser });
    expect([run.code, problems(run)]).toEqual([
      3,
      [expect.stringMatching(/cannot write to .*output: EACCES.*\[OUTPUT_UNWRITABLE\]$/)],
    ]);
    expect(run.stderr).toContain('check its permissions, or name another folder with --output');
    expect(run.stderr).not.toContain('decks/one.md');
  });

  test('ends the run with exit code 3 and one message where it is that of a deck', async () => {
    const folder = await temporaryProject(ONE);
    await mkdir(join(folder, 'output/one'), { recursive: true });
    await chmod(join(folder, 'output/one'), 0o555);
    const run = await deckhandProcessIn(folder, ['--only=slides'], { through: asPlainUser });
    expect([run.code, problems(run)]).toEqual([
      3,
      [expect.stringMatching(/cannot write to .*output: EACCES.*\[OUTPUT_UNWRITABLE\]$/)],
    ]);
  });

  test.runIf(canMount)('on a filesystem for reading only ends the run in the same way', async () => {
    const folder = await temporaryProject(ONE);
    await mkdir(join(folder, 'output'));
    const run = await deckhandProcessIn(folder, ['--only=slides'], { through: mounted('ro') });
    expect([run.code, problems(run)]).toEqual([
      3,
      [expect.stringMatching(/cannot write to .*output: EROFS.*\[OUTPUT_UNWRITABLE\]$/)],
    ]);
  });
});

describe.runIf(process.platform === 'linux')('a disk that is full', () => {
  test.runIf(canMount)('ends the run with exit code 3 and one message, and no file is left', async () => {
    const folder = await temporaryProject(ONE);
    await mkdir(join(folder, 'output'));
    const run = await deckhandProcessIn(folder, ['--only=slides'], { through: mounted('size=4k') });
    expect([run.code, problems(run), run.stdout]).toEqual([
      3,
      [expect.stringMatching(/cannot write to .*output: ENOSPC.*\[OUTPUT_UNWRITABLE\]$/)],
      '',
    ]);
    expect(run.stderr).toContain('free some space on the disk');
  });

  test('is an error of its environment, with what to do about it', async () => {
    const error = await writeFile('/dev/full', 'a').catch((reason: unknown) => reason);
    expect(unwritable('output', error)).toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      exitCode: 3,
      message: expect.stringContaining('ENOSPC'),
      hint: 'free some space on the disk',
    });
  });
});
