import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isTemporaryName } from '../../src/system/temporary-name.ts';
import { runDeckhand } from '../support/deckhand.ts';
import { pdfDifference } from '../support/pdf-difference.ts';
import { temporaryProject } from '../support/project.ts';
import { volume } from '../support/volume.ts';

const deck = (name: string): string => [`# ${name}`, '## Two', '- one\n- two'].join('\n\n---\n\n');
const FILES = {
  'package.json': '{}',
  'decks/a.md': deck('a'),
  'decks/b.md': deck('b'),
  'decks/week2/c.md': deck('c'),
};
/** One output of one file, and one of many. */
const ARGS = ['build', '--only', 'slides,images'];
const ENV = { SOURCE_DATE_EPOCH: '1700000000' };

/** From 0 to 1, the same in each run. */
function* seededRandom(): Generator<number, never> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Hash of each file by its path, whatever its name begins with. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  const hashed = paths.map(async (path) => {
    const sha256 = createHash('sha256').update(await readFile(path));
    return [path.slice(folder.length + 1), sha256.digest('hex')] as const;
  });
  return new Map(await Promise.all(hashed));
}

/** What differs in the PDFs of two folders: hashes alone do not say it. */
async function pdfDifferences(one: string, other: string): Promise<string[]> {
  const pdfs = [...(await filesIn(one)).keys()].filter((file) => file.endsWith('.pdf'));
  const found = pdfs.map(async (file) => {
    const [before, after] = await Promise.all([one, other].map((folder) => readFile(join(folder, file))));
    const difference = before && after && (await pdfDifference(before, after));
    return difference === undefined ? [] : [`${file}: ${difference}`];
  });
  return (await Promise.all(found)).flat();
}

/** Files that are whole, and those that the ledger names. */
async function published(output: string) {
  const files = [...(await filesIn(output)).keys()];
  const ledger = await readFile(join(output, '.deckhand.json'), 'utf8').catch(() => '{}');
  const isOurs = (file: string): boolean =>
    !isTemporaryName(file.slice(file.lastIndexOf('/') + 1)) &&
    !['.deckhand.json', 'report.json'].includes(file);
  return {
    there: files.filter(isOurs).sort(),
    named: Object.values(JSON.parse(ledger) as Record<string, string[]>)
      .flat()
      .sort(),
    isMoving: files.some((file) => file.endsWith('.journal')),
  };
}

const KILLS = volume(2, 50);

test(
  `a build of three decks that is killed at ${KILLS} moments leaves files and ledger that agree, and the next one the bytes of an undisturbed one`,
  async () => {
    const cwd = await temporaryProject(FILES);
    const output = join(cwd, 'output');
    const began = performance.now();
    expect((await runDeckhand(ARGS, { cwd, env: ENV })).code).toBe(0);
    const durationMs = performance.now() - began;
    const expected = await filesIn(output);
    expect(expected.size).toBe(3 * (1 + 3) + 2);
    const undisturbed = join(cwd, 'undisturbed');
    await cp(output, undisturbed, { recursive: true });

    const moments = seededRandom();
    for (let kill = 1; kill <= KILLS; kill++) {
      await rm(output, { recursive: true });
      const momentMs = moments.next().value * durationMs;
      await runDeckhand(ARGS, {
        cwd,
        env: ENV,
        onStart: (child) => void delay(momentMs).then(() => child.kill('SIGKILL')),
      });
      const { there, named, isMoving } = await published(output);
      const where = `killed after ${Math.round(momentMs)} ms`;
      expect(there, where).toEqual(named.filter((file) => !isMoving || there.includes(file)));
      expect((await runDeckhand(ARGS, { cwd, env: ENV })).code, where).toBe(0);
      const files = await filesIn(output);
      expect([...files.keys()], where).toEqual([...expected.keys()]);
      expect(await pdfDifferences(undisturbed, output), where).toEqual([]);
      expect(files, where).toEqual(expected);
    }
  },
  volume(300_000, 3_600_000),
);
