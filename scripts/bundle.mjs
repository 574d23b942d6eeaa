// Makes dist/ but for its types: the command and the library in few files, since Node takes longer to find several hundred of them than to run
// them. What is loaded by name at run time (sharp, the browser, what pages load) stays where it is installed.
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [
    'src/cli.ts',
    'src/index.ts',
    'src/images/decoder-process.ts',
    'src/pipeline/assemble/assemble-thread.ts',
  ],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'linked',
  external: ['sharp', '@puppeteer/browsers', '@sparticuz/chromium', 'chromium-bidi'],
  // As it is, it reads files that lie beside it.
  plugins: [
    {
      name: 'css-tree',
      setup: ({ onResolve, resolve }) =>
        onResolve({ filter: /^css-tree$/ }, ({ resolveDir, kind }) =>
          resolve('css-tree/dist/csstree.esm', { resolveDir, kind }),
        ),
    },
  ],
  // Some packages are CommonJS and ask for modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
cpSync(join(root, 'src/print'), join(dist, 'print'), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});
chmodSync(join(dist, 'cli.js'), 0o755);
