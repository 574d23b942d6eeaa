import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, publishedOutputs } from '../../src/index.ts';
import { type Cell, findCells } from '../support/cells.ts';
import { findBlemishes } from '../support/full-size.ts';
import { shareOfDifference, writePair } from '../support/live.ts';
import { readLayout } from '../support/pdf-layout.ts';
import { sharedPorts } from '../support/shared-browser.ts';
import { drawPages, drawParts } from '../support/viewer.ts';

const HARD = fileURLToPath(new URL('../fixtures/hard', import.meta.url));
/** The theme has it on every slide. */
const MARKER = 'Shore School';
const SIZE = { widthPx: 1120, heightPx: 700 };
const DENSITY = 2;
/** In CSS pixels of a slide: a handout draws a line around each cell, which may lie over its edge. */
const EDGE_PX = 2;

/** Of the slides and of the handout, cut out and drawn alike. */
interface Compared {
  readonly cells: readonly Cell[];
  readonly pages: readonly Uint8Array[];
  readonly parts: readonly Uint8Array[];
}

async function comparedHandout(folder: string): Promise<Compared> {
  await cp(HARD, folder, { recursive: true });
  const context = { cwd: folder, ...sharedPorts() };
  const report = await build(
    { decks: ['decks/hard.md'], only: ['slides', 'handout'], offline: true },
    context,
  );
  const made = report.decks.flatMap(publishedOutputs);
  const [slides, handout] = await Promise.all(
    ['slides', 'handout'].map((kind) =>
      readFile(join(folder, 'output', made.find((one) => one.kind === kind)?.file ?? '')),
    ),
  );
  if (!slides || !handout) throw new Error(JSON.stringify(report.decks));
  const [pages, sheets] = await Promise.all(
    [slides, handout].map((pdf) => readLayout(pdf, { colors: false })),
  );
  const cells = findCells(pages ?? [], sheets ?? [], MARKER);
  const drawn = { widthPx: SIZE.widthPx * DENSITY, heightPx: SIZE.heightPx * DENSITY };
  return {
    cells,
    pages: await drawPages(slides, [...cells.keys()], drawn),
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
    for (const { words } of compared.cells) expect(words.length).toBeGreaterThanOrEqual(3);
  });

  test('is drawn at more than 200 dpi, to be compared', () => {
    for (const { width } of compared.cells)
      expect((SIZE.widthPx * DENSITY) / (width / 96)).toBeGreaterThan(200);
  });

  test('shows what the page of its slide shows, to a hairline', async () => {
    const different: string[] = [];
    for (const [i, page] of compared.pages.entries()) {
      const part = compared.parts[i] as Uint8Array;
      const share = await shareOfDifference(page, part, SIZE);
      const blemishes = await findBlemishes(page, part, { ...SIZE, density: DENSITY, edgePx: EDGE_PX });
      if (share < 0.001 && blemishes.length === 0) continue;
      const drawn = { widthPx: SIZE.widthPx * DENSITY, heightPx: SIZE.heightPx * DENSITY };
      await writePair(join(folder, 'differences'), String(i + 1), page, part, drawn);
      different.push(`${i + 1}: ${(share * 100).toFixed(2)} % ${JSON.stringify(blemishes)}`);
    }
    expect(different).toEqual([]);
  });
});
