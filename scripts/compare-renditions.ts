/**
 * Compares the slides PDF with renditions to the one with original images: how much smaller it is, and whether readers could
 * see a difference on paper (structural similarity of every page at 200 pixels per inch).
 *
 *   npx tsx scripts/compare-renditions.ts DECK.md [--mirror FROM=TO] [--max-size 0.42] [--min-ssim 0.98]
 *
 * Exits with 1 if the file is larger than --max-size of the other one, or a page is less similar than --min-ssim.
 *
 * @see Wang et al., Image quality assessment: from error visibility to structural similarity, IEEE TIP 13(4), 2004
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ssim } from 'ssim.js';
import { readPdf } from '../test/support/pdf.ts';
import { rasterise } from '../test/support/raster.ts';

const PPI = 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mirror: { type: 'string' },
    'max-size': { type: 'string', default: '0.42' },
    'min-ssim': { type: 'string', default: '0.98' },
  },
});
const [deck] = positionals;
if (!deck) throw new Error('usage: tsx scripts/compare-renditions.ts DECK.md');
const cli = resolve(import.meta.dirname, '../dist/cli.js');
const work = await mkdtemp(join(tmpdir(), 'deckhand-compare-'));

async function slidesWith(mode: 'print' | 'original'): Promise<Buffer> {
  const output = join(work, mode);
  const mirror = values.mirror ? ['--image-mirror', values.mirror] : [];
  const args = [cli, 'build', resolve(String(deck)), '--only', 'slides', '--images', mode, '-o', output];
  const { status } = spawnSync(process.execPath, [...args, '--quiet', ...mirror], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`the build with --images ${mode} ended with ${status}`);
  const files = (await readdir(output, { recursive: true })).filter((name) => name.endsWith('-slides.pdf'));
  return readFile(join(output, String(files[0])));
}

try {
  const [fit, original] = [await slidesWith('print'), await slidesWith('original')];
  const pages = (await readPdf(original)).length;
  const alike: number[] = [];
  console.log('| page | SSIM |\n|---:|---:|');
  for (let page = 1; page <= pages; page++) {
    const [a, b] = [await rasterise(fit, page, PPI), await rasterise(original, page, PPI)];
    alike.push(ssim(a, b, { downsample: false }).mssim);
    console.log(`| ${page} | ${alike.at(-1)?.toFixed(4)} |`);
  }
  const [ratio, worst] = [fit.length / original.length, Math.min(...alike)];
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
  console.log(
    `\n${megabytes(fit.length)} MB instead of ${megabytes(original.length)} MB: ${ratio.toFixed(3)}`,
  );
  console.log(`least alike: page ${alike.indexOf(worst) + 1}, ${worst.toFixed(4)}`);
  process.exitCode = ratio <= Number(values['max-size']) && worst >= Number(values['min-ssim']) ? 0 : 1;
} finally {
  await rm(work, { recursive: true, force: true });
}
