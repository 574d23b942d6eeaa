import pLimit, { type LimitFunction } from 'p-limit';
import type { PageSource } from '../browser/session.ts';
import { cachedEncoder } from '../images/renditions/cached-renditions.ts';
import type { Diagnostic, Outcome } from '../model/diagnostics.ts';
import { DeckhandError } from '../model/errors.ts';
import type { Deck, DeckFile, DeckResult, Layout, OutputReport } from '../model/model.ts';
import type { Stage } from '../model/progress.ts';
import type { BuildInputs } from '../model/report.ts';
import { withoutSite } from '../model/urls.ts';
import type { PdfA } from '../pdf/conformance/xmp.ts';
import type { Settings } from '../settings/options.ts';
import { uniqueBy } from '../text/unique.ts';
import type { MadeOutput } from './assemble/output-status.ts';
import { buildInputs } from './build-inputs.ts';
import { framesPrinter } from './capture/frames-printer.ts';
import { planFrames } from './capture/plan-frames.ts';
import type { Output, OutputOptions } from './contract/output.ts';
import type { Place } from './contract/places.ts';
import { failedDeck, isLost } from './failure.ts';
import { inputOf } from './inputs/index.ts';
import { measureFor } from './layouts.ts';
import type { ResolveLinks } from './links/deck-links.ts';
import { sourceFiles, sourceWithheld } from './localize/attachments.ts';
import { fileNameDiagnostics } from './localize/file-names.ts';
import { localizeDeck } from './localize/localize.ts';
import { projectLock } from './localize/project-lock.ts';
import { resourceDiagnostics } from './localize/resource-diagnostics.ts';
import { OUTPUTS, outputsFor, placeOf } from './outputs/index.ts';
import { namedPrint, writeNamedPrint } from './publish/named-print.ts';
import { filesAt, publishOutput } from './publish/publish-output.ts';
import { describeDeck, describeOutput } from './report/describe.ts';
import { isPublished } from './report/outputs.ts';
import type { RunOptions, RunPorts } from './run-ports.ts';

/** In addition, what the decks of one build know about each other. */
export interface DeckPorts extends Omit<RunPorts, 'parse'> {
  readonly read: (deck: DeckFile) => Promise<Outcome<Deck>>;
  readonly resolveLinks: ResolveLinks;
  /** Decks are built in parallel, and published one after the other, because they share a ledger. */
  readonly inTurn: LimitFunction;
  /** Called when a deck needs no more pages, unless one of its outputs has to be created again. */
  readonly onCaptured: (deck: DeckFile) => void;
}

/** With the contents of the project's own stylesheets. */
export interface StyledSettings extends RunOptions, Pick<OutputOptions, 'styles'> {
  /** No other deck is being built, so this one is the cause if the browser crashes. */
  readonly isAlone: boolean;
}

/**
 * Builds one deck: every requested output, independently of each other.
 *
 * @throws DeckhandError; the signal's reason; and PageLostError if the deck should be built again, alone.
 */
export async function buildDeck(
  source: DeckFile,
  outputDir: string,
  settings: StyledSettings,
  ports: DeckPorts,
): Promise<DeckResult> {
  if (!settings.isAlone) ports.onProgress({ type: 'deck-started', deck: source.path });
  const result = await ports.session
    .sharePages(PAGES, (session) => buildOnce(source, outputDir, settings, { ...ports, session }))
    .catch((error) => {
      ports.signal?.throwIfAborted();
      if (error instanceof DeckhandError || (isLost(error) && !settings.isAlone)) throw error;
      return failedDeck(source, error);
    });
  // Work that was finished after the end of the run is dropped.
  ports.signal?.throwIfAborted();
  ports.onProgress({ type: 'deck-finished', deck: source.path, result });
  return result;
}

/** More pages are slower: a browser starts processes for each, and only one processor is left for it. */
const PAGES = 1;

/** With a session of the deck's own pages. */
interface BuildPorts extends Omit<DeckPorts, 'session'> {
  readonly session: PageSource;
}

async function buildOnce(
  source: DeckFile,
  outputDir: string,
  settings: StyledSettings,
  ports: BuildPorts,
): Promise<DeckResult> {
  const enter = (stage: Stage): void => ports.onProgress({ type: 'stage-started', deck: source.path, stage });
  const outputs = outputsFor(settings.only);

  // The other core reads the deck and starts the browser.
  const stages = laterStages();
  stages.catch(() => undefined);
  enter('read');
  const { value: deck, diagnostics: readDiagnostics } = await ports.read(source);
  const lock = await projectLock(deck);
  const resources = localizeDeck(deck, ports.images, lock);
  const encoder = cachedEncoder(ports.decoder, ports.renditions);
  stages
    .then(([, , , , { encodeEarly }]) => encodeEarly(deck, resources.imagesSoFar(), settings, encoder))
    .catch(() => undefined);

  enter('measure');
  const layouts = await measureFor(outputs, deck, resources, settings, {
    ...ports,
    onShown: () => ports.assembler.warmUp(),
  });

  enter('optimize');
  const [{ picturesFor }, { makeOutput, serveDocuments }, { makeOutputs }, { captureFrames }] = await stages;
  const found = await resources.all();
  const pictures = picturesFor(layouts, deck, found.images, settings, encoder);

  enter('print');
  const browserVersion = await ports.session.version();
  const attachments = settings.attachSource ? await sourceFiles(deck, inputOf(source).format) : [];
  const options = { settings, kinds: outputs.map(({ kind }) => kind), pdfa: pdfaFor(settings) };
  const judging = { path: source.path, strict: settings.strict, isAlone: settings.isAlone };
  const wait = { timeoutMs: settings.timeout * 1000, signal: ports.signal };
  const trouble: Diagnostic[] = [];
  const note = (one: Diagnostic): void => void trouble.push(one);
  const frames = framesPrinter(
    planFrames(deck, layouts, settings, options.kinds),
    (plan, output, onPrinting) => {
      const serve = serveDocuments(deck, plan.layout, resources, note);
      const served = { serve, pictures: pictures.get(output) };
      return ports.session.withPage((page) =>
        captureFrames(deck, plan, { ...wait, onPrinting }, served, page),
      );
    },
  );
  const pageInTurn = pLimit(PAGES);
  let uncaptured = layouts.size;
  const onCaptured = (): void => {
    if (--uncaptured === 0 && !settings.only.includes('archive')) ports.onCaptured(source);
  };
  const made = await makeOutputs(layouts, judging, {
    make: async (output) => {
      const layout = layouts.get(output) as Layout;
      const withheld = settings.attachSource ? sourceWithheld(deck, layout, output.paper) : undefined;
      const files = withheld ? [] : attachments;
      const parts = { deck, layout, resources, pictures: pictures.get(output), attachments: files };
      const one = await makeOutput(output, parts, options, {
        ...ports,
        browserVersion,
        frames,
        pageInTurn,
        onCaptured,
      });
      return one && withheld ? { ...one, diagnostics: [...one.diagnostics, withheld] } : one;
    },
    onSecondTry: () => enter('print'),
    signal: ports.signal,
  });
  const fit = await Promise.all([...new Set(pictures.values())].map((one) => one.all()));
  const soFar = toldOnce([
    ...readDiagnostics,
    ...resourceDiagnostics(deck, found),
    ...fit.flatMap((one) => one.diagnostics),
    ...(await fileNameDiagnostics(deck)),
    ...[...layouts.values()].flatMap((layout) => layout.diagnostics),
    // An archive includes a cheatsheet if there is one. A missing one only matters to users who requested it.
    ...[...made.values()].flatMap((one) =>
      one.status === 'empty' && !settings.only.includes(one.kind) ? [] : one.diagnostics,
    ),
    ...trouble,
  ]);
  const asked = [...made.values()].filter(({ kind }) => settings.only.includes(kind));
  if (settings.only.includes('archive')) {
    enter('archive');
    const [{ archiveDeck }, { makeArchive }] = await archiveStage();
    const parts = { layouts, resources, lock, pictures, made, diagnostics: soFar };
    const pack = () =>
      archiveDeck(deck, parts, { ...settings, version: ports.version }, { ...ports, input: inputOf(source) });
    asked.push(await makeArchive(made, judging, { pack, signal: ports.signal }));
  }
  if (!settings.isDry) enter('publish');
  const reported = await ports.inTurn(() => {
    ports.signal?.throwIfAborted();
    return publishDeck(source, asked, outputDir, settings, ports);
  });
  const archived = asked.flatMap((one) => (one.kind === 'archive' ? one.diagnostics : []));
  const failed = reported.length > 0 && !reported.some(isPublished);
  const report = describeDeck(deck, reported, [...soFar, ...archived]);
  const told = settings.explain === 'settings' ? { settings: deck.settings ?? [] } : {};
  const inputs = async (): Promise<BuildInputs> => {
    const read = { deck, localized: await resources.all(), layouts: [...new Set(layouts.values())] };
    const fontsDigest = await ports.fontsDigest();
    return buildInputs(read, settings, { version: ports.version, browserVersion, fontsDigest });
  };
  const dependsOn = settings.explain === 'inputs' ? { inputs: await inputs() } : {};
  return { ...report, ...explanationFor(layouts, settings), ...told, ...dependsOn, failed };
}

/** Writes the outputs that can be published, one by one. Files of earlier builds stay if they are not replaced. */
async function publishDeck(
  source: DeckFile,
  made: readonly MadeOutput[],
  outputDir: string,
  { isDry, only, print, slides, usual = only }: StyledSettings,
  { cwd, signal }: Pick<RunPorts, 'cwd' | 'signal'>,
): Promise<OutputReport[]> {
  const reported: OutputReport[] = [];
  for (const finished of made) {
    signal?.throwIfAborted();
    let one = finished;
    if (print !== undefined && one.kind === 'slides' && !isDry)
      one = await writeNamedPrint(finished, namedPrint(source, print, cwd), outputDir);
    const place = placeOf(source, one.kind);
    if (!isDry && usual.includes(one.kind)) {
      one = finished;
      await publishOne(source, one, place, { isOfAllSlides: !slides }, outputDir);
    }
    const isKept = one.status === 'withheld' || one.status === 'failed';
    reported.push(...describeOutput(one, isKept ? await filesAt(place, outputDir) : []));
  }
  return reported;
}

async function publishOne(
  { file: deckFile }: DeckFile,
  made: MadeOutput,
  place: Place,
  { isOfAllSlides }: { readonly isOfAllSlides: boolean },
  outputDir: string,
): Promise<void> {
  if ('artifacts' in made) await publishOutput({ deckFile, place, artifacts: made.artifacts }, outputDir);
  // Some slides may have no cheatsheet although the whole deck has one.
  if (made.status === 'empty' && isOfAllSlides)
    await publishOutput({ deckFile, place, artifacts: [] }, outputDir);
}

/** PDF/A-2 can only embed other PDF/A files. */
function pdfaFor({ attachSource, pdfa }: Settings): PdfA {
  return attachSource && pdfa === '2a' ? '3b' : pdfa;
}

/** The diagnostics for a requested output, whether it was created or not. */
function explanationFor(
  layouts: ReadonlyMap<Output, Layout>,
  settings: Settings,
): Pick<DeckResult, 'explanation'> {
  const output = OUTPUTS.find(({ kind }) => kind === settings.explain);
  const layout = output && (layouts.get(output) ?? [...layouts.values()][0]);
  const explanation = layout && output.explain?.(layout);
  return explanation ? { explanation } : {};
}

/** They import large libraries, which load while the browser works. */
function laterStages() {
  return Promise.all([
    import('./optimize/pictures.ts'),
    import('./make-output.ts'),
    import('./make-outputs.ts'),
    import('./capture/capture-frames.ts'),
    import('./optimize/encode-early.ts'),
  ]);
}

function archiveStage() {
  return Promise.all([import('./outputs/archive/archive.ts'), import('./make-archive.ts')]);
}

/** A deck that was measured twice reports the same problems twice. */
function toldOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return uniqueBy(diagnostics.map(inPlainPaths), (one) => JSON.stringify(one));
}

/** Errors in the browser contain internal addresses. */
function inPlainPaths(one: Diagnostic): Diagnostic {
  return {
    ...one,
    message: withoutSite(one.message),
    ...(one.url === undefined ? {} : { url: withoutSite(one.url) }),
  };
}
