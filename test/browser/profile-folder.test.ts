import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProfileFolder } from '../../src/browser/profile-folder.ts';
import { processMark } from '../../src/system/process-mark.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('profiles that killed runs left are removed by the next one, and no others', async () => {
  const temporary = await temporaryFolder();
  const own = `deckhand-browser-${processMark()}-abcdef`;
  const [pid] = processMark().split('-');
  const left = ['deckhand-browser-999999999-1-abcdef', `deckhand-browser-${pid}-1-abcdef`];
  const others = ['deckhand-browser-x', 'deckhand-1', own];
  for (const name of [...left, ...others]) {
    await mkdir(join(temporary, name, 'profile'), { recursive: true });
    await writeFile(join(temporary, name, 'profile/file'), 'x');
  }
  const made = await makeProfileFolder(temporary);
  expect((await readdir(temporary)).sort().map((name) => join(temporary, name))).toEqual(
    [made, ...others.map((name) => join(temporary, name))].sort(),
  );
});
