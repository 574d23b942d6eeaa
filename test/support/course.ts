import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import {
  type BuildContext,
  build,
  type Config,
  type DeckReport,
  type Diagnostic,
  type OutputKind,
  publishedOutputs,
  type RunReport,
} from '../../src/index.ts';
import type { DiagnosticCode } from '../../src/model/diagnostics.ts';
import { expectClaims } from './claims.ts';
import { madeOnce } from './kept.ts';
import { type PdfPage, readOutline, readPdf } from './pdf.ts';
import { type PdfLayout, readLayout, readPaintedPage } from './pdf-layout.ts';
import { sharedPorts } from './shared-browser.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/course', import.meta.url));

/** Files of a project by their paths in it. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A course on disk and what a build made of it. */
export interface BuiltCourse {
  readonly folder: string;
  readonly report: RunReport;
  deck(path: string): DeckReport;
  /** Diagnostics of one code, in order. */
  diagnostics(path: string, code: DiagnosticCode): Diagnostic[];
  bytes(path: string, kind?: OutputKind): Promise<Buffer>;
  pages(path: string, kind?: OutputKind): Promise<PdfPage[]>;
  /** Where things are on the pages, without their colors. */
  layout(path: string, kind?: OutputKind): Promise<PdfLayout[]>;
  /** A page with its colors, which take a tenth of a second each. */
  painted(path: string, pageNumber: number, kind?: OutputKind): Promise<PdfLayout>;
  outline(path: string, kind?: OutputKind): Promise<string[]>;
}

/**
 * Builds a course once for all tests that surround it. The course has the files of `test/fixtures/course`, two drawn
 * pictures, and `files`.
 */
export function courseBuiltOnce(config: Config, files: Files = {}, context: BuildContext = {}): BuiltCourse {
  let course: BuiltCourse | undefined;
  beforeAll(async () => {
    course = await buildCourse(await courseFolder(), config, files, context);
  });
  afterAll(() => (course ? rm(dirname(course.folder), { recursive: true, force: true }) : undefined));
  return new Proxy({} as BuiltCourse, { get: (_, name) => Reflect.get(course as BuiltCourse, name) });
}

/** Builds a course for one test. */
export async function courseBuiltNow(
  config: Config,
  files: Files = {},
  context: BuildContext = {},
): Promise<BuiltCourse> {
  const folder = await courseFolder();
  onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
  return buildCourse(folder, config, files, context);
}

/** A course that is gone after the test. */
export async function temporaryCourse(files: Files = {}): Promise<string> {
  const folder = await makeCourse(files);
  onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
  return folder;
}

/** The project is one folder down, so that what lies beside it is outside of it and still ours. */
async function courseFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'deckhand-course-')), 'course');
}

export async function makeCourse(files: Files = {}): Promise<string> {
  const folder = await courseFolder();
  await fillCourse(folder, files);
  return folder;
}

async function fillCourse(folder: string, files: Files): Promise<void> {
  await cp(FIXTURE, folder, { recursive: true });
  await sharp(PHOTO).png().toFile(join(folder, 'img/photo.png'));
  await sharp(TILE).png().toFile(join(folder, 'img/tile.png'));
  await sharp(TILE).png().toFile(join(folder, '../outside.png'));
  await writeFiles(folder, files);
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** 800 × 450. */
const PHOTO = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450">
  <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#4dabf7"/><stop offset="1" stop-color="#fff3bf"/></linearGradient>
  <rect width="800" height="450" fill="url(#sky)"/><circle cx="620" cy="110" r="60" fill="#ffd43b"/>
</svg>`);
/** One color. */
const TILE = { create: { width: 64, height: 36, channels: 3, background: '#d9480f' } } as const;

/** Where nothing is to happen during the build, it may be one that another test had made. */
function builtCourse(
  folder: string,
  config: Config,
  files: Files,
  context: BuildContext,
): Promise<RunReport> {
  const make = async (cwd: string): Promise<RunReport> => {
    await fillCourse(cwd, files);
    return build(config, { ...sharedPorts(), cwd, ...context });
  };
  const { env, ...others } = context;
  if (Object.keys(others).length > 0) return make(folder);
  return madeOnce(dirname(folder), ['course', config, files, env], (parent) => make(join(parent, 'course')));
}

async function buildCourse(
  folder: string,
  config: Config,
  files: Files,
  context: BuildContext,
): Promise<BuiltCourse> {
  const report = await builtCourse(folder, config, files, context);
  for (const { diagnostics } of report.decks) expectClaims(diagnostics);
  const deck = (path: string): DeckReport => {
    const found = report.decks.find((one) => one.path === path);
    if (!found) throw new Error(`no ${path} among ${report.decks.map((one) => one.path).join(', ')}`);
    return found;
  };
  const bytes = async (path: string, kind: OutputKind = 'slides'): Promise<Buffer> => {
    const output = publishedOutputs(deck(path)).find((one) => one.kind === kind);
    if (!output) throw new Error(`no ${kind} of ${path}: ${JSON.stringify(deck(path).diagnostics)}`);
    return readFile(join(folder, config.output ?? 'output', output.file));
  };
  const read = new Map<string, Promise<unknown>>();
  /** Each file is read once, whatever number of tests look at it. */
  const once = <T>(what: string, path: string, kind: OutputKind, use: (bytes: Buffer) => Promise<T>) => {
    const key = `${what} ${path} ${kind}`;
    const known = read.get(key) ?? bytes(path, kind).then(use);
    read.set(key, known);
    return known as Promise<T>;
  };
  return {
    folder,
    report,
    deck,
    diagnostics: (path, code) => deck(path).diagnostics.filter((one) => one.code === code),
    bytes,
    pages: (path, kind = 'slides') => once('pages', path, kind, readPdf),
    layout: (path, kind = 'slides') =>
      once('layout', path, kind, (file) => readLayout(file, { colors: false })),
    painted: (path, pageNumber, kind = 'slides') =>
      once(`page ${pageNumber}`, path, kind, (file) => readPaintedPage(file, pageNumber)),
    outline: (path, kind = 'slides') => once('outline', path, kind, readOutline),
  };
}

/** Without white space, ligatures undone: a PDF keeps neither line ends nor spaces as they were. */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}
