import type { Encoder } from '../../images/renditions/cached-renditions.ts';
import type { FoundImage } from '../../images/source.ts';
import type { Deck, Layout } from '../../model/model.ts';
import type { Settings } from '../../settings/options.ts';
import type { Output } from '../contract/output.ts';
import { inkFor, isGray } from '../planning/ink.ts';
import { optimizePictures, type Pictures } from './optimize.ts';

/** The images of each output that are being prepared. Outputs with equal requirements share them. */
export function picturesFor(
  layouts: ReadonlyMap<Output, Layout>,
  deck: Deck,
  images: ReadonlyMap<string, FoundImage>,
  settings: Settings,
  encoder: Encoder,
): ReadonlyMap<Output, Pictures> {
  const printScale = largestScale(layouts, settings);
  const all = [...new Set(layouts.values())];
  const made = new Map<string, Pictures>();
  const optimize = (output: Output, layout: Layout): Pictures => {
    const gray = isGray(inkFor(output, settings, layout));
    const mode = output.showsOriginals ? 'original' : settings.images.mode;
    const key = `${mode} ${gray}`;
    const options = { ...settings.images, mode, printScale, gray };
    const pictures = made.get(key) ?? optimizePictures(deck, all, images, options, encoder);
    made.set(key, pictures);
    return pictures;
  };
  return new Map([...layouts].map(([output, layout]) => [output, optimize(output, layout)]));
}

/** The largest scale at which any of the outputs prints a slide. */
function largestScale(layouts: ReadonlyMap<Output, Layout>, settings: Settings): number {
  return Math.max(...[...layouts].map(([output, layout]) => output.printScale(layout, settings)));
}
