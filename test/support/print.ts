import { basename } from 'node:path';
import type { Serve } from '../../src/browser/gateway.ts';
import type { PageSource } from '../../src/browser/session.ts';
import { createDecoder } from '../../src/images/decoder/decoder.ts';
import { imageLock } from '../../src/images/lock.ts';
import { DEFAULT_LIMITS } from '../../src/images/model/limits.ts';
import { createImageSource } from '../../src/images/source.ts';
import type { Deck, Layout, Print, PrintedFrames, PrintPlan } from '../../src/model/model.ts';
import { openPrint } from '../../src/pipeline/assemble/open-print.ts';
import { capturePrint, type Served, typesetterFor } from '../../src/pipeline/capture/capture.ts';
import { captureFrames } from '../../src/pipeline/capture/capture-frames.ts';
import { planFrames } from '../../src/pipeline/capture/plan-frames.ts';
import type { Output, OutputOptions } from '../../src/pipeline/contract/output.ts';
import { inputOf } from '../../src/pipeline/inputs/index.ts';
import { resolveAlone } from '../../src/pipeline/links/deck-links.ts';
import { localizeDeck } from '../../src/pipeline/localize/localize.ts';
import { serveFile } from '../../src/pipeline/localize/serve.ts';
import { optimizePictures, type Pictures } from '../../src/pipeline/optimize/optimize.ts';
import { measureDeck } from '../../src/pipeline/present/measure.ts';
import { readDeck } from '../../src/pipeline/read/read-deck.ts';
import { NO_CACHE } from './no-cache.ts';
import { outputOptions } from './sample.ts';
import { sharedDecoders, sharedSession } from './shared-browser.ts';

/** A deck that went through the pipeline as far as its layout. */
export interface PrintedDeck {
  readonly deck: Deck;
  readonly layout: Layout;
  readonly options: OutputOptions;
  /** Prints one output; without pictures, as a browser does that loses them. */
  print(output: Output<PrintPlan>, withPictures: boolean): Promise<Print>;
  /** The same layout, for outputs with other options: it depends on none of them. */
  withOptions(changes: Partial<OutputOptions>): PrintedDeck;
}

const RENDER = { fragments: 'final', minScale: 0.5, timeoutMs: 60_000 } as const;
const SOURCE = { userAgent: 'test', offline: true };

export async function printDeck(file: string, changes: Partial<OutputOptions> = {}): Promise<PrintedDeck> {
  const { value: deck } = await readDeck({ path: basename(file), file, outputName: 'deck' }, {});
  const decoder = createDecoder({ limits: DEFAULT_LIMITS, pool: sharedDecoders() });
  const source = createImageSource(SOURCE, NO_CACHE, decoder);
  const resources = localizeDeck(deck, source, imageLock(deck.root, []));
  const site = await inputOf(deck.source).open(deck, RENDER);
  const { layout } = await sharedSession().sharePages(1, ({ withPage }) =>
    withPage((page) => measureDeck(deck, site, RENDER, resources, resolveAlone, page)),
  );
  const { images } = await resources.all();
  const fit = { density: 220, mode: 'print', printScale: 1 } as const;
  const pictures = optimizePictures(deck, [layout], images, fit, decoder);
  await pictures.all();
  await decoder.close();
  return printedDeck({ deck, layout, pictures, frames: new Map() }, outputOptions(changes));
}

/** What the browser printed for a plan, put together, before anything else is done to it. */
export async function putTogether(print: Print): Promise<Uint8Array> {
  return (await openPrint(print)).document.save();
}

interface Measured {
  readonly deck: Deck;
  readonly layout: Layout;
  readonly pictures: Pictures;
  /** Prints of slides, which all options have in common. */
  readonly frames: Map<string, Promise<PrintedFrames>>;
}

function printedDeck(measured: Measured, options: OutputOptions): PrintedDeck {
  const { deck, layout, pictures, frames } = measured;
  const prints = new Map<string, Promise<Print>>();
  const withPage: PageSource['withPage'] = (use) =>
    sharedSession().sharePages(1, (pages) => pages.withPage(use));
  const session: PageSource = { ...sharedSession(), withPage };
  const serve: Serve = async (request) => layout.fonts.get(request.url) ?? serveFile(request, deck);
  const serving = (withPictures: boolean): Served => ({
    serve,
    pictures: withPictures ? pictures : undefined,
  });
  const framesFor = (output: Output, withPictures: boolean): Promise<PrintedFrames> | undefined => {
    const plan = planFrames(deck, new Map([[output, layout]]), { ...options, ink: 'full' }, [
      output.kind,
    ]).get(output);
    if (!plan) return undefined;
    const key = `${withPictures} ${plan.html}`;
    const known =
      frames.get(key) ??
      session.withPage((page) => captureFrames(deck, plan, RENDER, serving(withPictures), page));
    frames.set(key, known);
    return known;
  };
  const print = async (output: Output<PrintPlan>, withPictures: boolean): Promise<Print> => {
    const served = serving(withPictures);
    const plan = await output.plan(layout, options, typesetterFor(deck, RENDER, served, session));
    if (!plan) throw new Error(`nothing to print for the ${output.kind}`);
    const slides = await framesFor(output, withPictures);
    if ('frames' in plan) return { plan, frames: slides };
    const { html, page: size } = plan;
    const document = { html, page: size, ink: 'full', pictures: [] } as const;
    const sheets = await session.withPage((page) => capturePrint(deck, document, RENDER, served, page));
    return { plan, sheets, frames: slides };
  };
  return {
    ...{ deck, layout, options },
    print: (output, withPictures) => {
      const key = `${output.kind} ${withPictures}`;
      const known = prints.get(key) ?? print(output, withPictures);
      prints.set(key, known);
      return known;
    },
    withOptions: (changes) => printedDeck(measured, { ...options, ...changes }),
  };
}
