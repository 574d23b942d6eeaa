/**
 * Prints a deck's slides and finishes the file, some times over, and gives the medians as JSON. A process of its own, so
 * that its memory is, too.
 *
 *   npx tsx scripts/bench/finish.ts DECK RUNS
 */
import type { OutputOptions } from '../../src/pipeline/outputs/output.ts';
import { built } from './built.ts';

const { assembleArtifacts } =
  await built<typeof import('../../src/pipeline/assemble.ts')>('pipeline/assemble.ts');
const { captureFrames } = await built<typeof import('../../src/pipeline/capture/capture-frames.ts')>(
  'pipeline/capture/capture-frames.ts',
);
const { planFrames } = await built<typeof import('../../src/pipeline/capture/plan-frames.ts')>(
  'pipeline/capture/plan-frames.ts',
);
const { resolveAlone } =
  await built<typeof import('../../src/pipeline/deck-links.ts')>('pipeline/deck-links.ts');
const { measureFor } = await built<typeof import('../../src/pipeline/layouts.ts')>('pipeline/layouts.ts');
const { localizeDeck } = await built<typeof import('../../src/pipeline/localize.ts')>('pipeline/localize.ts');
const { serveDocuments } =
  await built<typeof import('../../src/pipeline/make-output.ts')>('pipeline/make-output.ts');
const { slides } = await built<typeof import('../../src/pipeline/outputs/slides.ts')>(
  'pipeline/outputs/slides.ts',
);
const { projectLock } =
  await built<typeof import('../../src/pipeline/project-lock.ts')>('pipeline/project-lock.ts');
const { readDeck } = await built<typeof import('../../src/pipeline/read.ts')>('pipeline/read.ts');
const { withRunPorts } = await built<typeof import('../../src/ports.ts')>('ports.ts');
const { resolveSettings } = await built<typeof import('../../src/settings.ts')>('settings.ts');

const [file = '', runs = '1'] = process.argv.slice(2);
const settings = resolveSettings({ flags: { only: ['slides'] }, env: {} });
const wait = { timeoutMs: 600_000 };

await withRunPorts(settings, {}, async ({ images, session }) => {
  const source = { file, path: file, outputName: 'long' };
  const { value: deck } = await readDeck(source, { sourceDateEpoch: 0 });
  const resources = localizeDeck(deck, images, await projectLock(deck));
  const layouts = await measureFor([slides], deck, resources, settings, {
    session,
    resolveLinks: resolveAlone,
    whileMeasuring: () => undefined,
  });
  const [layout] = layouts.values();
  const frames = planFrames(deck, layouts, settings, ['slides']).get(slides);
  // The plan of slides follows none of the options, and sets no text.
  const plan =
    layout && (await slides.plan(layout, {} as OutputOptions, { evaluate: () => Promise.reject() }));
  if (!layout || !frames || !plan) throw new Error('the deck has no slides');
  const served = { serve: serveDocuments(deck, layout, resources), pictures: undefined };
  const printed: number[] = [];
  const finished: number[] = [];
  let heldMb = 0;
  for (let run = 0; run < Number(runs); run++) {
    const [print, printMs] = await timed(() =>
      session.withPage((page) => captureFrames(deck, frames, wait, served, page)),
    );
    const before = process.memoryUsage().rss;
    const [{ diagnostics }, finishMs] = await timed(() =>
      assembleArtifacts(
        deck,
        slides,
        layout,
        { plan, frames: print },
        { producer: 'bench', key: '0'.repeat(64), pdfa: '2a', attachments: [] },
      ),
    );
    if (diagnostics[0]) throw new Error(diagnostics[0].message);
    heldMb = Math.max(heldMb, (process.memoryUsage().rss - before) / 2 ** 20);
    printed.push(printMs);
    finished.push(finishMs);
  }
  console.log(JSON.stringify({ printMs: median(printed), finishMs: median(finished), heldMb }));
});

async function timed<T>(work: () => Promise<T>): Promise<[result: T, ms: number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
