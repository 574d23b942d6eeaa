import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfigFile } from '../../src/settings/config-file.ts';
import { writeTree } from '../support/sample.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function load(files: Readonly<Record<string, string>>, named?: string) {
  const cwd = await temporaryFolder();
  await writeTree(cwd, files);
  const config = await loadConfigFile(named, cwd);
  return config && { file: config.file.replace(`${cwd}/`, ''), values: config.values };
}

describe('a config file', () => {
  test.each([
    ['yaml', 'paper: a5'],
    ['yml', 'paper: a5'],
    ['json', '{"paper": "a5"}'],
    ['mjs', 'export default { paper: "a5" };'],
  ])('is found as .%s', async (extension, text) => {
    const file = `deckhand.config.${extension}`;
    expect(await load({ [file]: text })).toEqual({ file, values: { paper: 'a5' } });
  });

  test('is none where there is none', async () => {
    expect(await load({ 'a.md': '' })).toBeUndefined();
  });

  test('is not looked for above the working directory', async () => {
    const above = await temporaryFolder();
    await writeTree(above, { 'deckhand.config.yaml': 'paper: a5', 'x/a.md': '' });
    expect(await loadConfigFile(undefined, join(above, 'x'))).toBeUndefined();
  });

  test('that is named is taken instead of the usual one', async () => {
    const found = await load(
      { 'deckhand.config.yaml': 'paper: a5', 'ci/print.yaml': 'paper: a3' },
      'ci/print.yaml',
    );
    expect(found?.values).toEqual({ paper: 'a3' });
  });

  test.each(['', '# nothing yet\n', '~'])('that says nothing in %j is empty', async (text) => {
    expect((await load({ 'deckhand.config.yaml': text }))?.values).toEqual({});
  });

  test.each([
    ['deckhand.config.yaml', '- a'],
    ['deckhand.config.yaml', 'text'],
    ['deckhand.config.yaml', 'a: [1'],
    ['deckhand.config.yaml', 'a: 1\na: 2'],
    [
      'deckhand.config.yaml',
      `a: &a [${'x,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]`,
    ],
    ['deckhand.config.json', '{paper: "a5"}'],
    ['deckhand.config.json', '[]'],
    ['deckhand.config.json', ''],
    ['deckhand.config.mjs', 'export default ['],
    ['deckhand.config.mjs', 'throw new Error("first\\nsecond");'],
    ['deckhand.config.mjs', 'export default "text";'],
  ])('%s that is not one (%#) is refused in one line', async (file, text) => {
    await expect(load({ [file]: text })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      exitCode: 2,
      message: expect.stringMatching(new RegExp(`^${file} cannot be used: .+$`)),
    });
  });

  test('that is named but not there is refused', async () => {
    await expect(load({}, 'gone.yaml')).rejects.toMatchObject({
      exitCode: 2,
      message: 'there is no configuration file gone.yaml',
    });
  });

  test('that is a folder is refused', async () => {
    await expect(load({ 'conf/x': '' }, 'conf')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      exitCode: 2,
    });
  });
});
