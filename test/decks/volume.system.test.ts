import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/index.ts';
import { writeFiles } from '../support/course.ts';
import { treeBytes } from '../support/process-tree.ts';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';
import { volume } from '../support/volume.ts';

// Very much of everything, and very many decks. In `npm test` it is little enough to be built.

const repeated = (count: number, one: (i: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, i) => one(i)).join(between);
const SLIDES = '\n\n---\n\n';

const DECKS: Readonly<Record<string, () => string>> = {
  'a hundred thousand slides': () => repeated(volume(100, 100_000), (i) => `## Slide ${i}`, SLIDES),
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
/** To look takes some hundredths of a second. */
const LOOK_EVERY_MS = volume(1_500, 300);

/** Runs a build, and looks at its memory all the while. */
async function run(folder: string, args: readonly string[]) {
  let peakBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const built = await deckhandProcessIn(folder, args, {
    onStart: (child) => {
      timer = setInterval(() => {
        peakBytes = Math.max(peakBytes, treeBytes(child.pid ?? 0));
      }, LOOK_EVERY_MS);
    },
  });
  clearInterval(timer);
  return { ...built, peakBytes };
}

const NAMES = Object.keys(DECKS);
/** In full, each is a run of its own, so that its memory is its own, too. */
const PER_RUN = volume(NAMES.length, 1);
const RUNS = Array.from({ length: NAMES.length / PER_RUN }, (_, i) =>
  NAMES.slice(i * PER_RUN, (i + 1) * PER_RUN),
);
/** Of a step. A parser that does not end keeps a processor busy until then. */
const TIMEOUT_S = volume(3, 20);

describe.runIf(process.platform === 'linux')('very much of something', () => {
  describe.each(RUNS.map((names) => ({ names })))(
    'is built or named, in time and within memory',
    ({ names }) => {
      let made: Awaited<ReturnType<typeof run>>;
      let decks: RunReport['decks'];
      beforeAll(async () => {
        const files = names.map((name) => [`decks/${fileOf(name)}`, DECKS[name]?.() ?? '']);
        const folder = await mkdtemp(join(tmpdir(), 'deckhand-volume-'));
        await writeFiles(folder, { 'package.json': '{}', ...Object.fromEntries(files), ...STYLES });
        made = await run(folder, ['--timeout', `${TIMEOUT_S}`, '--only', 'slides,handout', '--jobs', '1']);
        ({ decks } = await made.report());
        await rm(folder, { recursive: true });
      });

      test.each(names)('%s', (name) => {
        const { diagnostics = [], outputs = [] } =
          decks.find(({ path }) => path === `decks/${fileOf(name)}`) ?? {};
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        if (errors.length > 0) expect(NAMED).toContain(errors[0]?.code);
        else expect(outputs.map(({ status }) => status)).toEqual(['complete', 'complete']);
      });

      test('without a bug', () => {
        const { code, peakBytes, stderr } = made;
        expect(decks).toHaveLength(names.length);
        expect([0, 1]).toContain(code);
        expect(stderr).not.toMatch(/bug in Deckhand|^\s+at /m);
        expect(peakBytes).toBeLessThan(MEMORY_BYTES);
      });
    },
  );
});

function fileOf(name: string): string {
  return `${name.replaceAll(' ', '-')}.md`;
}

/** The parser is busy with some of them until it is ended: in `npm test`, with the first. */
const HOSTILE = [
  '*a **a '.repeat(30_000),
  '---\ntitle: [\n---\n# A',
  `![a](a.png) ${'*a **a '.repeat(30_000)}`,
  `---\nseparator: "(a+)+$"\n---\n# ${'a'.repeat(60)}!`,
  '---\nnotesSeparator: "("\n---\n# A',
  '',
];

describe.runIf(process.platform === 'linux')('very many decks in one run, a tenth of them hostile', () => {
  test(
    'are all made but for those, each of which is named once, within memory',
    async () => {
      const count = volume(14, 300);
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
        `${volume(4, 8)}`,
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
    },
    volume(300_000, 3_600_000),
  );
});
