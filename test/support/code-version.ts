import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

/** All that decides what a build of given files is like. */
const CODE = ['src/**', 'themes/**', 'package.json', 'package-lock.json'];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let version: string | undefined;

/** A hash of the program. It is taken once in each process: a run of tests, also one in watch mode, has new ones. */
export function codeVersion(): string {
  if (version === undefined) {
    const hash = createHash('sha256');
    for (const file of globSync(CODE, { cwd: ROOT, absolute: true }).sort()) {
      hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
    }
    version = hash.digest('hex');
  }
  return version;
}
