import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { DIAGNOSTICS } from '../../src/model/diagnostics.ts';
import { publishedOutputs } from '../../src/pipeline/report/outputs.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { readPdf } from '../support/pdf.ts';
import { deckhand, deckhandIn, ranOnce, TWO_DECKS, temporaryProject } from '../support/project.ts';

const WARNED = { 'package.json': '{}', 'decks/warned.md': '# A\n\n![gone](gone.png)\n' };

describe('a build of a folder', () => {
  const run = ranOnce([], { ...TWO_DECKS, ...WARNED, 'decks/README.md': '# No deck\n' });

  /** As the issue has it; nothing besides. */
  const reportSchema = z.strictObject({
    version: z.string().regex(/^\d+\.\d+\.\d+/),
    exitCode: z.int(),
    decks: z.array(
      z.strictObject({
        path: z.string(),
        title: z.string(),
        slides: z.int(),
        decorations: z.int(),
        outputs: z.array(
          z.strictObject({
            kind: z.enum(['slides', 'handout', 'cheatsheet', 'archive']),
            file: z.string(),
            pages: z.int().positive().optional(),
            slides: z.strictObject({ shown: z.int(), skipped: z.int() }).optional(),
            ink: z.enum(['save', 'gray', 'save,gray']).optional(),
            bytes: z.int().positive(),
            sha256: z.hash('sha256'),
            key: z.hash('sha256'),
            status: z.literal('complete'),
          }),
        ),
        diagnostics: z.array(
          z.strictObject({
            code: z
              .enum(Object.keys(DIAGNOSTICS) as [string, ...string[]])
              .and(z.string().regex(/^[A-Z_]+$/)),
            severity: z.enum(['error', 'warning', 'info']),
            message: z.string().min(1),
            deck: z.string(),
            line: z.int().positive().optional(),
            slide: z.string().optional(),
            url: z.string().optional(),
            hint: z.string().optional(),
          }),
        ),
      }),
    ),
  });

  test('exits with 0', () => {
    expect(run.code).toBe(0);
  });

  test('writes the three kinds into folders like those of the decks', async () => {
    const files = await readdir(join(run.folder, 'output'), { recursive: true });
    expect(files.filter((file) => file.endsWith('.pdf')).sort()).toEqual([
      'one/one-handout.pdf',
      'one/one-slides.pdf',
      'warned/warned-handout.pdf',
      'warned/warned-slides.pdf',
      'week2/two/two-cheatsheet.pdf',
      'week2/two/two-handout.pdf',
      'week2/two/two-slides.pdf',
    ]);
  });

  test('leaves no other file but its report and its memory', async () => {
    const files = await readdir(join(run.folder, 'output'), { recursive: true, withFileTypes: true });
    const others = files.filter((one) => one.isFile() && !one.name.endsWith('.pdf'));
    expect(others.map(({ name }) => name).sort()).toEqual(['.deckhand.json', 'report.json']);
  });

  test('writes a report of the form that it promises', async () => {
    const report = await run.report();
    expect(reportSchema.parse(report)).toEqual(report);
  });

  test('writes a report that the published schema accepts', async () => {
    const report = await run.report();
    const published = z.fromJSONSchema(JSON.parse(await readFile('schemas/report.schema.json', 'utf8')));
    expect(() => published.parse(report)).not.toThrow();
  });

  test('reports the decks in order, with title and number of slides', async () => {
    const decks = (await run.report()).decks.map(({ path, title, slides }) => ({ path, title, slides }));
    expect(decks).toEqual([
      { path: 'decks/one.md', title: 'Number one', slides: 2 },
      { path: 'decks/warned.md', title: 'A', slides: 1 },
      { path: 'decks/week2/two.md', title: 'Two', slides: 1 },
    ]);
  });

  test('reports the size, hash and number of pages of each file as they are on disk', async () => {
    const outputs = (await run.report()).decks.flatMap(publishedOutputs);
    expect(outputs).toHaveLength(7);
    for (const output of outputs) {
      const bytes = await readFile(join(run.folder, 'output', output.file));
      expect(output).toMatchObject({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        pages: (await readPdf(bytes)).length,
      });
    }
  });

  test('passes over a readme', async () => {
    expect(run.stderr).not.toContain('README');
  });

  test('prints nothing on stdout', () => {
    expect(run.stdout).toBe('');
  });

  test('prints a line for each deck and a warning with its place on stderr', () => {
    expect(run.stderr).toContain('decks/one.md: 2 slides → slides 2 pages, handout 1 page');
    expect(run.stderr).toMatch(/^decks\/warned\.md:3: warning: slide 1: .* \[IMAGE_NOT_FOUND\]$/m);
  });

  test('prints no colours and moves no cursor where no terminal is', () => {
    expect(run.stderr).not.toContain('\u001b');
  });
});

describe('with options', () => {
  test('--only makes what it names', async () => {
    const { folder } = await deckhand(['--only', 'handout,cheatsheet', 'decks/week2/two.md']);
    expect((await readdir(join(folder, 'output/week2/two'))).sort()).toEqual([
      'two-cheatsheet.pdf',
      'two-handout.pdf',
    ]);
  });

  test('--json prints the report and nothing else on stdout', async () => {
    const run = await deckhand(['--json', '--only', 'slides']);
    expect(JSON.parse(run.stdout)).toEqual(await run.report());
    expect(run.stderr).toContain('decks/one.md');
  });

  test('--quiet prints nothing where there is no problem', async () => {
    const { stdout, stderr } = await deckhand(['--quiet', '--only', 'slides']);
    const aboutRoot = /^warning: the browser runs without its sandbox: .*\n$/;
    expect([stdout, stderr.replace(aboutRoot, '')]).toEqual(['', '']);
  });

  test('--quiet prints warnings', async () => {
    const { stderr } = await deckhand(['--quiet', '--only', 'slides'], WARNED);
    expect(stderr).toContain('[IMAGE_NOT_FOUND]');
    expect(stderr).not.toContain('building');
  });

  test('--verbose prints the stages and what is only good to know', async () => {
    const { stderr } = await deckhand(['--verbose', 'decks/one.md']);
    expect(stderr).toMatch(/decks\/one\.md: .*printing/);
    expect(stderr).toContain('[CHEATSHEET_EMPTY]');
  });

  test('--paper, --per-page and --size decide about paper and pages', async () => {
    const { folder } = await deckhand([
      '--paper',
      'a5',
      '--per-page',
      '1',
      '--size',
      '400x400',
      'decks/one.md',
    ]);
    const handout = await readPdf(await readFile(join(folder, 'output/one/one-handout.pdf')));
    expect(handout).toHaveLength(2);
    expect(Math.min(handout[0]?.widthPt ?? 0, handout[0]?.heightPt ?? 0)).toBeCloseTo(
      (148 * 72) / 25.4,
      -0.5,
    );
    const slides = await readPdf(await readFile(join(folder, 'output/one/one-slides.pdf')));
    expect(slides[0]?.widthPt).toBeCloseTo(300, -0.5);
  });

  test.each([
    ['error', 0],
    ['warning', 1],
    ['never', 0],
  ])('--fail-on %s exits with %i for a warning, and writes the files', async (severity, code) => {
    const run = await deckhand(['--fail-on', severity, '--only', 'slides'], WARNED);
    expect(run.code).toBe(code);
    expect((await run.report()).exitCode).toBe(code);
    expect(existsSync(join(run.folder, 'output/warned/warned-slides.pdf'))).toBe(true);
  });

  test('globs and files that name a deck twice build it once', async () => {
    const { report } = await deckhand(['--only=slides', 'decks/**/*.md', 'decks/one.md', './decks']);
    expect((await report()).decks.map(({ path }) => path)).toEqual(['decks/one.md', 'decks/week2/two.md']);
  });

  test('a deck whose name looks like a glob is found', async () => {
    const run = await deckhand(['--only=slides', 'decks/[a] (b) #1 50%.md'], {
      'package.json': '{}',
      'decks/[a] (b) #1 50%.md': '# Odd\n\n![p](<pic (1).svg>)\n',
      'decks/pic (1).svg':
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    });
    expect((await run.report()).decks[0]?.diagnostics).toEqual([]);
    expect(existsSync(join(run.folder, 'output/[a] (b) #1 50%/[a] (b) #1 50%-slides.pdf'))).toBe(true);
  });

  test('a deck outside the working directory is built into the output folder', async () => {
    const folder = await temporaryProject({ ...TWO_DECKS, 'work/package.json': '{}' });
    const { code } = await deckhandIn(join(folder, 'work'), ['--only=slides', '../decks/one.md']);
    expect(code).toBe(0);
    expect(existsSync(join(folder, 'work/output/one/one-slides.pdf'))).toBe(true);
  });
});

describe('outputs of a deck that no longer exists', () => {
  test('stay without --clean and go with it, and what the program did not make stays', async () => {
    const folder = await temporaryProject();
    const gone = join(folder, 'output/week2/two/two-slides.pdf');
    await deckhandIn(folder, ['--only=slides']);
    await rm(join(folder, 'decks/week2'), { recursive: true });
    await mkdir(join(folder, 'output/mine'));
    await deckhandIn(folder, ['--only=slides']);
    const withoutFlag = existsSync(gone);
    const cleaned = await deckhandIn(folder, ['--only=slides', '--clean']);
    expect([withoutFlag, existsSync(gone)]).toEqual([true, false]);
    expect(cleaned.stderr).toContain('removed week2/two/two-slides.pdf');
    expect((await readdir(join(folder, 'output'))).sort()).toEqual([
      '.deckhand.json',
      'mine',
      'one',
      'report.json',
    ]);
  });

  test('go without a build of every other deck being forgotten', async () => {
    const folder = await temporaryProject();
    await deckhandIn(folder, ['--only=slides']);
    await deckhandIn(folder, ['--only=slides', '--clean', 'decks/one.md']);
    expect(existsSync(join(folder, 'output/week2/two/two-slides.pdf'))).toBe(true);
  });
});

describe('remote images', () => {
  const deckWith = (url: string): Record<string, string> => ({
    'package.json': '{}',
    'decks/remote.md': `# Remote\n\n![far away](${url})\n`,
  });
  const unique = (): string => `deckhand-test-${process.pid}-${Math.random().toString(36).slice(2)}`;

  test('come from the mirror once, and then from the cache even with --offline', async () => {
    const server = await startFaultServer();
    onTestFinished(() => server.close());
    const path = `/${unique()}/picture.png`;
    const folder = await temporaryProject(deckWith(`https://pictures.example.org${path}`));
    const mirror = `--image-mirror=https://pictures.example.org=http://127.0.0.1:${server.port}`;
    const online = await deckhandIn(folder, ['--only=slides', mirror]);
    const offline = await deckhandIn(folder, ['--only=slides', mirror, '--offline']);
    expect([online.code, offline.code]).toEqual([0, 0]);
    expect(server.requests()).toEqual([path]);
    const [page] = await readPdf(await readFile(join(folder, 'output/remote/remote-slides.pdf')));
    expect(page?.pictures).toBe(1);
  });

  test('that were never fetched are a placeholder and a warning with --offline, and nothing is asked', async () => {
    const server = await startFaultServer();
    onTestFinished(() => server.close());
    const url = `https://pictures.example.org/${unique()}/picture.png`;
    const run = await deckhand(
      ['--only=slides', '--offline', `--image-mirror=https://pictures.example.org=${server.url('')}`],
      deckWith(url),
    );
    expect(run.code).toBe(0);
    expect((await run.report()).decks[0]?.diagnostics).toMatchObject([
      { code: 'IMAGE_OFFLINE', severity: 'warning', line: 3, slide: '1', url },
    ]);
    expect(server.requests()).toEqual([]);
    const [page] = await readPdf(await readFile(join(run.folder, 'output/remote/remote-slides.pdf')));
    expect(page?.text.replace(/\s/g, '')).toContain(url);
  });

  test('of a mirror that redirects to another address of this machine are refused', async () => {
    const [mirror, secret] = [await startFaultServer(), await startFaultServer()];
    onTestFinished(async () => {
      await mirror.close();
      await secret.close();
    });
    const run = await deckhand(
      ['--only=slides', `--image-mirror=https://pictures.example.org=${mirror.url('')}`],
      deckWith(`https://pictures.example.org/redirect?to=${encodeURIComponent(secret.url('/picture.png'))}`),
    );
    expect((await run.report()).decks[0]?.diagnostics).toMatchObject([{ code: 'IMAGE_FORBIDDEN_ADDRESS' }]);
    expect(secret.requests()).toEqual([]);
  });
});

test('an output folder made before keeps its files whole while a deck fails', async () => {
  const folder = await temporaryProject();
  await deckhandIn(folder, ['--only=slides', 'decks/one.md']);
  const before = await stat(join(folder, 'output/one/one-slides.pdf'));
  await writeFile(join(folder, 'decks/one.md'), '---\ntitle: [\n---\n\n# One\n');
  const { code } = await deckhandIn(folder, ['--only=slides', 'decks/one.md']);
  const after = await stat(join(folder, 'output/one/one-slides.pdf'));
  expect(code).toBe(1);
  expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
});
