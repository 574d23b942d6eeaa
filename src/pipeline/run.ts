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
import { capturePrint, typesetterFor } from './capture.ts';
import { failedDeck, withoutDeck, withSecondChance } from './failure.ts';
import { measureFor } from './layouts.ts';
import { updateLedger } from './ledger.ts';
import { localizeDeck } from './localize.ts';
import type { Artifact, Deck, DeckFile, Layout, RunReport } from './model.ts';
import type { Optimized } from './optimize.ts';
import { OUTPUTS } from './outputs/index.ts';
import type { Output, OutputOptions } from './outputs/output.ts';
import { printKey } from './print-key.ts';
import { projectLock } from './project-lock.ts';
import {
  describeArtifact,
  prepareOutputDir,
  publishArtifacts,
  removeFiles,
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

  const limit = pLimit(settings.jobs);
  const built = await Promise.all(
    decks.map((deck) =>
      limit(async () => ({ deck, result: await buildDeck(deck, outputDir, { ...settings, styles }, ports) })),
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

async function buildDeck(
  source: DeckFile,
  outputDir: string,
  settings: StyledSettings,
  ports: RunPorts,
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
  ports: RunPorts,
): Promise<DeckResult> {
  const enter = (stage: Stage): void => ports.onProgress({ type: 'stage-started', deck: source.path, stage });
  const wait = { timeoutMs: settings.timeout * 1000, signal: ports.signal };
  const isArchived = settings.only.includes('archive');
  // An archive holds what is printed of a deck, whether it lies beside it or not.
  const outputs = OUTPUTS.filter((output) => isArchived || settings.only.includes(output.kind));

  enter('read');
  const { value: deck, diagnostics: readDiagnostics } = await readDeck(source, {
    size: settings.size,
    lang: settings.lang,
    author: settings.author,
    revision: settings.revision,
    sourceDateEpoch: ports.sourceDateEpoch,
  });
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
  const [{ optimizePictures }, { artifactFile, assembleArtifact }] = await laterStages();
  const { images } = await resources.all();
  const printScale = largestScale(outputs, layouts, settings);
  const optimize = (gray: boolean): Promise<Optimized> => {
    const options = { ...settings.images, printScale, gray };
    return optimizePictures(
      deck,
      [...new Set(layouts.values())],
      images,
      options,
      ports.decoder,
      ports.renditions,
    );
  };
  const isGray = (output: Output): boolean => inkFor(output, settings) === 'gray';
  const inColour = outputs.every(isGray) ? undefined : await optimize(false);
  const inGray = outputs.some(isGray) ? await optimize(true) : undefined;

  const attachments = settings.attachSource ? await sourceFiles(deck) : [];
  // Level 2 holds no other file than another PDF/A.
  const pdfa = settings.attachSource && settings.pdfa === '2a' ? '3b' : settings.pdfa;

  enter('print');
  const assembled = await Promise.all(
    outputs.map(async (output) => {
      const layout = layouts.get(output) as Layout;
      const renditions = (isGray(output) ? inGray : inColour)?.renditions;
      const serve: Serve = async (request) =>
        renditions?.get(request.url) ?? serveFile(request, deck, resources);
      const typesetter = typesetterFor(deck, wait, serve, ports.session);
      const planned = await output.plan(layout, settings, typesetter);
      if (!planned) return undefined;
      const ink = inkFor(output, settings);
      const plan = ink === 'full' ? planned : { ...planned, ink };
      const print = await ports.session.withPage((page) => capturePrint(deck, plan, wait, serve, page));
      const key = printKey(print, {
        toolVersion: ports.version,
        browserVersion: await ports.session.version(),
        fontsDigest: await ports.fontsDigest(),
      });
      const producer = `Deckhand ${ports.version}`;
      return assembleArtifact(deck, output, layout, print, { producer, key, pdfa, attachments });
    }),
  );
  const finished = assembled.filter((one) => one !== undefined);
  const layoutDiagnostics = [...layouts.values()].flatMap((layout) => layout.diagnostics);
  const soFar = unique([
    ...readDiagnostics,
    ...resourceDiagnostics(deck, await resources.all()),
    ...(inColour?.diagnostics ?? []),
    ...(inGray?.diagnostics ?? []),
    ...layoutDiagnostics,
    ...outputs.flatMap((output, i) => (assembled[i] ? [] : output.whenEmpty(deck.source.path))),
    ...finished.flatMap((one) => one.diagnostics),
  ]);
  const prints = finished.map((one) => one.value);
  const archived: Outcome<Artifact>[] = [];
  if (isArchived && !soFar.some(isError)) {
    enter('archive');
    const { archiveDeck } = await import('./archive.ts');
    const layout = layouts.get(outputs[0] as Output) as Layout;
    const printed = [...printedAs('colour', inColour), ...printedAs('gray', inGray)];
    const parts = { layout, resources, lock, printed, pdfs: prints, diagnostics: soFar };
    const options = { settings, styles: settings.styles, version: ports.version, signal: ports.signal };
    archived.push(await archiveDeck(deck, parts, options, ports.session));
  }
  const diagnostics = [...soFar, ...archived.flatMap((one) => one.diagnostics)];
  const artifacts = [
    ...prints.filter(({ kind }) => settings.only.includes(kind)),
    ...archived.map((one) => one.value),
  ];
  const publish = async (): Promise<void> => {
    if (settings.isDry) return;
    enter('publish');
    await publishArtifacts(artifacts, outputDir);
    // Of some slides there may be no cheatsheet where there is one of all.
    if (settings.slides) return;
    await removeFiles(
      outputs
        .filter(({ kind }, i) => !assembled[i] && settings.only.includes(kind))
        .map(({ kind }) => artifactFile(deck, kind)),
      outputDir,
    );
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

function printedAs(ink: Printed['ink'], made: Optimized | undefined): Printed[] {
  return [...(made?.renditions ?? [])].map(([url, rendition]) => ({ url, ink, rendition }));
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
