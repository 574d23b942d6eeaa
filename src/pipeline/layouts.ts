import type { BrowserSession } from '../browser/session.ts';
import type { Cache } from '../images/cache/cache.ts';
import type { Deck, FragmentsMode, LaidOutSlide, Layout, Paper } from '../model/model.ts';
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
  /** Called when a deck is shown. From then on the browser uses only one core. */
  readonly onShown: () => void;
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
  const measured = new Map<FragmentsMode, Selected>();
  const papers = outputs.flatMap(({ paper }) => paper ?? []);
  const measure = async (fragments: FragmentsMode): Promise<Selected> => {
    const known = measured.get(fragments);
    if (known) return known;
    const { linkBase, minScale } = settings;
    const withSteps = outputs.find(({ followsFragments }) => followsFragments);
    const options = {
      fragments,
      linkBase,
      minScale,
      stepPages: withSteps && fragmentsFor(withSteps, deck, settings),
      // Paper shows final states.
      papers: fragments === 'final' ? papers : [],
      hasPaper: outputs.some(({ followsFragments }) => !followsFragments),
      timeoutMs: settings.timeout * 1000,
      onShown: ports.onShown,
      signal: ports.signal,
    };
    const before = await keptHighlights(deck, ports.renditions);
    const site = await inputOf(deck.source).open(deck, { ...options, highlights: before });
    const { layout, onPaper, highlights } = await ports.session.withPage((page) =>
      measureDeck(deck, site, options, resources, ports.resolveLinks, page),
    );
    await keepHighlights(deck, ports.renditions, highlights, before);
    const select = (one: Layout): Layout => selectSlides(one, settings.slides ?? []);
    const selected = {
      layout: select(layout),
      onPaper: new Map([...onPaper].map(([paper, one]) => [paper, select(one)])),
    };
    measured.set(fragments, selected);
    return selected;
  };
  const layouts = new Map<Output, Layout>();
  for (const output of outputs) {
    const fragments = fragmentsFor(output, deck, settings);
    const { layout, onPaper } = await measure(fragments);
    const own = output.paper && onPaper.get(output.paper);
    const withModes = async (): Promise<Layout> =>
      withOwnModes(layout, fragments, async (mode) => (await measure(mode)).layout);
    layouts.set(output, own ?? (output.followsFragments ? await withModes() : layout));
  }
  return layouts;
}

/** The requested slides as on the screen, and as on each paper on which some differ. */
interface Selected {
  readonly layout: Layout;
  readonly onPaper: ReadonlyMap<Paper, Layout>;
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
