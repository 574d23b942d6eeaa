import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';
import { volume } from '../support/volume.ts';

const SLIDES = Array.from({ length: 30 }, (_, i) => `## Slide ${i}`).join('\n\n---\n\n');
const LOOPS = {
  'package.json': '{}',
  // The parser of Markdown is at it for minutes, in the page.
  'decks/loops.md': '*a **a '.repeat(30_000),
};

describe.runIf(process.platform === 'linux')('a build that is interrupted', () => {
  /** Command lines of running programs that mention a folder. */
  function processesNaming(folder: string): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      })
      .filter((line) => line.includes(folder));
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'by %s exits with %i and leaves no browser, no profile and no output',
    async (signal, expected) => {
      const folder = await temporaryProject(LOOPS);
      const temporary = join(folder, 'temporary');
      await mkdir(temporary);
      let browsers = 0;
      const { code, stderr } = await deckhandProcessIn(folder, ['--verbose'], {
        env: { TMPDIR: temporary },
        onStderr: (text, child) => {
          if (!text.includes('presenting slides')) return;
          // The stage begins while the browser starts: wait until it is there.
          const timer = setInterval(() => {
            browsers = processesNaming(temporary).length;
            if (browsers === 0) return;
            clearInterval(timer);
            child.kill(signal);
          }, 20);
        },
      });
      expect(browsers).toBeGreaterThan(0);
      expect(code).toBe(expected);
      expect(processesNaming(temporary)).toEqual([]);
      expect(await readdir(temporary)).toEqual([]);
      expect(stderr).not.toMatch(/bug in Deckhand|^\s+at /m);
      expect((await readdir(join(folder, 'output'))).filter((name) => name.endsWith('.pdf'))).toEqual([]);
    },
  );

  test('twice exits at once', async () => {
    const folder = await temporaryProject(LOOPS);
    const { code, signal } = await deckhandProcessIn(folder, ['--verbose'], {
      onStderr: (text, child) => {
        if (!text.includes('presenting slides')) return;
        child.kill('SIGINT');
        child.kill('SIGINT');
      },
    });
    // Two that come at the same time may be one to the system.
    expect([code, signal]).toEqual([130, null]);
  });

  test('at any moment prints nothing about it, and leaves no files', async () => {
    const times = volume(2, 40);
    for (let i = 0; i < times; i++) {
      const folder = await temporaryProject({
        'package.json': '{}',
        'decks/a.md': SLIDES,
        'decks/b.md': SLIDES,
      });
      const temporary = join(folder, 'temporary');
      await mkdir(temporary);
      const { code, signal, stderr } = await deckhandProcessIn(
        folder,
        ['--verbose', '--only', 'slides,handout'],
        {
          env: { TMPDIR: temporary },
          onStart: (child) => void setTimeout(() => child.kill('SIGINT'), (4_000 * (i + 1)) / times),
        },
      );
      // Before a line of it is read, the system ends it.
      expect([0, 130, 'SIGINT']).toContain(code ?? signal);
      expect(stderr).not.toMatch(/bug in Deckhand|^\s+at |Unhandled/m);
      expect(processesNaming(temporary)).toEqual([]);
      expect(await readdir(temporary)).toEqual([]);
      const output = await readdir(join(folder, 'output'), { recursive: true }).catch(() => []);
      expect(output.filter((name) => /\.deckhand-\d/.test(name))).toEqual([]);
    }
  });
});
