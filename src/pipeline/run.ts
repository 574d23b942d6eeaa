import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import type { Printed } from '../archive/renditions.ts';
import type { Serve } from '../browser/gateway.ts';
import type { BrowserSession } from '../browser/session.ts';
import type { Discovery } from '../deck/discover.ts';
import type { Diagnostic, Outcome } from '../diagnostics.ts';
import { DeckhandError } from '../errors.ts';
import type { Cache } from '../images/cache.ts';
import type { Decoder } from '../images/model.ts';
import type { ImageSource } from '../images/source.ts';
import type { Settings } from '../options.ts';
import { readProjectStyles } from '../print/project-styles.ts';
import type { OnProgress, Stage } from '../progress.ts';
import { sourceFiles } from './attachments.ts';
import { capture, typesetterFor } from './capture.ts';
import { type ResolveLinks, resolveDeckLinks } from './deck-links.ts';
import { failedDeck, withoutDeck, withSecondChance } from './failure.ts';
import { withFileLinks } from './file-links.ts';
import { measureFor } from './layouts.ts';
import { updateLedger } from './ledger.ts';
import { localizeDeck } from './localize.ts';
import type { Artifact, Deck, DeckFile, Layout, RunReport } from './model.ts';
import type { Optimized } from './optimize.ts';
import { OUTPUTS, outputsFor } from './outputs/index.ts';
import type { Output, OutputOptions } from './outputs/output.ts';
import { pdfPlace } from './places.ts';
import { printKey } from './print-key.ts';
import { projectLock } from './project-lock.ts';
import {
  describeArtifact,
  prepareOutputDir,
  publishArtifacts,
  removeLeftovers,
  writeFileWhole,
} from './publish.ts';
import { readDeck } from './read.ts';
import { type DeckResult, exitCodeOf } from './report.ts';
import { resourceDiagnostics } from './resource-diagnostics.ts';
import { serveFile } from './serve.ts';

/** What a run needs of the world. */
export interface RunPorts {
  readonly cwd: string;
  readonly version: string;
  readonly sourceDateEpoch?: number | undefined;
  readonly session: BrowserSession;
  readonly images: ImageSource;
  readonly decoder: Decoder;
  readonly renditions: Cache;
  /** Identifies the fonts that pages are set in. */
  readonly fontsDigest: () => Promise<string>;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

export interface RunOptions extends Settings {
  /** Nothing is written, not even the report. */
  readonly isDry: boolean;
}

/** With what decks of one build know of each other. */
interface DeckPorts extends RunPorts {
  readonly read: (deck: DeckFile) => Promise<Outcome<Deck>>;
  readonly resolveLinks: ResolveLinks;
}

/** With the project's own stylesheets, read. */
type StyledSettings = RunOptions & Pick<OutputOptions, 'styles'>;

/** Builds every deck that was found, and writes the report. This is the whole program. */
export async function run(
  { decks, diagnostics }: Discovery,
  settings: RunOptions,
  ports: RunPorts,
): Promise<RunReport> {
  const outputDir = resolve(ports.cwd, settings.output);
  const styles = await readProjectStyles(settings, ports.cwd);
  if (!settings.isDry) await prepareOutputDir(outputDir);
  ports.onProgress({ type: 'run-started', decks: decks.map((deck) => deck.path) });

  const { only, slides = [] } = settings;
  const read = readingOnce(settings, ports);
  const course = { decks, only, slides, read };
  const deckPorts: DeckPorts = {
    ...ports,
    read,
    resolveLinks: (deck, hrefs) => resolveDeckLinks(deck, hrefs, course),
  };
  const limit = pLimit(settings.jobs);
  const built = await Promise.all(
    decks.map((deck) =>
      limit(async () => ({
        deck,
        result: await buildDeck(deck, outputDir, { ...settings, styles }, deckPorts),
      })),
    ),
  );
  const results = [...built.map(({ result }) => result), ...diagnostics.map(withoutDeck)];
  const report: RunReport = {
    version: ports.version,
    exitCode: exitCodeOf(results, settings.failOn),
    decks: results.map(({ failed: _, ...deck }) => deck),
  };
  if (settings.isDry) return report;
  const made = built.map(({ deck, result }) => ({ deckFile: deck.file, outputs: result.outputs }));
  for (const file of await updateLedger(outputDir, made, settings.clean)) {
    ports.onProgress({ type: 'notice', severity: 'info', message: `removed ${file}: its deck is gone` });
  }
  await writeFileWhole(join(outputDir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** A deck is read for itself, and for those that link to it. */
function readingOnce(settings: RunOptions, { sourceDateEpoch }: RunPorts): DeckPorts['read'] {
  const { size, lang, author, revision } = settings;
  const known = new Map<string, Promise<Outcome<Deck>>>();
  return (source) => {
    const reading =
      known.get(source.file) ?? readDeck(source, { size, lang, author, revision, sourceDateEpoch });
    known.set(source.file, reading);
    return reading;
  };
}

async function buildDeck(
  source: DeckFile,
  outputDir: string,
  settings: StyledSettings,
  ports: DeckPorts,
): Promise<DeckResult> {
  ports.onProgress({ type: 'deck-started', deck: source.path });
  const result = await withSecondChance(() => buildOnce(source, outputDir, settings, ports)).catch(
    (error) => {
      ports.signal?.throwIfAborted();
      if (error instanceof DeckhandError) throw error;
      return failedDeck(source, error);
    },
  );
  ports.onProgress({ type: 'deck-finished', deck: source.path, result });
  return result;
}

async function buildOnce(
  source: DeckFile,
  outputDir: string,
  settings: StyledSettings,
  ports: DeckPorts,
): Promise<DeckResult> {
  const enter = (stage: Stage): void => ports.onProgress({ type: 'stage-started', deck: source.path, stage });
  const wait = { timeoutMs: settings.timeout * 1000, signal: ports.signal };
  const outputs = outputsFor(settings.only);
  const kinds = outputs.map(({ kind }) => kind);

  enter('read');
  const { value: deck, diagnostics: readDiagnostics } = await ports.read(source);
  const lock = await projectLock(deck);
  const resources = localizeDeck(deck, ports.images, lock);

  enter('measure');
  const layouts = await measureFor(outputs, deck, resources, settings, {
    ...ports,
    // While one core lays out the slides, the other one makes ready to print them.
    whileMeasuring: () => {
      ports.session.warmUp(outputs.length);
      laterStages().catch(() => undefined);
    },
  });

  enter('optimize');
  const [{ optimizePictures }, { assembleArtifacts }] = await laterStages();
  const { images } = await resources.all();
  const printScale = largestScale(outputs, layouts, settings);
  const all = [...new Set(layouts.values())];
  const optimized = new Map<string, Promise<Optimized>>();
  /** Outputs that show pictures alike share them. */
  const optimize = (output: Output): Promise<Optimized> => {
    const gray = inkFor(output, settings) === 'gray';
    const mode = output.showsOriginals ? 'original' : settings.images.mode;
    const options = { ...settings.images, mode, printScale, gray };
    const known = optimized.get(`${mode} ${gray}`);
    const made = known ?? optimizePictures(deck, all, images, options, ports.decoder, ports.renditions);
    optimized.set(`${mode} ${gray}`, made);
    return made;
  };
  const pictures = await Promise.all(outputs.map(optimize));

  const attachments = settings.attachSource ? await sourceFiles(deck) : [];
  // Level 2 holds no other file than another PDF/A.
  const pdfa = settings.attachSource && settings.pdfa === '2a' ? '3b' : settings.pdfa;

  enter('print');
  const assembled = await Promise.all(
    outputs.map(async (output, i) => {
      const layout = layouts.get(output) as Layout;
      const renditions = pictures[i]?.renditions;
      const serve: Serve = async (request) =>
        renditions?.get(request.url) ?? serveFile(request, deck, resources);
      const typesetter = typesetterFor(deck, wait, serve, ports.session);
      const planned = await output.plan(layout, settings, typesetter);
      if (!planned) return undefined;
      const ink = inkFor(output, settings);
      const linked = withFileLinks(planned, source, output.kind, layout, kinds);
      const plan = ink === 'full' ? linked : { ...linked, ink };
      const captured = await ports.session.withPage((page) => capture(deck, plan, wait, serve, page));
      const key = printKey(captured, {
        toolVersion: ports.version,
        browserVersion: await ports.session.version(),
        fontsDigest: await ports.fontsDigest(),
      });
      const producer = `Deckhand ${ports.version}`;
      return assembleArtifacts(deck, output, layout, captured, { producer, key, pdfa, attachments });
    }),
  );
  const finished = assembled.filter((one) => one !== undefined);
  const layoutDiagnostics = [...layouts.values()].flatMap((layout) => layout.diagnostics);
  const soFar = unique([
    ...readDiagnostics,
    ...resourceDiagnostics(deck, await resources.all()),
    ...pictures.flatMap((one) => one.diagnostics),
    ...layoutDiagnostics,
    ...outputs.flatMap((output, i) => (assembled[i] ? [] : output.whenEmpty(deck.source.path))),
    ...finished.flatMap((one) => one.diagnostics),
  ]);
  const made = finished.flatMap((one) => one.value);
  const archived: Outcome<Artifact>[] = [];
  if (settings.only.includes('archive') && !soFar.some(isError)) {
    enter('archive');
    const { archiveDeck } = await import('./archive.ts');
    const layout = layouts.get(outputs[0] as Output) as Layout;
    const pdfs = made.filter(({ kind }) => outputs.some((one) => one.kind === kind && one.isArchived));
    const printed = outputs.flatMap((output, i) =>
      output.isArchived ? printedAs(inkFor(output, settings), pictures[i]) : [],
    );
    const parts = { layout, resources, lock, printed, pdfs, diagnostics: soFar };
    const options = { settings, styles: settings.styles, version: ports.version, signal: ports.signal };
    archived.push(await archiveDeck(deck, parts, options, ports.session));
  }
  const diagnostics = [...soFar, ...archived.flatMap((one) => one.diagnostics)];
  const artifacts = [
    ...made.filter(({ kind }) => settings.only.includes(kind)),
    ...archived.map((one) => one.value),
  ];
  const publish = async (): Promise<void> => {
    if (settings.isDry) return;
    enter('publish');
    await publishArtifacts(artifacts, outputDir);
    // Of some slides there may be no cheatsheet where there is one of all.
    const asked = outputs.filter(({ kind }) => settings.only.includes(kind));
    const settled = asked.filter((output) => assembled[outputs.indexOf(output)] || !settings.slides);
    const places = settled.map(({ kind, place }) => place?.(source) ?? pdfPlace(source, kind));
    await removeLeftovers(places, artifacts, outputDir);
  };
  const result = await publishDeck(deck, artifacts, diagnostics, publish);
  return { ...result, ...explanationFor(layouts, settings) };
}

async function publishDeck(
  deck: Deck,
  artifacts: readonly Artifact[],
  diagnostics: readonly Diagnostic[],
  publish: () => Promise<void>,
): Promise<DeckResult> {
  // A print that lost something is not handed out: last night's whole file is better than tonight's broken one.
  const failed = diagnostics.some(isError);
  if (!failed) await publish();
  return {
    path: deck.source.path,
    title: deck.metadata.title,
    slides: deck.stacks.flat().filter((slide) => !slide.hidden).length,
    decorations: deck.decorations,
    outputs: failed ? [] : artifacts.map(describeArtifact),
    diagnostics,
    failed,
  };
}

function printedAs(ink: Settings['ink'], pictures: Optimized | undefined): Printed[] {
  const printed = ink === 'gray' ? 'gray' : 'colour';
  return [...(pictures?.renditions ?? [])].map(([url, rendition]) => ({ url, ink: printed, rendition }));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function inkFor(output: Output, settings: Settings): Settings['ink'] {
  return output.sparesInk ? settings.ink : 'full';
}

/** By how much the largest print of a slide, of all that are made, is larger than the slide. */
function largestScale(
  outputs: readonly Output[],
  layouts: ReadonlyMap<Output, Layout>,
  settings: Settings,
): number {
  const scales = outputs.map((output) => {
    const layout = layouts.get(output);
    return layout ? output.printScale(layout, settings) : 1;
  });
  return Math.max(...scales);
}

/** Of the output that is asked about, made or not. */
function explanationFor(
  layouts: ReadonlyMap<Output, Layout>,
  settings: Settings,
): Pick<DeckResult, 'explanation'> {
  const output = OUTPUTS.find(({ kind }) => kind === settings.explain);
  const layout = output && (layouts.get(output) ?? [...layouts.values()][0]);
  const explanation = layout && output.explain?.(layout);
  return explanation ? { explanation } : {};
}

/** They bring large libraries along, which load while the browser is at work. */
function laterStages() {
  return Promise.all([import('./optimize.ts'), import('./assemble.ts')]);
}

/** A deck that was measured twice tells the same story twice. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
