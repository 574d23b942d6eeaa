import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How code is bundled. Modules that are loaded by name at run time (sharp, the browser, resources of pages) are not bundled.
 */
export const bundleOptions: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'linked',
  external: ['sharp', '@puppeteer/browsers', '@sparticuz/chromium', 'chromium-bidi'],
  // The usual entry of css-tree reads files next to it.
  plugins: [
    {
      name: 'css-tree',
      setup: ({ onResolve, resolve }) =>
        onResolve({ filter: /^css-tree$/ }, ({ resolveDir, kind }) =>
          resolve('css-tree/dist/csstree.esm', { resolveDir, kind }),
        ),
    },
  ],
  // Some packages are CommonJS and require modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};
