/**
 * Holds a slides PDF against the live presentation of its deck, slide by slide.
 *
 *   npx tsx scripts/compare-live.ts DECK.md SLIDES.pdf [--out FOLDER] [--image-mirror FROM=TO]
 *
 * Prints for each slide the share of pixels that differ, and writes the two pictures side by side where it is over 1 %.
 * Exits with 1 where a slide that fits on the screen differs by more.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resolveSettings } from '../src/settings.ts';
import { compareWithLive, MOST_DIFFERENT } from '../test/support/truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, 'image-mirror': { type: 'string', multiple: true } },
});
const [deck, pdf] = positionals;
if (!deck || !pdf) throw new Error('usage: compare-live.ts DECK.md SLIDES.pdf [--out FOLDER]');
const out = values.out ?? join(tmpdir(), 'deckhand-compared');
const mirrors = values['image-mirror'];
const settings = resolveSettings({ flags: mirrors ? { imageMirror: mirrors } : {}, env: process.env });
const slides = await compareWithLive(deck, pdf, settings, {}, out);
let differing = 0;
for (const { place, isComparable, share } of slides) {
  const isWrong = isComparable && share > MOST_DIFFERENT;
  if (isWrong) differing += 1;
  if (share > MOST_DIFFERENT)
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
