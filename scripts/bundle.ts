// Makes dist/ but for its types: the command and the library in few files, since Node takes longer to find several hundred of
// them than to run them.
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, root } from './bundle-options.ts';

const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  ...bundleOptions,
  entryPoints: [
    'src/cli.ts',
    'src/index.ts',
    // Programs of other processes and threads: see `ownProgram`.
    'src/images/decoder-process.ts',
    'src/pipeline/assemble/assemble-thread.ts',
  ],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
});
cpSync(join(root, 'src/print'), join(dist, 'print'), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});
chmodSync(join(dist, 'cli.js'), 0o755);
