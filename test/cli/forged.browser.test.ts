import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

const NAME = 'decks/a\n::error title=forged::x\u001b[2J##vso[task.complete].md';

/** Lines that a CI system would obey, and what a terminal would. */
const COMMANDS = /[^\P{Cc}\n]|^\s*::|##\w*\[/mu;

test.each([[], ['--verbose'], ['--json'], ['--quiet', '--only', 'slides', 'decks/gone\n::error::y.md']])(
  'the name of a deck forges no line of a log: %j',
  async (...args) => {
    const files = {
      'package.json': '{}',
      [NAME]: '---\ntitle: "A\\e[2J\\0\\n::error::z"\nkeywords: ["k\\e"]\n---\n# A\n\n![a](gone\u009b.png)\n',
    };
    const { stdout, stderr, folder, report } = await deckhand([...args, '--only', 'slides'], files);
    expect(stdout).not.toMatch(COMMANDS);
    expect(stderr).not.toMatch(COMMANDS);
    const output = (await report()).decks[0]?.outputs[0];
    if (!output || !('file' in output)) return;
    const pdf = await PDFDocument.load(await readFile(join(folder, 'output', output.file)), {
      updateMetadata: false,
    });
    expect(`${pdf.getTitle()}${pdf.getKeywords()}`).not.toMatch(/\p{Cc}/u);
    expect(pdf.getTitle()).toContain('::error::z');
  },
);
