import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic, RunReport } from '../../src/index.ts';
import { publishedOutputs } from '../../src/index.ts';
import type { OutputKind } from '../../src/model/output-kinds.ts';
import { type Files, fold } from './course.ts';
import { type PdfPage, readOutline, readPdf } from './pdf.ts';
import { type PdfLayout, readPaintedPage } from './pdf-layout.ts';
import { deckhandIn, temporaryProject } from './project.ts';

/** What one call of the command made of a project, for tests of what people's repositories hold. */
export interface CaseRun {
  readonly code: number;
  readonly stderr: string;
  /** The files that were written. */
  readonly files: readonly string[];
  report(): Promise<RunReport>;
  /** Without notes. */
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly Diagnostic[];
  bytes(kind?: OutputKind, deck?: number): Promise<Buffer>;
  pages(kind?: OutputKind, deck?: number): Promise<PdfPage[]>;
  /** The words of each page of the slides, without white space, in lower case. */
  words(deck?: number): Promise<string[]>;
  outline(kind?: OutputKind, deck?: number): Promise<string[]>;
  painted(page: number, kind?: OutputKind, deck?: number): Promise<PdfLayout>;
}

export interface CaseOptions {
  /** Folder of the project in which the command is started. */
  readonly cwd?: string;
}

export async function runCase(
  files: Files,
  args: readonly string[],
  { cwd = '.' }: CaseOptions = {},
): Promise<CaseRun> {
  const folder = await temporaryProject(files);
  const run = await deckhandIn(join(folder, cwd), args);
  const report = await run.report();
  const bytes = async (kind: OutputKind = 'slides', deck = 0): Promise<Buffer> => {
    const built = report.decks[deck];
    const output = built && publishedOutputs(built).find((one) => one.kind === kind);
    if (!output) throw new Error(`no ${kind}: ${run.stderr}`);
    return readFile(join(folder, cwd, 'output', output.file));
  };
  const pages = async (kind: OutputKind = 'slides', deck = 0) => readPdf(await bytes(kind, deck));
  const diagnostics = report.decks.flatMap((deck) => deck.diagnostics);
  return {
    code: run.code,
    stderr: run.stderr,
    report: run.report,
    files: report.decks.flatMap((deck) => publishedOutputs(deck).map(({ file }) => file)),
    diagnostics: diagnostics.filter(({ severity }) => severity !== 'info'),
    notes: diagnostics.filter(({ severity }) => severity === 'info'),
    bytes,
    pages,
    words: async (deck) => (await pages('slides', deck)).map(({ text }) => fold(text).toLowerCase()),
    outline: async (kind, deck) => readOutline(await bytes(kind, deck)),
    painted: async (page, kind, deck) => readPaintedPage(await bytes(kind, deck), page),
  };
}

/** Whether a color is anywhere on a page, looked for at points of a grid of three pixels. */
export function shows(page: PdfLayout, color: string): boolean {
  const step = 3;
  for (let y = step; y < page.height; y += step)
    for (let x = step; x < page.width; x += step)
      if (page.colorAt(x / page.width, y / page.height) === color) return true;
  return false;
}
