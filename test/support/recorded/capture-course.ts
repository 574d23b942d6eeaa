import type { BrowserSession } from '../../../src/browser/session.ts';
import { createDecoder } from '../../../src/images/decoder/decoder.ts';
import { DEFAULT_LIMITS } from '../../../src/images/model/limits.ts';
import type { ImageSource } from '../../../src/images/source.ts';
import { createImageSource } from '../../../src/images/source.ts';
import type { Deck, Layout, PrintedDocument } from '../../../src/model/model.ts';
import { capturePrint, typesetterFor } from '../../../src/pipeline/capture/capture.ts';
import { captureFrames } from '../../../src/pipeline/capture/capture-frames.ts';
import { planFrames } from '../../../src/pipeline/capture/plan-frames.ts';
import type { Output, Typesetter } from '../../../src/pipeline/contract/output.ts';
import { measureFor } from '../../../src/pipeline/layouts.ts';
import { withFileLinks } from '../../../src/pipeline/links/file-links.ts';
import { localizeDeck } from '../../../src/pipeline/localize/localize.ts';
import { projectLock } from '../../../src/pipeline/localize/project-lock.ts';
import { serveDocuments } from '../../../src/pipeline/make-output.ts';
import { picturesFor } from '../../../src/pipeline/optimize/pictures.ts';
import { NO_CACHE } from '../no-cache.ts';
import { sharedDecoders } from '../shared-browser.ts';
import type { RecordedCourse } from './courses.ts';
import { type ReadCourse, withReadCourse } from './read-course.ts';
import type { DeckRecording, FramesRecording, PrintRecording } from './recording.ts';

interface CapturePorts {
  readonly session: BrowserSession;
  readonly images: ImageSource;
  readonly decoder: ReturnType<typeof createDecoder>;
}

/** Lets the browser lay out and print a course, and keeps what it gave. */
export async function captureCourse(
  course: RecordedCourse,
  session: BrowserSession,
): Promise<readonly DeckRecording[]> {
  const decoder = createDecoder({ limits: DEFAULT_LIMITS, pool: sharedDecoders() });
  const images = createImageSource({ userAgent: 'test', offline: true }, NO_CACHE, decoder);
  try {
    return await withReadCourse(course, async (read) => {
      const recordings: DeckRecording[] = [];
      for (const { value } of read.decks)
        recordings.push(await captureDeck(value, read, { session, images, decoder }));
      return recordings;
    });
  } finally {
    await Promise.all([images.close(), decoder.close()]);
  }
}

async function captureDeck(
  deck: Deck,
  { settings, outputs, resolveLinks }: ReadCourse,
  { session, images, decoder }: CapturePorts,
): Promise<DeckRecording> {
  const resources = localizeDeck(deck, images, await projectLock(deck));
  const ports = { session, renditions: NO_CACHE, resolveLinks, onShown: () => undefined };
  const layouts = await measureFor(outputs, deck, resources, settings, ports);
  const { images: found } = await resources.all();
  const pictures = picturesFor(layouts, deck, found, settings, decoder);
  const distinct = [...new Set(layouts.values())];
  const kinds = outputs.map(({ kind }) => kind);
  const wait = { timeoutMs: settings.timeout * 1000 };
  const frames: FramesRecording[] = [];
  const framesPlans = planFrames(deck, layouts, settings, kinds);
  for (const plan of new Set(framesPlans.values())) {
    const users = [...framesPlans].filter(([, one]) => one === plan).map(([output]) => output);
    const serve = serveDocuments(deck, plan.layout, resources);
    const served = { serve, pictures: pictures.get(users[0] as Output) };
    const print = await session.withPage((page) => captureFrames(deck, plan, wait, served, page));
    frames.push({ kinds: users.map(({ kind }) => kind), ...recorded(print) });
  }
  const prints: PrintRecording[] = [];
  for (const [output, layout] of layouts) {
    const served = { serve: serveDocuments(deck, layout, resources), pictures: pictures.get(output) };
    const { typesetter, typeset } = listening(typesetterFor(deck, wait, served, session));
    const planned = await output.plan(layout, settings, typesetter);
    if (!planned || 'text' in planned) continue;
    const plan = withFileLinks(planned, deck.source, output.kind, layout, kinds);
    if ('shots' in plan) throw new Error('pictures of slides are not recorded');
    const print = { kind: output.kind, layoutIndex: distinct.indexOf(layout), typeset };
    if ('frames' in plan) {
      prints.push(print);
      continue;
    }
    const { html, page: size, apart } = plan;
    const document = { html, page: size, ink: 'full', pictures: [], apart } as const;
    const sheets = await session.withPage((page) => capturePrint(deck, document, wait, served, page));
    prints.push({ ...print, sheets: recorded(sheets) });
  }
  return { path: deck.source.path, layouts: distinct.map(withoutCarriedFonts), frames, prints };
}

/** A document loads several things at once, in any order. */
function recorded({ pdf, served, blank, images, meetings }: PrintedDocument): Omit<PrintedDocument, 'html'> {
  return {
    ...{ pdf, blank, meetings },
    served: new Map([...served].sort(([one], [other]) => (one < other ? -1 : 1))),
    images: [...images].sort((one, other) => (one.url < other.url ? -1 : 1)),
  };
}

/** Fonts that a theme carries are most of a layout, and nothing that is replayed asks for them. */
function withoutCarriedFonts(layout: Layout): Layout {
  return { ...layout, fonts: new Map() };
}

/** A typesetter whose answers are kept. */
function listening(real: Typesetter): { readonly typesetter: Typesetter; readonly typeset: unknown[] } {
  const typeset: unknown[] = [];
  const typesetter: Typesetter = {
    evaluate: (document, inPage, argument) =>
      real.evaluate(document, inPage, argument).then((answer) => {
        typeset.push(answer);
        return answer;
      }),
  };
  return { typesetter, typeset };
}
