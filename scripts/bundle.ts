// Creates dist/ except for its types: the command and the library in few files, because Node takes longer to find several
// hundred files than to run them.
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';
import { bundleOptions, root } from './bundle-options.ts';

const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await build({
  ...bundleOptions,
  // Including the programs of other processes and threads: see `ownProgram`.
  entryPoints: ['src/cli.ts', 'src/index.ts', ...globSync('src/**/*-{process,thread}.ts', { cwd: root })],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
});
cpSync(join(root, 'src/paper/styles'), join(dist, 'paper/styles'), { recursive: true });
chmodSync(join(dist, 'cli.js'), 0o755);
