/**
 * Compares a slides PDF to the live presentation of its deck, slide by slide.
 *
 *   npx tsx scripts/compare-live.ts DECK.md SLIDES.pdf [--full] [--out FOLDER] [--image-mirror FROM=TO]
 *
 * Prints for each slide the share of pixels that differ, and writes both images next to each other if it is over 1 %. Exits
 * with 1 if a slide that fits on the screen differs by more. With `--full` slides are also compared at full size: every
 * missing hairline and every slightly different color counts. Decks of vector graphics have no differences; photographs and
 * blurred shadows, which each viewer scales differently, do.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resolveSettings } from '../src/settings/settings.ts';
import { compareWithLive, FULL_SIZE_DENSITY, MOST_DIFFERENT } from '../test/support/truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean' },
    out: { type: 'string' },
    'image-mirror': { type: 'string', multiple: true },
  },
});
const [deck, pdf] = positionals;
if (!deck || !pdf) throw new Error('usage: compare-live.ts DECK.md SLIDES.pdf [--full] [--out FOLDER]');
const out = values.out ?? join(tmpdir(), 'deckhand-compared');
const mirrors = values['image-mirror'];
const settings = resolveSettings({ flags: mirrors ? { imageMirror: mirrors } : {}, env: process.env });
const slides = await compareWithLive(deck, pdf, settings, {}, out, values.full ? FULL_SIZE_DENSITY : 1);
let differing = 0;
for (const { place, isComparable, share, blemishes } of slides) {
  for (const { kind, left, top, width, height } of blemishes)
    console.log(`${place}: ${kind} of ${width} x ${height} px at ${left}, ${top}`);
  const isWrong = isComparable && (share > MOST_DIFFERENT || blemishes.length > 0);
  if (isWrong) differing += 1;
  if (isWrong || share > MOST_DIFFERENT)
    console.log(
      `${isWrong ? 'DIFFERS' : 'not comparable'} ${place}: ${(share * 100).toFixed(2)} % (${join(out, `${place}.png`)})`,
    );
}
const comparable = slides.filter((slide) => slide.isComparable);
const worst = Math.max(0, ...comparable.map(({ share }) => share));
console.log(
  `${slides.length} slides, ${comparable.length} fit the screen with all their pictures, ${differing} of these differ; the worst by ${(worst * 100).toFixed(2)} %`,
);
process.exitCode = differing > 0 ? 1 : 0;
