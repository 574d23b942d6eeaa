/**
 * Prints a deck's slides and finishes the file, some times over, and gives the medians as JSON.
 *
 *   node scripts/bench/finish.mjs DECK RUNS
 *
 * A process of its own, on the built code: what runs inside the page must not be transformed on the way.
 */
import { assembleArtifact } from '../../dist/pipeline/assemble.js';
import { capturePrint } from '../../dist/pipeline/capture.js';
import { localizeDeck } from '../../dist/pipeline/localize.js';
import { measureDeck } from '../../dist/pipeline/measure.js';
import { slides } from '../../dist/pipeline/outputs/slides.js';
import { projectLock } from '../../dist/pipeline/project-lock.js';
import { readDeck } from '../../dist/pipeline/read.js';
import { renderSite } from '../../dist/pipeline/render.js';
import { serveFile } from '../../dist/pipeline/serve.js';
import { withRunPorts } from '../../dist/ports.js';
import { resolveSettings } from '../../dist/settings.js';

const [file, runs] = process.argv.slice(2);
const settings = resolveSettings({ flags: {}, env: {} });
const wait = { timeoutMs: 600_000 };

await withRunPorts(settings, {}, async (ports) => {
  const source = { file, path: file, outputName: 'long' };
  const { value: deck } = await readDeck(source, { sourceDateEpoch: 0 });
  const resources = localizeDeck(deck, ports.images, await projectLock(deck));
  const options = { fragments: 'final', ...wait };
  const layout = await ports.session.withPage((page) =>
    measureDeck(deck, renderSite(deck, options), options, resources, page),
  );
  const plan = await slides.plan(layout, settings);
  const serve = (request) => serveFile(request, deck, resources);
  const printed = [];
  const finished = [];
  let heldMb = 0;
  for (let run = 0; run < Number(runs); run++) {
    const [print, printMs] = await timed(() =>
      ports.session.withPage((page) => capturePrint(deck, plan, wait, serve, page)),
    );
    const before = process.memoryUsage().rss;
    const [{ diagnostics }, finishMs] = await timed(() =>
      assembleArtifact(deck, slides, layout, print, {
        producer: 'bench',
        key: '0'.repeat(64),
        pdfa: '2a',
        attachments: [],
      }),
    );
    if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
    heldMb = Math.max(heldMb, (process.memoryUsage().rss - before) / 2 ** 20);
    printed.push(printMs);
    finished.push(finishMs);
  }
  console.log(JSON.stringify({ printMs: median(printed), finishMs: median(finished), heldMb }));
});

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
