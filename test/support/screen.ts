import { basename } from 'node:path';
import { localizeDeck } from '../../src/pipeline/localize/localize.ts';
import { projectLock } from '../../src/pipeline/localize/project-lock.ts';
import { withRunPorts } from '../../src/pipeline/ports.ts';
import { readDeck } from '../../src/pipeline/read/read-deck.ts';
import { resolveSettings } from '../../src/settings/settings.ts';
import { photographLive } from './live.ts';
import { sharedPorts } from './shared-browser.ts';

/**
 * Pictures of slides as reveal.js presents them, live, in a window as large as a slide, when all fragments have been shown.
 *
 * @param slides positions among all slides, from 0.
 */
export async function screensOf(file: string, slides: readonly number[]): Promise<Uint8Array[]> {
  const { value: deck } = await readDeck({ path: basename(file), file, outputName: 'deck' }, {});
  const settings = resolveSettings({ flags: { offline: true }, env: {} });
  return withRunPorts(settings, sharedPorts(), async ({ session, images }) => {
    const resources = localizeDeck(deck, images, await projectLock(deck));
    const live = await photographLive(deck, resources, session);
    return slides.map((slide) => {
      const shown = live[slide];
      if (!shown) throw new Error(`there is no slide ${slide}`);
      return shown.png;
    });
  });
}
