import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/index.ts';
import { treeBytes } from '../support/process-tree.ts';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';
import { volume } from '../support/volume.ts';

// Very much of everything, and very many decks. In `npm test` it is little enough to be built.

const repeated = (count: number, one: (i: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, i) => one(i)).join(between);
const SLIDES = '\n\n---\n\n';

const DECKS: Readonly<Record<string, () => string>> = {
  'a hundred thousand slides': () => repeated(volume(200, 100_000), (i) => `## Slide ${i}`, SLIDES),
  'fifty megabytes of Markdown': () =>
    repeated(
      volume(5, 1_000),
      (i) => `## Slide ${i}\n\n${'Some words of a text. '.repeat(volume(40, 2_400))}`,
      SLIDES,
    ),
  'a line of five megabytes': () => `# Line\n\n${'word '.repeat(volume(500, 1_000_000))}`,
  'ten thousand formulas': () =>
    repeated(
      volume(10, 1_000),
      (i) => repeated(10, (j) => `$x_{${i}}^{${j}} + \\frac{a}{b}$`, '\n\n'),
      SLIDES,
    ),
  'a diagram of five thousand nodes': () =>
    `# M\n\n\`\`\`mermaid\nflowchart LR\n${repeated(volume(20, 5_000), (i) => `  n${i} --> n${i + 1}`)}\n\`\`\``,
  'a table of fifty thousand rows': () =>
    `# T\n\n| a | b |\n|---|---|\n${repeated(volume(60, 50_000), (i) => `| ${i} | x |`)}`,
  'a hundred thousand lines of code': () =>
    `# C\n\n\`\`\`js\n${repeated(volume(100, 100_000), (i) => `const x${i} = ${i};`)}\n\`\`\``,
  'a million rules': () => '---\ncss: rules.css\n---\n# Rules',
  'seventy megabytes': () =>
    `# L\n\n${'a'.repeat(volume(1, 70) * 1_000)}${'\n'.repeat(volume(1, 70 * 2 ** 20))}`,
  'words that no parser ends with': () => '*a **a '.repeat(30_000),
  'lists in lists': () => `![a](a.png)\n\n${repeated(400, (i) => `${'  '.repeat(i)}- a`)}`,
  'styles that import each other': () => '---\ncss: loop-0.css\n---\n# Loop',
};

const STYLES = {
  'decks/rules.css': repeated(volume(1_000, 1_000_000), (i) => `.a${i} { color: #${(i % 900) + 100} }`),
  ...Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `decks/loop-${i}.css`,
      `@import "loop-${i + 1}.css";\n@import "loop-${i + 1}.css?again";\n${'.a { color: red }\n'.repeat(100)}`,
    ]),
  ),
};

/** Codes that say what was too much. */
const NAMED = ['DECK_TOO_COMPLEX', 'BROWSER_CRASHED', 'DECK_UNREADABLE', 'MERMAID_INVALID', 'PAGE_NOT_READY'];
const MEMORY_BYTES = 2 * 2 ** 30;

/** Runs a build, and looks at its memory all the while. */
async function run(folder: string, args: readonly string[]) {
  let peakBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const built = await deckhandProcessIn(folder, args, {
    onStart: (child) => {
      timer = setInterval(() => {
        peakBytes = Math.max(peakBytes, treeBytes(child.pid ?? 0));
      }, 300);
    },
  });
  clearInterval(timer);
  return { ...built, peakBytes };
}

describe.runIf(process.platform === 'linux')('very much of something', () => {
  test.each(Object.entries(DECKS))('is built or named, in time and within memory: %s', async (_, deck) => {
    const folder = await temporaryProject({ 'package.json': '{}', 'decks/deck.md': deck(), ...STYLES });
    const { code, peakBytes, report, stderr } = await run(folder, [
      '--timeout',
      '20',
      '--only',
      'slides,handout',
    ]);
    const { decks } = await report();
    const errors = decks[0]?.diagnostics.filter(({ severity }) => severity === 'error') ?? [];
    expect([0, 1]).toContain(code);
    if (code === 1) expect(NAMED).toContain(errors[0]?.code);
    expect(stderr).not.toMatch(/bug in Deckhand|^\s+at /m);
    expect(peakBytes).toBeLessThan(MEMORY_BYTES);
  });
});

const HOSTILE = [
  '*a **a '.repeat(30_000),
  `![a](a.png) ${'*a **a '.repeat(30_000)}`,
  `---\nseparator: "(a+)+$"\n---\n# ${'a'.repeat(60)}!`,
  '---\ntitle: [\n---\n# A',
  '---\nnotesSeparator: "("\n---\n# A',
  '',
];

describe.runIf(process.platform === 'linux')('very many decks in one run, a tenth of them hostile', () => {
  test('are all made but for those, each of which is named once, within memory', async () => {
    const count = volume(20, 300);
    const isHostile = (i: number): boolean => i % 10 === 3;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `decks/deck-${i}.md`,
        isHostile(i)
          ? (HOSTILE[Math.floor(i / 10) % HOSTILE.length] ?? '')
          : `# Deck ${i}\n\n---\n\n## Second\n\n![picture](p${i}.svg)`,
      ]),
    );
    const pictures = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `decks/p${i}.svg`,
        `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="${i % 90}" height="90"/></svg>`,
      ]),
    );
    const folder = await temporaryProject({ 'package.json': '{}', ...files, ...pictures });
    const { code, peakBytes, report } = await run(folder, [
      '--timeout',
      '8',
      '--only',
      'slides',
      '--jobs',
      '2',
    ]);
    const { decks } = (await report()) as RunReport;
    expect(code).toBe(1);
    expect(peakBytes).toBeLessThan(MEMORY_BYTES);
    expect(decks).toHaveLength(count);
    for (const { path, outputs, diagnostics } of decks) {
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const hostile = isHostile(Number(/-(\d+)\.md$/.exec(path)?.[1]));
      expect([path, errors.length, outputs.map(({ status }) => status)]).toEqual(
        hostile ? [path, 1, []] : [path, 0, ['complete']],
      );
    }
  });
});
