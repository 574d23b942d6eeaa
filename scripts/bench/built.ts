import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions, root } from '../bundle-options.ts';

/**
 * Loads a module of `src/` as it is in the package: bundled, with its programs in `dist/`, which `npm run build` creates.
 * From its source it would be slower than for users.
 *
 * @param file path in `src/`.
 */
export async function built<T>(file: string): Promise<T> {
  const folder = await mkdtemp(join(root, 'dist', 'bench-'));
  const outfile = join(folder, 'module.js');
  await build({ ...bundleOptions, entryPoints: [join('src', file)], outfile });
  return (await import(pathToFileURL(outfile).href)) as T;
}
