// tsc never deletes: without this, a file that has moved would still be importable from dist/. Nor does it copy styles.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
rmSync(dist, { recursive: true, force: true });
cpSync(new URL('../src/print/', import.meta.url), new URL('print/', dist), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});

// The compiler keeps the mode of a file that it writes anew.
mkdirSync(dist, { recursive: true });
writeFileSync(new URL('cli.js', dist), '', { mode: 0o755 });
