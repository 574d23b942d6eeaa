import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPageLabels, readPdf } from '../support/pdf.ts';
import { deckhandIn, temporaryProject } from '../support/project.ts';

const FILES = {
  'package.json': '{}',
  'decks/a.md': '# Alpha\n\n---\n\n# Beta\n\n----\n\n## Gamma\n\n[to Alpha](#/0)\n\n---\n\n# Delta\n',
};

describe('--slides', () => {
  test('leaves the others out of every output, and numbers these as they are on the screen', async () => {
    const folder = await temporaryProject(FILES);
    const built = await deckhandIn(folder, ['--slides', '2.2,3', '--only', 'slides,handout']);
    const slides = await readFile(join(folder, 'output/a/a-slides.pdf'));
    const handout = await readFile(join(folder, 'output/a/a-handout.pdf'));
    const words = (await readPdf(handout)).map(({ text }) => text).join(' ');
    expect(built.code).toBe(0);
    expect(await readPageLabels(slides)).toEqual(['2.2', '3']);
    expect(['GAMMA', 'DELTA', 'ALPHA', 'BETA'].map((title) => words.includes(title))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('is refused with an example where it cannot be read', async () => {
    const { code, stderr } = await deckhandIn(await temporaryProject(FILES), ['--slides', '3-1']);
    expect(stderr).toContain('--slides must be a list like 1-3,5,4.2,#id: “3-1” ends before it begins');
    expect(code).toBe(2);
  });
});
