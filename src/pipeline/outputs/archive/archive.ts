import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import type { BrowserSession } from '../../../browser/session.ts';
import type { ImageLock } from '../../../images/lock.ts';
import { pictureFile } from '../../../images/renditions/picture-file.ts';
import { DeckError, type Diagnostic, diagnostic, type Outcome } from '../../../model/diagnostics.ts';
import type { Artifact, Deck, Layout, Resource } from '../../../model/model.ts';
import type { ProjectStyles } from '../../../paper/project-styles.ts';
import type { Settings } from '../../../settings/options.ts';
import type { MadeOutput } from '../../assemble/output-status.ts';
import type { Input } from '../../contract/input.ts';
import type { Output } from '../../contract/output.ts';
import { archivePlace } from '../../contract/places.ts';
import type { Resources } from '../../localize/localize.ts';
import type { FitPicture, Pictures } from '../../optimize/optimize.ts';
import { inkFor, isGray } from '../../planning/ink.ts';
import { presentedSlides } from '../../planning/slide-pages.ts';
import { linkBase } from '../../present/lay-out-frames.ts';
import { type BagInfo, makeBag, textFile } from './bag.ts';
import { presentationHtml } from './presentation.ts';
import { readmeFile } from './readme-file.ts';
import { type Printed, renditionFiles } from './renditions.ts';
import { reportFile } from './report-file.ts';
import { safePaths } from './safe-paths.ts';
import { settingsFiles } from './settings-file.ts';
import { takeDownSlides } from './source-slides.ts';
import { type SourceTree, sourceTree } from './source-tree.ts';
import { type ArchiveFile, zip, zipFault } from './zip.ts';

/** The results of building a deck, and their sources. */
export interface ArchiveParts {
  readonly layouts: ReadonlyMap<Output, Layout>;
  readonly resources: Resources;
  readonly lock: ImageLock;
  readonly pictures: ReadonlyMap<Output, Pictures>;
  readonly made: ReadonlyMap<Output, MadeOutput>;
  /** All diagnostics of the deck. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ArchiveOptions extends Settings {
  readonly styles?: ProjectStyles | undefined;
  readonly version: string;
}

interface ArchivePorts {
  readonly input: Input;
  readonly session: Pick<BrowserSession, 'withPage'>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Packs a deck for long-term storage: a BagIt bag in a ZIP file, with its source, its resources and its prints.
 *
 * @throws PageLostError, and DeckError if the archive would be too large.
 */
export async function archiveDeck(
  deck: Deck,
  parts: ArchiveParts,
  options: ArchiveOptions,
  { session, input, signal }: ArchivePorts,
): Promise<Outcome<Artifact>> {
  const { version, styles } = options;
  const page = await input.around(deck);
  const tree = await sourceTree(deck, page.sheets, parts.resources, parts.lock);
  const wait = { timeoutMs: options.timeout * 1000, signal };
  const taken = await session.withPage((tab) => takeDownSlides(deck, input, wait, parts.resources, tab));
  const [layout] = parts.layouts.values();
  const shown = new Set((layout ? presentedSlides(layout) : []).map(({ index }) => index));
  const blanks = options.slides ? [] : deck.outline.filter((slide) => slide.hidden && slide.onScreen);
  const blank = new Set(blanks.map(({ index }) => index));
  const html = await presentationHtml(deck, page, taken, tree, parts.resources, {
    ...linkBase(deck, options.linkBase),
    keeps: (index) => shown.has(index) || blank.has(index),
  });
  const held = [...parts.made].flatMap(([output, one]) => (output.isArchived ? [inArchive(one)] : []));
  const pdfs = held.flatMap((one) => ('artifacts' in one ? one.artifacts : []));
  const renamed = renameDiagnostics(deck, tree);
  const place = archivePlace(deck.source);
  const folder = safeName(basename(place.name, '.zip'));
  const contents = [
    readmeFile(deck, {
      folder,
      deck: tree.deck,
      format: input.format,
      version,
      pdfs: pdfs.map((pdf) => pdf.file),
    }),
    reportFile(deck, {
      ...{ version, path: `source/${tree.deck}`, made: held },
      diagnostics: [...parts.diagnostics, ...renamed],
    }),
    textFile('presentation/index.html', html),
    ...pdfs.map((pdf) => ({ path: pdf.file, bytes: pdf.bytes })),
    ...renditionFiles(await printed(parts, options), tree),
    ...within('source', [
      ...tree.files,
      ...settingsFiles(tree.deck, withoutRepository(deck, options), styles),
    ]),
  ];
  const files = within(folder, makeBag(within('data', contents), bagInfo(deck, version)));
  const fault = zipFault(files);
  if (fault)
    throw new DeckError(diagnostic('ARCHIVE_TOO_LARGE', fault, { deck: deck.source.path }, TOO_LARGE));
  const bytes = zip(files, deck.date);
  const key = createHash('sha256').update(bytes).digest('hex');
  return {
    value: { kind: 'archive', file: `${place.folder}/${place.name}`, bytes, key },
    diagnostics: renamed,
  };
}

function inArchive(made: MadeOutput): MadeOutput {
  if (!('artifacts' in made)) return made;
  const artifacts = made.artifacts.map((pdf) => ({ ...pdf, file: `pdf/${safeName(basename(pdf.file))}` }));
  return { ...made, artifacts };
}

/** The images of archived outputs, once in color and at most once in gray. */
async function printed(
  { pictures, layouts }: Pick<ArchiveParts, 'pictures' | 'layouts'>,
  settings: Settings,
): Promise<Printed[]> {
  const inks = new Map<Pictures, Printed['ink']>();
  for (const [output, made] of pictures) {
    const layout = layouts.get(output);
    if (output.isArchived && layout)
      inks.set(made, isGray(inkFor(output, settings, layout)) ? 'gray' : 'colour');
  }
  const files = [...inks].map(async ([made, ink]) => {
    const all = await made.all();
    return [...all.pictures].map(([url, picture]) => ({ url, ink, rendition: asFile(picture) }));
  });
  return (await Promise.all(files)).flat();
}

function asFile(picture: FitPicture): Resource {
  return 'file' in picture ? picture.file : pictureFile(picture.image);
}

/** Replaces information from the repository, which an archive does not have. */
function withoutRepository({ commit = '' }: Deck, settings: Settings): Settings {
  return {
    ...settings,
    revision: settings.revision ?? (commit || undefined),
    stamp: settings.stamp.replaceAll('{commit}', commit),
  };
}

const TOO_LARGE = 'make its images smaller, or split the deck';

function within(folder: string, files: readonly ArchiveFile[]): ArchiveFile[] {
  return files.map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes }));
}

function safeName(name: string): string {
  return safePaths([name]).get(name) ?? name;
}

/** Labels of RFC 8493, section 2.2.2, for which the deck has values; then some of our own. */
function bagInfo({ metadata, date, commit }: Deck, version: string): BagInfo[] {
  const { title, author, description, lang, keywords, url, revision = commit } = metadata;
  const info: (readonly [string, string | undefined])[] = [
    ['External-Description', description ?? title],
    ['External-Identifier', url],
    ['Bagging-Date', date.toISOString().slice(0, 10)],
    ['Bag-Software-Agent', `Deckhand ${version}`],
    ['Title', title],
    ['Author', author],
    ['Language', lang],
    ['Keywords', keywords.join(', ') || undefined],
    ['Revision', revision],
  ];
  return info.filter((one): one is BagInfo => one[1] !== undefined);
}

function renameDiagnostics(deck: Deck, { renamed }: SourceTree): Diagnostic[] {
  return renamed.map(({ from, to }) => {
    const message = `${from} is ${to} in the archive, because its name is not valid or not unique on every system`;
    const hint = 'rename it in the project, so that the deck in the archive finds it';
    return diagnostic('ARCHIVE_NAME_CHANGED', message, { deck: deck.source.path }, hint);
  });
}
