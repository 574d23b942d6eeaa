import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deckhandProcessIn, temporaryProject } from '../support/project.ts';

const LOOPS = {
  'package.json': '{}',
  'decks/loops.md': '# Loops\n\n<img src="a.svg" alt="a" onload="for (;;);">\n',
  'decks/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
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
          if (!text.includes('laying out')) return;
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
});
