import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the scratch folder of the run. */
export const SCRATCH_VARIABLE = 'TEST_SCRATCH';

/**
 * Gives a test run a folder for all its temporary files, those of its browsers included, and removes it at the end.
 * Workers and what they start find it as the system's folder for such.
 */
export function setup(): () => void {
  const before = process.env.TMPDIR;
  // A short name: Chromium makes a socket some folders further down, whose path may have 107 bytes.
  const scratch = mkdtempSync(join(tmpdir(), 'dt-'));
  process.env.TMPDIR = scratch;
  process.env[SCRATCH_VARIABLE] = scratch;
  return () => {
    delete process.env[SCRATCH_VARIABLE];
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // A browser that was told to end a moment ago may still write.
    rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
