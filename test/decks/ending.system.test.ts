import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build, type ProgressEvent, withSession } from '../../src/index.ts';
import { chromium } from '../support/chromium.ts';
import { courseBuiltNow, temporaryCourse } from '../support/course.ts';
import { killedWhile } from '../support/killed-while.ts';
import { script, temporaryFolder } from '../support/temporary.ts';

const FINE = '# Fine\n\n---\n\n## Second\n';
const LONG = Array.from({ length: 150 }, (_, i) => `## Slide ${i}\n\n- a\n- b`).join('\n\n---\n\n');

async function pdfsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => /\.(?:pdf|zip)$|report\.json$/.test(file)).sort();
}

describe('an error that ends the run', () => {
  test('ends the other decks, and nothing is written afterwards', async () => {
    const folder = await temporaryCourse({
      'bad.md': FINE,
      'long-1.md': LONG,
      'long-2.md': LONG,
      // Where a folder should be.
      'output/bad': 'a file',
    });
    const events: ProgressEvent[] = [];
    const building = build(
      { decks: ['bad.md', 'long-1.md', 'long-2.md'], only: ['slides'], jobs: 3 },
      { cwd: folder, onProgress: (event) => void events.push(event) },
    );
    await expect(building).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', exitCode: 3 });
    const files = await pdfsIn(join(folder, 'output'));
    expect(files).toEqual([]);
    const soFar = events.length;
    // Long enough for the others, had they gone on.
    await courseBuiltNow({ decks: 'long-1.md', only: ['slides'] }, { 'long-1.md': LONG });
    expect(await pdfsIn(join(folder, 'output'))).toEqual(files);
    expect(events).toHaveLength(soFar);
  });

  test('is an output folder that cannot be written, before a browser starts', async () => {
    const folder = await temporaryCourse({ 'a.md': FINE, output: 'a file' });
    const events: ProgressEvent[] = [];
    const building = build(
      { decks: 'a.md', browser: '/nowhere/chromium', cacheDir: 'cache' },
      { cwd: folder, onProgress: (event) => void events.push(event) },
    );
    await expect(building).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', exitCode: 3 });
    expect(events).toEqual([]);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('the browser', () => {
  // It ends when the last deck is captured, and what comes after must not start another one.
  test.each([
    { only: ['slides'], explain: 'inputs' },
    { only: ['handout', 'cheatsheet'], timings: true },
    { only: ['slides', 'archive'] },
  ] as const)('is started once for %j', async (config) => {
    const folder = await temporaryFolder();
    const { found } = await chromium();
    const variables = Object.entries(found.env).map(([name, value]) => `export ${name}="${value}"`);
    const body = `[ "$1" = --version ] || echo started >> ${folder}/starts
      ${variables.join('\n')}
      exec ${found.executablePath} "$@"`;
    const browser = await script(join(folder, 'headless-shell'), body);
    const cwd = await temporaryCourse({ 'a.md': FINE, 'b.md': FINE });
    await build({ ...config, decks: ['a.md', 'b.md'], browser }, { cwd });
    expect(await readFile(join(folder, 'starts'), 'utf8')).toBe('started\n');
  });
});

describe.runIf(process.platform === 'linux')('a deck that brings the browser down', () => {
  test('is built again after the others, alone, without affecting them', async () => {
    const decks = ['bad.md', 'one.md', 'two.md'];
    let isPrinting = false;
    const order: string[] = [];
    const course = await withSession({}, (session) =>
      courseBuiltNow(
        // Both from one print, so that both lose it.
        { decks, only: ['slides', 'handout'], ink: 'full', jobs: 3 },
        { 'bad.md': FINE, 'one.md': LONG, 'two.md': LONG },
        {
          session: killedWhile(() => {
            const isTime = isPrinting;
            isPrinting = false;
            return isTime;
          }, session),
          onProgress: (event) => {
            if (event.type === 'deck-finished' || event.type === 'deck-started')
              order.push(`${event.deck} ${event.type}`);
            if (!('deck' in event) || event.deck !== 'bad.md') return;
            isPrinting = event.type === 'stage-started' && event.stage === 'print';
          },
        },
      ),
    );
    expect(course.diagnostics('bad.md', 'BROWSER_CRASHED')).toHaveLength(2);
    for (const path of ['one.md', 'two.md']) {
      expect(course.deck(path).outputs.map(({ status }) => status)).toEqual(['complete', 'complete']);
      expect(course.diagnostics(path, 'BROWSER_CRASHED')).toEqual([]);
    }
    expect(order.filter((one) => one.endsWith('deck-started'))).toHaveLength(3);
    expect(order.filter((one) => one.endsWith('deck-finished'))).toHaveLength(3);
  });
});
