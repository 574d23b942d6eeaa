import type { Diagnostic } from '../../../src/index.ts';
import type { DiagnosticCode } from '../../../src/model/diagnostics.ts';
import type { Print } from '../../../src/model/model.ts';
import type { PlannedKind } from '../../../src/model/output-kinds.ts';
import type { PdfA } from '../../../src/pdf/conformance/xmp.ts';
import { assemblePrint } from '../../../src/pipeline/assemble/assemble.ts';
import { planFrames } from '../../../src/pipeline/capture/plan-frames.ts';
import type { Typesetter } from '../../../src/pipeline/contract/output.ts';
import { inputOf } from '../../../src/pipeline/inputs/index.ts';
import { withFileLinks } from '../../../src/pipeline/links/file-links.ts';
import { sourceFiles } from '../../../src/pipeline/localize/attachments.ts';
import { expectClaims } from '../claims.ts';
import { type PdfPage, readOutline, readPdf } from '../pdf.ts';
import { type PdfLayout, readLayout } from '../pdf-layout.ts';
import type { RecordedCourse } from './courses.ts';
import { withReadCourse } from './read-course.ts';
import type { DeckRecording, PrintRecording } from './recording.ts';
import { loadRecordings } from './store.ts';

/** A course that was built from what a browser gave earlier: read, planned and assembled by the code of today. */
export interface ReplayedCourse {
  /** Of reading, laying out, planning and assembling a deck. */
  diagnostics(path: string, code?: DiagnosticCode): Promise<Diagnostic[]>;
  bytes(path: string, kind?: PlannedKind): Promise<Uint8Array>;
  pages(path: string, kind?: PlannedKind): Promise<PdfPage[]>;
  /** Where things are on the pages, without their colours. */
  layout(path: string, kind?: PlannedKind): Promise<PdfLayout[]>;
  outline(path: string, kind?: PlannedKind): Promise<string[]>;
  /** Every file of the course. */
  files(): Promise<readonly ReplayedFile[]>;
}

export interface ReplayedFile {
  readonly path: string;
  readonly kind: PlannedKind;
  readonly bytes: Uint8Array;
}

/** What may differ from build to build of one capture. */
export interface ReplayOptions {
  readonly pdfa?: PdfA;
  readonly attachSource?: boolean;
  /** In place of what is in `test/recorded`. */
  readonly recordings?: readonly DeckRecording[];
}

interface ReplayedDeck {
  readonly path: string;
  readonly files: readonly ReplayedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds a recorded course without a browser, once for all tests that look at it. */
export function replayedCourse(course: RecordedCourse, options: ReplayOptions = {}): ReplayedCourse {
  let replaying: Promise<readonly ReplayedDeck[]> | undefined;
  const decks = (): Promise<readonly ReplayedDeck[]> => {
    replaying ??= replay(course, options);
    return replaying;
  };
  const deckAt = async (path: string): Promise<ReplayedDeck> => {
    const found = (await decks()).find((one) => one.path === path);
    if (!found) throw new Error(`no deck ${path} was recorded`);
    return found;
  };
  const bytes = async (path: string, kind: PlannedKind = 'slides'): Promise<Uint8Array> => {
    const file = (await deckAt(path)).files.find((one) => one.kind === kind);
    if (!file) throw new Error(`no ${kind} of ${path} was recorded`);
    return file.bytes;
  };
  const read = new Map<string, Promise<unknown>>();
  const once =
    <T>(what: string, use: (file: Uint8Array) => Promise<T>) =>
    (path: string, kind?: PlannedKind): Promise<T> => {
      const key = `${what} ${path} ${kind}`;
      const known = read.get(key) ?? bytes(path, kind).then(use);
      read.set(key, known);
      return known as Promise<T>;
    };
  return {
    diagnostics: async (path, code) => {
      const { diagnostics } = await deckAt(path);
      return diagnostics.filter((one) => code === undefined || one.code === code);
    },
    bytes,
    pages: once('pages', readPdf),
    layout: once('layout', (file) => readLayout(file, { colors: false })),
    outline: once('outline', readOutline),
    files: async () => (await decks()).flatMap(({ files }) => files),
  };
}

/** The ID of a file is made of its key; a build's is a hash of what it was printed from. */
const KEY = '00'.repeat(32);

async function replay(course: RecordedCourse, options: ReplayOptions): Promise<readonly ReplayedDeck[]> {
  const { pdfa = '2a', attachSource = false, recordings = await loadRecordings(course.name) } = options;
  return withReadCourse(course, ({ decks, outputs, settings }) =>
    Promise.all(
      decks.map(async ({ value: deck, diagnostics }) => {
        const { path } = deck.source;
        const recording = recordings.find((one) => one.path === path);
        if (!recording) throw new Error(`${path} is not recorded: npx tsx scripts/record-captures.ts`);
        const attachments = attachSource ? await sourceFiles(deck, inputOf(deck.source).format) : [];
        const files: ReplayedFile[] = [];
        const told = [...diagnostics, ...recording.layouts.flatMap((layout) => layout.diagnostics)];
        const kinds = outputs.map((one) => one.kind);
        const layouts = new Map(
          recording.prints.map(({ kind, layoutIndex }) => {
            const output = outputs.find((one) => one.kind === kind);
            const layout = recording.layouts[layoutIndex];
            if (!output || !layout) throw new Error(`the recording of ${path} has another shape`);
            return [output, layout] as const;
          }),
        );
        const framesPlans = planFrames(deck, layouts, settings, kinds);
        for (const [output, layout] of layouts) {
          const {
            kind,
            typeset = [],
            sheets,
          } = recording.prints.find((one) => one.kind === output.kind) as PrintRecording;
          const planned = await output.plan(layout, settings, answering(typeset));
          if (!planned || 'text' in planned) throw new Error(`there is no ${kind} of ${path} any more`);
          const plan = withFileLinks(planned, deck.source, kind, layout, kinds) as Print['plan'];
          const framesPlan = framesPlans.get(output);
          const print = recording.frames.find((one) => one.kinds.includes(kind));
          const given: Print = {
            plan,
            sheets: sheets && 'html' in plan ? { html: plan.html, ...sheets } : undefined,
            frames: framesPlan && print && { ...framesPlan, page: framesPlan.layout.size, ...print },
          };
          const assembled = await assemblePrint(deck, output, layout, given, {
            producer: 'Deckhand',
            key: KEY,
            pdfa,
            attachments,
          });
          files.push(...assembled.value.map((file) => ({ path, kind: output.kind, bytes: file.bytes })));
          told.push(...assembled.diagnostics);
          expectClaims(assembled.diagnostics);
        }
        return { path, files, diagnostics: told };
      }),
    ),
  );
}

/** Gives the recorded answers, in the order in which they were given. */
function answering(typeset: PrintRecording['typeset']): Typesetter {
  const left = [...typeset];
  return {
    evaluate: async () => {
      if (left.length === 0) throw new Error('a text was set that is not recorded');
      return left.shift() as never;
    },
  };
}
