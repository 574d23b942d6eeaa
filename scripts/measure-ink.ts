/**
 * Measures how much ink a handout takes with each --ink: the share of its pixels that are not white.
 *
 *   npm run build && npx tsx scripts/measure-ink.ts [DECK.md] [--max 0.1]
 *
 * Without a deck it uses a dark one of its own, without photographs. Exits with 1 if `save` takes more than --max of what
 * `full` takes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readPdf } from '../test/support/pdf.ts';
import { rasterise } from '../test/support/raster.ts';

const DARK = `---
theme: black
highlightTheme: monokai
---

# In the dark

- a list
- with **bold** words

---

## Code

\`\`\`js
for (const lamp of lamps) lamp.on();
\`\`\`

---

## A table

| lamp | state |
|---|---|
| port | on |
| starboard | off |
`;
const PPI = 72;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { max: { type: 'string', default: '0.1' } },
});
const folder = await mkdtemp(join(tmpdir(), 'deckhand-ink-'));
await writeFile(join(folder, 'dark.md'), DARK);
const deck = resolve(positionals[0] ?? join(folder, 'dark.md'));
const shares: Record<string, number> = {};
for (const ink of ['full', 'save', 'gray']) {
  shares[ink] = await inkedShare(ink);
  console.log(`${ink.padEnd(6)} ${((shares[ink] ?? 0) * 100).toFixed(2)} % of the paper is not white`);
}
await rm(folder, { recursive: true });
const ratio = (shares.save ?? 0) / (shares.full ?? 1);
console.log(`save takes ${ratio.toFixed(3)} of full, at most ${values.max}`);
process.exitCode = ratio <= Number(values.max) ? 0 : 1;

async function inkedShare(ink: string): Promise<number> {
  const output = join(folder, ink);
  const cli = resolve(import.meta.dirname, '../dist/cli.js');
  const args = [cli, 'build', deck, '--only', 'handout', '--ink', ink, '-o', output, '--quiet'];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`the build with --ink ${ink} ended with ${status}`);
  const files = await readdir(output, { recursive: true });
  const pdf = await readFile(join(output, files.find((file) => file.endsWith('.pdf')) ?? ''));
  const pages = (await readPdf(pdf)).length;
  let [inked, all] = [0, 0];
  for (let page = 1; page <= pages; page++) {
    const { data } = await rasterise(pdf, page, PPI);
    for (let i = 0; i < data.length; i += 4) {
      if (Math.min(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) < 250) inked++;
      all++;
    }
  }
  return inked / all;
}
