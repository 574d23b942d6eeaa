import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Cell, findCells } from '../support/cells.ts';
import { findBlemishes } from '../support/full-size.ts';
import { HARD_DENSITY, HARD_SIZE, hardDeck } from '../support/hard-deck.ts';
import { shareOfDifference, writePair } from '../support/live.ts';
import { readLayout } from '../support/pdf-layout.ts';
import { drawParts } from '../support/viewer.ts';

/** The theme has it on every slide. */
const MARKER = 'Shore School';
/** In CSS pixels of a slide: a handout draws a line around each cell, which may lie over its edge. */
const EDGE_PX = 2;

/** Of the slides and of the handout, cut out and drawn alike. */
interface Compared {
  readonly cells: readonly Cell[];
  readonly pages: readonly Uint8Array[];
  readonly parts: readonly Uint8Array[];
}

async function comparedHandout(folder: string): Promise<Compared> {
  const { slidesFile, handoutFile, drawnPages } = await hardDeck(folder);
  const [slides, handout] = await Promise.all([slidesFile, handoutFile].map((file) => readFile(file)));
  if (!slides || !handout) throw new Error('the deck has no handout');
  const [pages, sheets] = await Promise.all(
    [slides, handout].map((pdf) => readLayout(pdf, { colors: false })),
  );
  const cells = findCells(pages ?? [], sheets ?? [], MARKER);
  const drawn = { widthPx: HARD_SIZE.widthPx * HARD_DENSITY, heightPx: HARD_SIZE.heightPx * HARD_DENSITY };
  return {
    cells,
    pages: drawnPages,
    parts: await drawParts(handout, cells, drawn),
  };
}

describe('each cell of a handout', () => {
  let compared: Compared;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deckhand-cells-'));
    compared = await comparedHandout(join(folder, 'hard'));
  });

  test('has the words of its slide where the slide has them', () => {
    expect(compared.cells.length).toBeGreaterThanOrEqual(35);
    expect(compared.pages.length).toBe(compared.cells.length);
    for (const { words } of compared.cells) expect(words.length).toBeGreaterThanOrEqual(3);
  });

  test('is drawn at more than 200 dpi, to be compared', () => {
    for (const { width } of compared.cells)
      expect((HARD_SIZE.widthPx * HARD_DENSITY) / (width / 96)).toBeGreaterThan(200);
  });

  test('shows what the page of its slide shows, to a hairline', async () => {
    const different: string[] = [];
    for (const [i, page] of compared.pages.entries()) {
      const part = compared.parts[i] as Uint8Array;
      const share = await shareOfDifference(page, part, HARD_SIZE);
      const blemishes = await findBlemishes(page, part, {
        ...HARD_SIZE,
        density: HARD_DENSITY,
        edgePx: EDGE_PX,
      });
      if (share < 0.001 && blemishes.length === 0) continue;
      const drawn = {
        widthPx: HARD_SIZE.widthPx * HARD_DENSITY,
        heightPx: HARD_SIZE.heightPx * HARD_DENSITY,
      };
      await writePair(join(folder, 'differences'), String(i + 1), page, part, drawn);
      different.push(`${i + 1}: ${(share * 100).toFixed(2)} % ${JSON.stringify(blemishes)}`);
    }
    expect(different).toEqual([]);
  });
});
