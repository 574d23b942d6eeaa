import type { Cache } from '../images/cache.ts';
import type { Decoder } from '../images/model.ts';
import type { Settings } from '../options.ts';
import type { Resources } from './localize.ts';
import type { Deck, Layout } from './model.ts';
import { type Optimized, optimizePictures } from './optimize.ts';
import type { Output } from './outputs/output.ts';

interface PicturePorts {
  readonly decoder: Decoder;
  readonly renditions: Cache;
}

/** The pictures that each output shows. Outputs that show them alike share them. */
export async function picturesFor(
  layouts: ReadonlyMap<Output, Layout>,
  deck: Deck,
  resources: Pick<Resources, 'all'>,
  settings: Settings,
  { decoder, renditions }: PicturePorts,
): Promise<ReadonlyMap<Output, Optimized>> {
  const { images } = await resources.all();
  const printScale = largestScale(layouts, settings);
  const all = [...new Set(layouts.values())];
  const made = new Map<string, Promise<Optimized>>();
  const optimize = (output: Output): Promise<Optimized> => {
    const gray = inkFor(output, settings) === 'gray';
    const mode = output.showsOriginals ? 'original' : settings.images.mode;
    const key = `${mode} ${gray}`;
    const options = { ...settings.images, mode, printScale, gray };
    const pictures = made.get(key) ?? optimizePictures(deck, all, images, options, decoder, renditions);
    made.set(key, pictures);
    return pictures;
  };
  const outputs = [...layouts.keys()];
  return new Map(await Promise.all(outputs.map(async (output) => [output, await optimize(output)] as const)));
}

/** How an output is to spare ink, of what was asked for. */
export function inkFor(output: Output, { ink }: Pick<Settings, 'ink'>): Settings['ink'] {
  return output.sparesInk ? ink : 'full';
}

/** By how much the largest print of a slide, of all that are made, is larger than the slide. */
function largestScale(layouts: ReadonlyMap<Output, Layout>, settings: Settings): number {
  return Math.max(...[...layouts].map(([output, layout]) => output.printScale(layout, settings)));
}
