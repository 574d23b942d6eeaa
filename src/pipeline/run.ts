import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import type { BrowserSession } from '../browser/session.ts';
import type { Discovery } from '../deck/discover.ts';
import type { Diagnostic, Outcome } from '../diagnostics.ts';
import { DeckhandError } from '../errors.ts';
import type { Cache } from '../images/cache.ts';
import type { Decoder } from '../images/model.ts';
import type { ImageSource } from '../images/source.ts';
import type { Settings } from '../options.ts';
import type { PdfA } from '../pdf/xmp.ts';
import { readProjectStyles } from '../print/project-styles.ts';
import type { OnProgress, Stage } from '../progress.ts';
import { sourceFiles } from './attachments.ts';
import { type ResolveLinks, resolveDeckLinks } from './deck-links.ts';
import { failedDeck, withoutDeck, withSecondChance } from './failure.ts';
import { measureFor } from './layouts.ts';
import { updateLedger } from './ledger.ts';
import { localizeDeck } from './localize.ts';
import type { Artifact, Deck, DeckFile, Layout, OutputKind, RunReport } from './model.ts';
import { OUTPUTS, outputsFor } from './outputs/index.ts';
import type { Output, OutputOptions } from './outputs/output.ts';
import { pdfPlace } from './places.ts';
import { projectLock } from './project-lock.ts';
import {
  describeDeck,
  prepareOutputDir,
  publishArtifacts,
  removeLeftovers,
  writeFileWhole,
} from './publish.ts';
import { readDeck } from './read.ts';
import { type DeckResult, exitCodeOf } from './report.ts';
import { resourceDiagnostics } from './resource-diagnostics.ts';

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

  const { slides = [] } = settings;
  const read = readingOnce(settings, ports);
  const course = { decks, only: linkedKinds(settings), slides, read };
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
  const outputs = outputsFor(settings.only);

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
  const [{ picturesFor }, { makeOutput }] = await laterStages();
  const pictures = await picturesFor(layouts, deck, resources, settings, ports);

  enter('print');
  const attachments = settings.attachSource ? await sourceFiles(deck) : [];
  const options = { settings, kinds: outputs.map(({ kind }) => kind), pdfa: pdfaFor(settings) };
  const makings = outputs.map((output) => {
    const layout = layouts.get(output) as Layout;
    const parts = { deck, layout, resources, pictures: pictures.get(output), attachments };
    return makeOutput(output, parts, options, ports);
  });
  const made = new Map((await Promise.all(makings)).map((one, i) => [outputs[i] as Output, one]));
  const soFar = unique([
    ...readDiagnostics,
    ...resourceDiagnostics(deck, await resources.all()),
    ...[...pictures.values()].flatMap((one) => one.diagnostics),
    ...[...layouts.values()].flatMap((layout) => layout.diagnostics),
    ...[...made].flatMap(([output, one]) => (one ? [] : output.whenEmpty(deck.source.path))),
    ...[...made.values()].flatMap((one) => one?.diagnostics ?? []),
  ]);
  const archived: Outcome<Artifact>[] = [];
  if (settings.only.includes('archive') && !soFar.some(isError)) {
    enter('archive');
    const { archiveDeck } = await import('./archive.ts');
    const parts = { layouts, resources, lock, pictures, made, diagnostics: soFar };
    archived.push(await archiveDeck(deck, parts, { ...settings, version: ports.version }, ports));
  }
  const diagnostics = [...soFar, ...archived.flatMap((one) => one.diagnostics)];
  const artifacts = [
    ...[...made.values()]
      .flatMap((one) => one?.value ?? [])
      .filter(({ kind }) => settings.only.includes(kind)),
    ...archived.map((one) => one.value),
  ];
  const publish = async (): Promise<void> => {
    if (settings.isDry) return;
    enter('publish');
    await publishArtifacts(artifacts, outputDir);
    // Of some slides there may be no cheatsheet where there is one of all.
    const asked = outputs.filter(({ kind }) => settings.only.includes(kind));
    const settled = asked.filter((output) => made.get(output) || !settings.slides);
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
  return { ...describeDeck(deck, failed ? [] : artifacts, diagnostics), failed };
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** The kinds that links may lead to. A picture has no links, so what they lead to need not be made. */
function linkedKinds({ only }: Settings): readonly OutputKind[] {
  const kinds = outputsFor(only).map(({ kind }) => kind);
  return kinds.every((kind) => kind === 'images') ? ['slides'] : kinds;
}

/** Level 2 holds no other file than another PDF/A. */
function pdfaFor({ attachSource, pdfa }: Settings): PdfA {
  return attachSource && pdfa === '2a' ? '3b' : pdfa;
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
  return Promise.all([import('./pictures.ts'), import('./make-output.ts')]);
}

/** A deck that was measured twice tells the same story twice. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
