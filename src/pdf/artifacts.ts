import { PDFArray, type PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import { drawnContent } from './drawn-content.ts';
import { repacked, streamText } from './stream-text.ts';
import { formsOf } from './tagged-forms.ts';

const name = PDFName.of;
/** Operators that shape a path, those that paint it, and those that show text. ISO 32000-1, 8.5 and 9.4.3. */
const SHAPES = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're']);
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);
/** What an artifact must not reach across: text objects, other marked content, and saved states for tidiness. */
const BORDERS = new Set(['BT', 'ET', 'BDC', 'BMC', 'EMC', 'q', 'Q']);

/** Which stream of a page holds the content with each MCID: a form, or the page itself. */
export type ContentOwners = ReadonlyMap<PDFRef, ReadonlyMap<number, PDFRef | 'page'>>;

/**
 * Marks everything that is painted outside of tagged content as an artifact, in place: backgrounds, borders, pictures that
 * are decoration (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2). So becomes what Chromium tags along with a text although it has
 * no words. What shapes a mask is nobody's content, nor is what was drawn before (ISO 14289-1, 7.20). Reads content as
 * Chromium writes it: one operator a line.
 *
 * @returns where each page's tagged content is, by the page's reference.
 */
export function markArtifacts(document: PDFDocument): ContentOwners {
  const { context } = document;
  const owners = new Map<PDFRef, Map<number, PDFRef | 'page'>>();
  const forms = formsOf(document);
  forms.untagMasks();
  const done = new Set<PDFRef>();
  const drawn = drawnContent(document);
  for (const page of document.getPages()) {
    const own = new Map<number, PDFRef | 'page'>();
    owners.set(page.ref, own);
    const contents = page.node.get(name('Contents'));
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    for (const one of streams)
      if (one instanceof PDFRef) rewrite(one, 'page', page.node.Resources(), own, drawn.get(page.ref));
  }
  return owners;

  function rewrite(
    reference: PDFRef,
    owner: PDFRef | 'page',
    resources: PDFDict | undefined,
    own: Map<number, PDFRef | 'page'>,
    drawings: ReadonlySet<number> | undefined,
  ): void {
    const stream = context.lookup(reference);
    if (!(stream instanceof PDFRawStream)) return;
    done.add(reference);
    const before = streamText(stream);
    const after = withArtifacts(before, {
      onTagged: (id) => own.set(id, owner),
      isDrawing: (id) => drawings?.has(id) ?? false,
      isForm: (called) => forms.named(called, resources) !== undefined,
      onForm: (called) => {
        const form = forms.named(called, resources);
        if (!form || !forms.isTagged(form)) return 'plain';
        if (done.has(form)) return forms.nameOfUntagged(called, form, resources);
        rewrite(form, form, forms.resourcesOf(form) ?? resources, own, drawings);
        return 'tagged';
      },
    });
    if (after !== before) context.assign(reference, repacked(stream, after, context));
  }
}

interface Surroundings {
  readonly onTagged: (id: number) => void;
  /** Whether what is painted belongs to a picture or the like. */
  readonly isDrawing: (id: number) => boolean;
  readonly isForm: (called: string) => boolean;
  /** Whether a form has tagged content; or the name of the one to draw in its place. */
  readonly onForm: (called: string) => 'tagged' | 'plain' | { readonly instead: string };
}

function withArtifacts(content: string, surroundings: Surroundings): string {
  const { onTagged, onForm, isDrawing } = surroundings;
  const source = content.split('\n');
  const lines: string[] = [];
  /** Whether what is open is tagged, or merely says what its letters mean (`ActualText`). */
  const marks: ('tagged' | 'plain' | 'wrapped' | 'artifact')[] = [];
  let isOpen = false;
  /** Where the path begins that is being shaped; nothing may stand between it and what paints it. */
  let path = -1;
  const isTagged = (): boolean => marks.includes('tagged');
  const isCovered = (): boolean => marks.length > 0;
  const close = (): void => {
    if (isOpen) lines.push('EMC');
    isOpen = false;
  };
  const open = (at = lines.length): void => {
    if (!isOpen) lines.splice(at, 0, '/Artifact BMC');
    isOpen = true;
  };
  for (const [i, line] of source.entries()) {
    const operator = line.slice(line.lastIndexOf(' ') + 1);
    // Skia puts no space between the properties and the operator.
    const begins = operator.endsWith('BDC') || operator === 'BMC';
    if (begins || BORDERS.has(operator)) close();
    if (begins) {
      const id = /\/MCID\s+(\d+)/.exec(line)?.[1];
      if (id !== undefined && !isDrawing(Number(id)) && isWordless(source, i, surroundings)) {
        lines.push('/Artifact BMC');
        marks.push('artifact');
        continue;
      }
      if (id !== undefined) onTagged(Number(id));
      if (id === undefined && !isTagged()) lines.push('/Artifact BMC');
      marks.push(id !== undefined ? 'tagged' : isTagged() ? 'plain' : 'wrapped');
    } else if (SHAPES.has(operator)) {
      if (path < 0) path = lines.length;
    } else if (operator === 'n') path = -1;
    else if (PAINTS.has(operator)) {
      if (!isCovered()) open(path < 0 ? undefined : path);
      path = -1;
    } else if (isShowing(operator) || operator === 'sh') {
      if (!isCovered()) open();
    } else if (operator === 'Do') {
      const called = /\/(\S+)\s+Do$/.exec(line)?.[1] ?? '';
      const form = onForm(called);
      if (form === 'tagged') close();
      else if (!isCovered()) open();
      if (typeof form === 'object') {
        lines.push(`/${form.instead} Do`);
        continue;
      }
    }
    lines.push(line);
    if (operator === 'EMC' && marks.pop() === 'wrapped') lines.push('EMC');
  }
  close();
  return lines.join('\n');
}

function isShowing(operator: string): boolean {
  return SHOWS.has(operator.replace(/^.*[>\])]/, ''));
}

/** Whether marked content, up to where it ends, paints lines, areas and pictures alone. */
function isWordless(lines: readonly string[], from: number, { isForm }: Surroundings): boolean {
  let paints = false;
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const operator = line.slice(line.lastIndexOf(' ') + 1);
    if (operator === 'EMC') return paints;
    if (operator.endsWith('BDC') || operator === 'BMC' || isShowing(operator)) return false;
    if (operator === 'Do' && isForm(/\/(\S+)\s+Do$/.exec(line)?.[1] ?? '')) return false;
    paints ||= PAINTS.has(operator) || operator === 'Do' || operator === 'sh';
  }
  return false;
}
