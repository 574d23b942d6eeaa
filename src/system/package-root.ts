import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether this is the source, and not the built program. */
export const isSource: boolean = import.meta.url.endsWith('.ts');

/** The folder of this package, whichever file of it runs. */
export const PACKAGE_ROOT: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** The folder of our files that are not code, such as stylesheets: in the source, or copied next to the built program. */
export function ownFolder(name: 'paper/styles' | 'themes'): string {
  return name === 'themes' ? join(PACKAGE_ROOT, name) : join(PACKAGE_ROOT, isSource ? 'src' : 'dist', name);
}

/** A program of ours that runs in a process of its own, by its path in `src/`, without the extension. */
export function ownProgram(path: string): string {
  return join(PACKAGE_ROOT, isSource ? `src/${path}.ts` : `dist/${path}.js`);
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The manifest of the package. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as Manifest;
}

function rootAbove(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, 'package.json')) || above === folder ? folder : rootAbove(above);
}
