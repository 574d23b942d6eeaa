import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globSync } from 'tinyglobby';

export interface Import {
  /** Below `src`, with `/`. */
  readonly path: string;
  /** Type-only imports do not exist at run time. */
  readonly isTypeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** All files of the program, sorted by path. */
export function sourceFiles(root: string): SourceFile[] {
  const source = join(root, 'src');
  const paths = globSync('**/*.ts', { cwd: source }).map((path) => path.replaceAll('\\', '/'));
  return paths
    .sort()
    .map((path) => ({ path, imports: importsOf(path, readFileSync(join(source, path), 'utf8')) }));
}

/** An import or export statement begins its line, and its list of names contains no semicolon. */
const STATIC = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'/gm;
/** Imports for side effects, and dynamic ones. */
const OTHERS = /^import\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'/gm;

/** The files of the program that a file imports. All imports have the form that the formatter gives them. */
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
