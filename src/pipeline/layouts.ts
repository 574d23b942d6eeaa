import type { BrowserSession } from '../browser/session.ts';
import type { Cache } from '../images/cache/cache.ts';
import type { Deck, FragmentsMode, LaidOutSlide, Layout } from '../model/model.ts';
import type { Settings } from '../settings/options.ts';
import { selectSlides } from '../settings/slide-ranges.ts';
import type { Output } from './contract/output.ts';
import { inputOf } from './inputs/index.ts';
import type { ResolveLinks } from './links/deck-links.ts';
import type { Resources } from './localize/localize.ts';
import { keepHighlights, keptHighlights } from './present/frames/kept-highlights.ts';
import { measureDeck } from './present/measure.ts';

type LayoutOptions = Pick<Settings, 'fragments' | 'linkBase' | 'minScale' | 'slides' | 'timeout'>;

interface LayoutPorts {
  readonly session: Pick<BrowserSession, 'withPage'>;
  readonly resolveLinks: ResolveLinks;
  /** Results that can be reused. */
  readonly renditions: Cache;
  /** Called as soon as a page is open. */
  readonly whileMeasuring: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns the layout that each output works with. Steps and final state need two different pages; most runs need only one of
 * them.
 */
export async function measureFor(
  outputs: readonly Output[],
  deck: Deck,
  resources: Resources,
  settings: LayoutOptions,
  ports: LayoutPorts,
): Promise<ReadonlyMap<Output, Layout>> {
  const measured = new Map<FragmentsMode, Layout>();
  const measure = async (fragments: FragmentsMode): Promise<Layout> => {
    const known = measured.get(fragments);
    if (known) return known;
    const { linkBase, minScale } = settings;
    const withSteps = outputs.find(({ followsFragments }) => followsFragments);
    const options = {
      fragments,
      linkBase,
      minScale,
      stepPages: withSteps && fragmentsFor(withSteps, deck, settings),
      hasPaper: outputs.some(({ followsFragments }) => !followsFragments),
      timeoutMs: settings.timeout * 1000,
      signal: ports.signal,
    };
    const before = await keptHighlights(deck, ports.renditions);
    const site = inputOf(deck.source).open(deck, { ...options, highlights: before });
    const { layout, highlights } = await ports.session.withPage((page) => {
      ports.whileMeasuring();
      return measureDeck(deck, site, options, resources, ports.resolveLinks, page);
    });
    await keepHighlights(deck, ports.renditions, highlights, before);
    const selected = selectSlides(layout, settings.slides ?? []);
    measured.set(fragments, selected);
    return selected;
  };
  const layouts = new Map<Output, Layout>();
  for (const output of outputs) {
    const fragments = fragmentsFor(output, deck, settings);
    const layout = await measure(fragments);
    layouts.set(output, output.followsFragments ? await withOwnModes(layout, fragments, measure) : layout);
  }
  return layouts;
}

/** Slides whose authors chose the other mode come from the layout in that mode. */
async function withOwnModes(
  layout: Layout,
  fragments: FragmentsMode,
  measure: (fragments: FragmentsMode) => Promise<Layout>,
): Promise<Layout> {
  const differs = (slide: LaidOutSlide): boolean => (slide.fragments ?? fragments) !== fragments;
  if (!layout.slides.some(differs)) return layout;
  const other = await measure(fragments === 'final' ? 'steps' : 'final');
  const slides = layout.slides.map((slide, i) => (differs(slide) ? (other.slides[i] ?? slide) : slide));
  return { ...layout, slides, diagnostics: [...layout.diagnostics, ...other.diagnostics] };
}

/** A deck that is made for printing with reveal.js may itself set how steps are printed. */
function fragmentsFor(output: Output, { reveal }: Deck, { fragments }: LayoutOptions): FragmentsMode {
  if (!output.followsFragments) return 'final';
  return fragments ?? (reveal.pdfSeparateFragments ? 'steps' : 'final');
}
