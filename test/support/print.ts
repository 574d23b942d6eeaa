import { basename } from 'node:path';
import pLimit from 'p-limit';
import { withBrowserSession } from '../../src/browser/session.ts';
import type { Cache } from '../../src/images/cache.ts';
import { createImageSource } from '../../src/images/source.ts';
import { capturePrint } from '../../src/pipeline/capture.ts';
import { localizePictures } from '../../src/pipeline/localize.ts';
import { measureDeck } from '../../src/pipeline/measure.ts';
import type { Deck, Layout, Print } from '../../src/pipeline/model.ts';
import { optimizePictures } from '../../src/pipeline/optimize.ts';
import type { Output, OutputOptions } from '../../src/pipeline/outputs/output.ts';
import { readDeck } from '../../src/pipeline/read.ts';
import { renderSite } from '../../src/pipeline/render.ts';
import { chromium } from './chromium.ts';

/** A deck that went through the pipeline as far as its layout. */
export interface PrintedDeck {
  readonly deck: Deck;
  readonly layout: Layout;
  readonly options: OutputOptions;
  /** Prints one output; without pictures, as a browser does that loses them. */
  print(output: Output, withPictures: boolean): Promise<Print>;
}

const SOURCE = { userAgent: 'test', offline: true, concurrency: 1 };
const NO_CACHE: Cache = { get: async () => undefined, put: async () => undefined };

export async function printDeck(file: string): Promise<PrintedDeck> {
  const { value: deck } = await readDeck({ path: basename(file), file, outputName: 'deck' }, {});
  const pictures = localizePictures(deck, createImageSource(SOURCE, NO_CACHE));
  const render = { fragments: 'final', timeoutMs: 60_000 } as const;
  const options = { paper: 'a4', perPage: 6 } as const;
  const layout = await withBrowserSession(chromium, (session) =>
    session.withPage((page) => measureDeck(deck, renderSite(deck, render), render, pictures, page)),
  );
  const renditions = await optimizePictures([layout], await pictures.all(), NO_CACHE, pLimit(2));
  const prints = new Map<string, Promise<Print>>();
  const print = (output: Output, withPictures: boolean): Promise<Print> => {
    const plan = output.plan(layout, options);
    if (!plan) throw new Error(`nothing to print for the ${output.kind}`);
    return withBrowserSession(chromium, (session) =>
      session.withPage((page) =>
        capturePrint(deck, plan, render, withPictures ? renditions : new Map(), page),
      ),
    );
  };
  return {
    ...{ deck, layout, options },
    print: (output, withPictures) => {
      const key = `${output.kind} ${withPictures}`;
      const known = prints.get(key) ?? print(output, withPictures);
      prints.set(key, known);
      return known;
    },
  };
}
