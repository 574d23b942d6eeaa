import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Packages that others import, and that a build does not use. yargs measures the width of help texts with the first, which is
 * evaluated then. This program talks to its browser through a pipe, and lets another process download one.
 */
const DEFERRED: Readonly<Record<string, string>> = {
  'string-width': "export default (...args) => require('string-width').default(...args);",
  ws: "export default class { constructor() { throw new Error('WebSockets are not used'); } }",
  'proxy-agent':
    "export class ProxyAgent { constructor() { throw new Error('nothing is downloaded here'); } }",
};

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
  external: ['sharp', '@sparticuz/chromium', 'chromium-bidi'],
  plugins: [
    {
      name: 'deferred',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /./, namespace: 'file' }, ({ path, kind, resolveDir }) => {
          if (!(path in DEFERRED) || kind !== 'import-statement') return undefined;
          return { path, namespace: 'deferred', pluginData: { resolveDir } };
        });
        onLoad({ filter: /./, namespace: 'deferred' }, ({ path, pluginData }) => ({
          contents: DEFERRED[path],
          resolveDir: pluginData.resolveDir,
        }));
      },
    },
    // The usual entry of css-tree reads files next to it.
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
