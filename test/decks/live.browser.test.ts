import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, publishedOutputs } from '../../src/index.ts';
import { resolveSettings } from '../../src/settings/settings.ts';
import { HARD_DENSITY, hardDeck } from '../support/hard-deck.ts';
import { sharedPorts } from '../support/shared-browser.ts';
import { type ComparedSlide, compareWithLive, MOST_DIFFERENT } from '../support/truth.ts';

const EXAMPLES = fileURLToPath(new URL('../../decks', import.meta.url));

const settings = resolveSettings({ flags: { offline: true }, env: {} });

const differing = (slides: readonly ComparedSlide[]): string[] =>
  slides
    .filter(({ isComparable, share }) => isComparable && share > MOST_DIFFERENT)
    .map(({ place, share }) => `${place}: ${(share * 100).toFixed(2)} %`);

/** Chromium prints a repeated background as one bitmap, whatever it is made of. */
const BITMAPS = ['12'];

const blemished = (slides: readonly ComparedSlide[]): string[] =>
  slides
    .filter(({ place, blemishes }) => blemishes.length > 0 && !BITMAPS.includes(place))
    .map(({ place, blemishes }) => `${place}: ${JSON.stringify(blemishes)}`);

describe('each slide that fits on the screen looks on paper as it was presented', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deckhand-live-'));
  });

  test('in a deck whose theme uses everything around its slides', async () => {
    const project = join(folder, 'hard');
    const { slidesFile, drawnPages } = await hardDeck(project);
    const slides = await compareWithLive(
      join(project, 'decks/hard.md'),
      slidesFile,
      settings,
      { cwd: project, ...sharedPorts() },
      join(project, 'differences'),
      HARD_DENSITY,
      drawnPages,
    );
    expect(slides.filter(({ isComparable }) => isComparable).length).toBeGreaterThanOrEqual(35);
    expect(differing(slides)).toEqual([]);
    expect(blemished(slides)).toEqual([]);
  });

  test('in the example decks', async () => {
    const project = join(folder, 'examples');
    await mkdir(project);
    await cp(join(EXAMPLES, '..', 'static'), join(project, 'static'), { recursive: true });
    await cp(EXAMPLES, join(project, 'decks'), { recursive: true });
    await cp(join(EXAMPLES, '..', 'package.json'), join(project, 'package.json'));
    const deck = 'decks/containers.md';
    const context = { cwd: project, ...sharedPorts() };
    const report = await build({ decks: [deck], only: ['slides'], output: 'output', offline: true }, context);
    const [made] = report.decks.flatMap(publishedOutputs);
    if (!made) throw new Error(JSON.stringify(report.decks));
    const pdf = join(project, 'output', made.file);
    const slides = await compareWithLive(
      join(project, deck),
      pdf,
      settings,
      context,
      join(project, 'differences'),
    );
    expect(differing(slides)).toEqual([]);
  });
});
