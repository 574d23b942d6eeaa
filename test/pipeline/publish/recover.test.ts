import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeJournal } from '../../../src/pipeline/publish/journal.ts';
import { noteFiles } from '../../../src/pipeline/publish/ledger.ts';
import { recoverOutputDir } from '../../../src/pipeline/publish/recover.ts';
import { isAbandoned, isTemporaryName, temporaryName } from '../../../src/system/temporary-name.ts';
import { stageFile } from '../../../src/system/write-file.ts';
import { writeTree } from '../../support/sample.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
/** A process that has ended. Its id is not given again while others are left. */
const ENDED = spawnSync(process.execPath, ['-e', '']).pid;
const abandoned = (suffix = ''): string => `.deckhand-${ENDED}-1-${UUID}${suffix}`;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}

describe('the name of an unfinished file', () => {
  test('is known for what it is', () => {
    expect([temporaryName(), abandoned(), '.deckhand.json', 'a.pdf'].map(isTemporaryName)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('is no longer wanted when its process has ended', () => {
    expect(isAbandoned(abandoned())).toBe(true);
  });

  test('is wanted while its process runs, be it this one or another', () => {
    const of = (pid: number): string => `.deckhand-${pid}-0-${UUID}`;
    expect([temporaryName(), of(process.pid), of(process.ppid)].map(isAbandoned)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.runIf(process.platform === 'linux')('is no longer wanted when another process has that id now', () => {
    expect(isAbandoned(`.deckhand-${process.pid}-1-${UUID}`)).toBe(true);
  });

  test('belongs to no other build', () => {
    expect(['.deckhand.json', '.deckhand-notes', 'report.json'].map(isAbandoned)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('unfinished files of a killed build', () => {
  test('go from the output folder, from those of the decks and from those that the ledger knows', async () => {
    const out = await temporaryFolder();
    await writeTree(out, {
      [abandoned()]: '',
      [`now/${abandoned()}`]: '',
      [`before/${abandoned()}`]: '',
      'before/x.pdf': 'pdf',
    });
    await noteFiles(out, { deck: '../x.md', added: ['before/x.pdf'], removed: [] });
    await recoverOutputDir(out, ['now', 'never-made']);
    expect(await filesIn(out)).toEqual(['.deckhand.json', 'before/x.pdf']);
  });

  test('stay where the build still runs', async () => {
    const out = await temporaryFolder();
    const { temporary } = await stageFile(join(out, 'x.pdf'), Buffer.from('pdf'));
    await recoverOutputDir(out, []);
    expect(await filesIn(out)).toEqual([basename(temporary)]);
  });

  test('are no matter of other folders', async () => {
    const out = await temporaryFolder();
    await writeTree(out, { [`mine/${abandoned()}`]: '' });
    await recoverOutputDir(out, []);
    expect(await filesIn(out)).toEqual([`mine/${abandoned()}`]);
  });
});

describe('a journal', () => {
  /** An output of two files, killed when one of them had its name: the other one is still to get it. */
  async function halfDone() {
    const out = await temporaryFolder();
    await writeTree(out, {
      'a/1.png': 'new',
      [`a/${abandoned()}`]: 'new too',
      'a/2.png': 'old',
      'a/3.png': 'old, and no longer made',
      'a/mine.txt': 'mine',
    });
    await noteFiles(out, { deck: 'deck.md', added: ['a/1.png', 'a/2.png', 'a/3.png'], removed: [] });
    const at = (name: string): string => join(out, 'a', name);
    const staged = [
      { temporary: at(`.deckhand-${ENDED}-2-${UUID}`), final: at('1.png') },
      { temporary: at(abandoned()), final: at('2.png') },
    ];
    const written = await writeJournal(
      { deckFile: join(out, 'deck.md'), staged, outdated: [at('3.png')] },
      out,
    );
    return { out, written, at };
  }
  /** As if the process that wrote it had ended. */
  async function abandon(written: string): Promise<void> {
    await writeFile(join(dirname(written), abandoned('.journal')), await readFile(written));
    await rm(written);
  }

  test('of a killed build is finished', async () => {
    const { out, written, at } = await halfDone();
    await abandon(written);
    await recoverOutputDir(out, []);
    expect(await filesIn(out)).toEqual(['.deckhand.json', 'a/1.png', 'a/2.png', 'a/mine.txt']);
    expect([await readFile(at('1.png'), 'utf8'), await readFile(at('2.png'), 'utf8')]).toEqual([
      'new',
      'new too',
    ]);
  });

  test('that is finished leaves its files in the ledger, and no others', async () => {
    const { out, written } = await halfDone();
    await rm(join(out, '.deckhand.json'));
    await abandon(written);
    await recoverOutputDir(out, []);
    const ledger = JSON.parse(await readFile(join(out, '.deckhand.json'), 'utf8'));
    expect(ledger).toEqual({ 'deck.md': ['a/1.png', 'a/2.png'] });
  });

  test('of a build that still runs is left alone', async () => {
    const { out, written } = await halfDone();
    await recoverOutputDir(out, []);
    expect(await filesIn(out)).toContain(basename(written));
  });

  test.each(['', 'not json', '{}', '{"deck":1,"staged":[],"outdated":[]}'])(
    'that is damaged (%j) goes',
    async (text) => {
      const out = await temporaryFolder();
      await writeFile(join(out, abandoned('.journal')), text);
      await recoverOutputDir(out, []);
      expect(await filesIn(out)).toEqual([]);
    },
  );

  test.each([
    { staged: [], outdated: ['../secret'] },
    { staged: [], outdated: ['/SECRET'] },
    { staged: [], outdated: ['folder'] },
    { staged: [{ temporary: '../secret', final: 'x' }], outdated: [] },
    { staged: [{ temporary: abandoned(), final: '../secret' }], outdated: [] },
    { staged: [{ temporary: 'mine', final: 'x' }], outdated: [] },
    { staged: [{ temporary: abandoned(), final: 'folder' }], outdated: [] },
  ])(
    'that is forged (%j) reaches nothing outside, no folder and no file that is not ours',
    async (forged) => {
      const root = await temporaryFolder();
      const out = join(root, 'out');
      await mkdir(join(out, 'folder'), { recursive: true });
      await writeTree(root, { secret: 's', 'out/mine': 'm', [`out/${abandoned()}`]: 't' });
      const text = JSON.stringify({ deck: 'd.md', ...forged }).replaceAll('/SECRET', join(root, 'secret'));
      await writeFile(join(out, abandoned('.journal')), text);
      await recoverOutputDir(out, []);
      expect(await readFile(join(root, 'secret'), 'utf8')).toBe('s');
      expect((await readdir(out)).filter((name) => name !== '.deckhand.json').sort()).toEqual([
        'folder',
        'mine',
      ]);
    },
  );
});
