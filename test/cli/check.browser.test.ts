import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/model/model.ts';
import { publishedOutputs } from '../../src/pipeline/report/outputs.ts';
import { deckhandIn, temporaryProject } from '../support/project.ts';

const FILES = { 'package.json': '{}', 'decks/a.md': '# A\n\n[nowhere](#/9/9)\n' };

describe('deckhand check', () => {
  test('says what is wrong, and writes nothing', async () => {
    const folder = await temporaryProject(FILES);
    const { code, stderr } = await deckhandIn(folder, ['check']);
    expect(stderr).toMatch(/decks\/a\.md:3: warning: .*\[LINK_TARGET_MISSING\]/);
    expect([code, existsSync(join(folder, 'output'))]).toEqual([0, false]);
    expect((await readdir(folder)).filter((name) => !['package.json', 'decks'].includes(name))).toEqual([]);
  });

  test('takes the pictures of slides, and writes none', async () => {
    const folder = await temporaryProject(FILES);
    const { code, stdout } = await deckhandIn(folder, ['check', '--only', 'images', '--json']);
    const [deck] = (JSON.parse(stdout) as RunReport).decks;
    expect(deck && publishedOutputs(deck).map(({ file }) => file)).toEqual(['a/a-slides/001-1.png']);
    expect([code, existsSync(join(folder, 'output'))]).toEqual([0, false]);
  });

  test('fails where --fail-on says so', async () => {
    const folder = await temporaryProject(FILES);
    expect((await deckhandIn(folder, ['check', '--fail-on', 'warning'])).code).toBe(1);
  });

  test('reports the files that a build would write, to the byte', async () => {
    const folder = await temporaryProject(FILES);
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const { stdout } = await deckhandIn(folder, ['check', '--json'], { env });
    const checked = JSON.parse(stdout) as RunReport;
    const built = await (await deckhandIn(folder, ['build'], { env })).report();
    expect(checked).toEqual(built);
  });

  test('has no option for where to write', async () => {
    const { code, stderr } = await deckhandIn(await temporaryProject(FILES), ['check', '--output', 'x']);
    expect([code, stderr.includes('--output')]).toEqual([2, true]);
  });
});
