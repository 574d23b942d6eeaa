import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const DIST = resolve(import.meta.dirname, '../../dist');

/**
 * Loads a module of the built program: what is measured must not be compiled on the way.
 *
 * @param path of its source, below `src`.
 * @typeParam T the type of its source, so that the compiler finds what a change leaves behind here.
 */
export function built<T>(path: string, dist = DIST): Promise<T> {
  return import(pathToFileURL(join(dist, path.replace(/\.ts$/, '.js'))).href) as Promise<T>;
}
