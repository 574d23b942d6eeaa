import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { PDFDocument } from 'pdf-lib';
import { withBrowserSession } from '../src/browser/session.ts';
import { capturePrint } from '../src/pipeline/capture.ts';
import { createImageSource } from '../src/images/source.ts';
import { localizePictures } from '../src/pipeline/localize.ts';
import { measureDeck } from '../src/pipeline/measure.ts';
import { handout } from '../src/pipeline/outputs/handout.ts';
import { slides } from '../src/pipeline/outputs/slides.ts';
import { readDeck } from '../src/pipeline/read.ts';
import { renderSite } from '../src/pipeline/render.ts';
import { chromium } from '../test/support/chromium.ts';
const file = process.argv[2]!;
const css = process.argv[3] ?? '';
const N = Number(process.argv[4] ?? 40);
const { value: deck } = await readDeck({ path: 'x', file, outputName: 'deck' }, {});
const render = { fragments: 'final', timeoutMs: 60000 } as const;
const none = { get: async () => undefined, put: async () => undefined };
const pics = localizePictures(deck, createImageSource({ userAgent: 't', offline: true, concurrency: 1 }, none as never));
await withBrowserSession(chromium, async (session) => {
  const layout = await session.withPage((page) => measureDeck(deck, renderSite(deck, render), render, pics, page));
  for (const output of [handout, slides]) {
    const plan = output.plan(layout, { paper: 'a4', perPage: 6 })!;
    const p2 = { ...plan, html: plan.html.replace('</head>', `<style>${css}</style></head>`) };
    const limit = pLimit(4);
    const counts = new Map<string, number>();
    await Promise.all(Array.from({ length: N }, () => limit(async () => {
      const { pdf } = await session.withPage((page) => capturePrint(deck, p2 as never, render, new Map(), page));
      const d = await PDFDocument.load(pdf, { updateMetadata: false });
      const s = [...d.context.enumerateIndirectObjects()].map(([, o]) => String(o)).filter((o) => o.includes('/StructElem')).map((o) => /\/S \/(\w+)/.exec(o)?.[1]).join(' ');
      const h = createHash('sha256').update(s).digest('hex').slice(0, 8) + ' ' + s.split(' ').length;
      counts.set(h, (counts.get(h) ?? 0) + 1);
    })));
    console.log(output.kind, [...counts].map(([h, n]) => `${h}×${n}`).join('  '));
  }
});
