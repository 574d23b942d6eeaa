import type { LimitFunction } from 'p-limit';
import { turnIn } from '../async/turn.ts';
import type { Serve } from '../browser/gateway.ts';
import type { PageSource } from '../browser/session.ts';
import type { Diagnostic, Outcome } from '../model/diagnostics.ts';
import type { Artifact, BrowserPlan, Deck, Ink, Layout, Print, Shots, TextPlan } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import type { Attachment } from '../pdf/attachments.ts';
import type { PdfA } from '../pdf/conformance/xmp.ts';
import type { Settings } from '../settings/options.ts';
import { assembleShots } from './assemble/assemble-shots.ts';
import { assembleText } from './assemble/assemble-text.ts';
import type { Assembler } from './assemble/assembler.ts';
import { printKey } from './assemble/print-key.ts';
import { capturePrint, typesetterFor } from './capture/capture.ts';
import { captureShots } from './capture/capture-shots.ts';
import type { FramesPrinter } from './capture/frames-printer.ts';
import type { Output, OutputOptions } from './contract/output.ts';
import { pdfPlace } from './contract/places.ts';
import { withFileLinks } from './links/file-links.ts';
import { guarded } from './localize/guarded-serve.ts';
import type { Resources } from './localize/localize.ts';
import { serveFile } from './localize/serve.ts';
import type { Pictures } from './optimize/optimize.ts';
import { inkFor } from './planning/ink.ts';

/** The sources of an output. */
export interface OutputParts {
  readonly deck: Deck;
  readonly layout: Layout;
  readonly resources: Resources;
  readonly pictures: Pictures | undefined;
  readonly attachments: readonly Attachment[];
}

export interface MakeOptions {
  readonly settings: Settings & Pick<OutputOptions, 'styles'>;
  /** Kinds that are created for the deck. */
  readonly kinds: readonly OutputKind[];
  readonly pdfa: PdfA;
}

interface MakePorts {
  readonly version: string;
  readonly browserVersion: string;
  readonly session: Pick<PageSource, 'withPage'>;
  readonly frames: FramesPrinter;
  /** Outputs of a deck share a page: the file of one is assembled while the next one is printed. */
  readonly pageInTurn: LimitFunction;
  /** Called when the output needs the browser no more. */
  readonly onCaptured: () => void;
  readonly assembler: Pick<Assembler, 'assemble'>;
  readonly fontsDigest: () => Promise<string>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plans an output, lets the browser print it or take screenshots if necessary, and finishes the files.
 *
 * @returns undefined if the deck has no content for it.
 * @throws PageLostError
 */
export async function makeOutput(
  output: Output,
  { deck, layout, resources, pictures, attachments }: OutputParts,
  { settings, kinds, pdfa }: MakeOptions,
  {
    version,
    browserVersion,
    session,
    frames,
    pageInTurn,
    onCaptured,
    assembler,
    fontsDigest,
    signal,
  }: MakePorts,
): Promise<Outcome<readonly Artifact[]> | undefined> {
  const wait = { timeoutMs: settings.timeout * 1000, signal };
  const trouble: Diagnostic[] = [];
  const serve = serveDocuments(deck, layout, resources, (one) => void trouble.push(one));
  const served = { serve, pictures };
  const printing = frames.print(output);
  printing.catch(() => undefined);
  const turn = turnIn(pageInTurn);
  const pageInTurns: Pick<PageSource, 'withPage'> = {
    withPage: async (use) => {
      await turn.come;
      return session.withPage(use);
    },
  };
  // While the browser prints the slides, this process plans the other documents.
  await frames.begun;
  const captured = await planAndCapture().finally(turn.end);
  onCaptured();
  if (!captured) return undefined;
  const made = await finished(captured);
  return { ...made, diagnostics: [...made.diagnostics, ...trouble] };

  async function planAndCapture(): Promise<Print | Shots | TextPlan | undefined> {
    const planned = await output.plan(layout, settings, typesetterFor(deck, wait, served, pageInTurns));
    if (!planned || 'text' in planned) return planned;
    const ink = inkFor(output, settings, layout);
    const linked = withFileLinks(planned, deck.source, output.kind, layout, kinds);
    return capturedOf(ink === 'full' ? linked : { ...linked, ink }, ink);
  }

  async function finished(captured: Print | Shots | TextPlan): Promise<Outcome<readonly Artifact[]>> {
    if ('text' in captured) return assembleText(deck, output, captured);
    const key = printKey(captured, {
      toolVersion: version,
      browserVersion,
      fontsDigest: await fontsDigest(),
      added: { ...deck, pdfa, attachments },
    });
    if ('shots' in captured) {
      const place = output.place?.(deck.source) ?? pdfPlace(deck.source, output.kind);
      return assembleShots(deck, output, place, captured, key);
    }
    const { source, metadata, date, commit } = deck;
    return assembler.assemble({
      deck: { source, metadata, date, ...(commit === undefined ? {} : { commit }) },
      kind: output.kind,
      layout: { slides: layout.slides },
      print: captured,
      options: { producer: `Deckhand ${version}`, key, pdfa, attachments },
    });
  }

  async function capturedOf(plan: BrowserPlan, ink: Ink): Promise<Print | Shots> {
    if ('shots' in plan) return pageInTurns.withPage((page) => captureShots(deck, plan, wait, served, page));
    if ('frames' in plan) return { plan, frames: await printing };
    const { html, page: size, apart } = plan;
    const document = { html, page: size, ink, pictures: [], apart };
    const sheets = await pageInTurns.withPage((page) => capturePrint(deck, document, wait, served, page));
    return { plan, sheets, frames: await printing };
  }
}

/** Serves resources of a deck's documents except images: fonts, stylesheets. */
export function serveDocuments(
  deck: Deck,
  layout: Layout,
  resources: Resources,
  note: (trouble: Diagnostic) => void = () => undefined,
): Serve {
  return guarded(
    deck.source.path,
    note,
    async (request) => layout.fonts.get(request.url) ?? serveFile(request, deck, resources),
  );
}
