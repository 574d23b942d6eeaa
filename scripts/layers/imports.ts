import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globSync } from 'tinyglobby';

export interface Import {
  /** Below `src`, with `/`. */
  readonly path: string;
  /** Gone when the code runs. */
  readonly isTypeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** Of the program, in the order of their paths. */
export function sourceFiles(root: string): SourceFile[] {
  const source = join(root, 'src');
  const paths = globSync('**/*.ts', { cwd: source }).map((path) => path.replaceAll('\\', '/'));
  return paths
    .sort()
    .map((path) => ({ path, imports: importsOf(path, readFileSync(join(source, path), 'utf8')) }));
}

/** An import or export statement begins its line, and what it names has no semicolon. */
const STATIC = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'/gm;
/** For their effects, and at run time. */
const OTHERS = /^import\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'/gm;

/** The files of the program that a file imports. The formatter sees to it that they are all written in one way. */
export function importsOf(path: string, text: string): Import[] {
  const folder = posix.dirname(path);
  const at = (target: string): string => posix.join(folder, target);
  return [
    ...[...text.matchAll(STATIC)].map(([, type, target = '']) => ({
      path: at(target),
      isTypeOnly: type !== undefined,
    })),
    ...[...text.matchAll(OTHERS)].map(([, bare, dynamic]) => ({
      path: at(bare ?? dynamic ?? ''),
      isTypeOnly: false,
    })),
  ];
}
