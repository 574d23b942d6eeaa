import { deflateSync } from 'node:zlib';
import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFRef } from 'pdf-lib';
import { streamText } from './stream-text.ts';

const name = PDFName.of;
/** Operators that shape a path, those that paint it, and those that show text. ISO 32000-1, 8.5 and 9.4.3. */
const SHAPES = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're']);
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);
/** What an artifact must not reach across: text objects, other marked content, and saved states for tidiness. */
const BORDERS = new Set(['BT', 'ET', 'BDC', 'BMC', 'EMC', 'q', 'Q']);

/** Twice as fast as zlib's own choice, for a few bytes in a hundred. */
const LEVEL = 3;

/** Which stream of a page holds the content with each MCID: a form, or the page itself. */
export type ContentOwners = ReadonlyMap<PDFRef, ReadonlyMap<number, PDFRef | 'page'>>;

/**
 * Marks everything that is painted outside of tagged content as an artifact, in place: backgrounds, borders, pictures that
 * are decoration (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2). Reads content as Chromium writes it: one operator a line.
 *
 * @returns where each page's tagged content is, by the page's reference.
 */
export function markArtifacts(document: PDFDocument): ContentOwners {
  const { context } = document;
  const owners = new Map<PDFRef, Map<number, PDFRef | 'page'>>();
  const tagged = new Map<PDFRef, boolean>();
  for (const page of document.getPages()) {
    const own = new Map<number, PDFRef | 'page'>();
    owners.set(page.ref, own);
    const contents = page.node.get(name('Contents'));
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    const done = new Set<PDFRef>();
    for (const one of streams)
      if (one instanceof PDFRef) rewrite(one, 'page', page.node.Resources(), own, done);
  }
  return owners;

  function rewrite(
    reference: PDFRef,
    owner: PDFRef | 'page',
    resources: PDFDict | undefined,
    own: Map<number, PDFRef | 'page'>,
    done: Set<PDFRef>,
  ): void {
    const stream = context.lookup(reference);
    if (done.has(reference) || !(stream instanceof PDFRawStream)) return;
    done.add(reference);
    const before = streamText(stream);
    const after = withArtifacts(before, {
      onTagged: (id) => own.set(id, owner),
      isTaggedForm: (called) => {
        const form = formNamed(called, resources);
        if (!form || !isTagged(form.reference)) return false;
        rewrite(form.reference, form.reference, form.resources ?? resources, own, done);
        return true;
      },
    });
    if (after === before) return;
    const packed = deflateSync(Buffer.from(after, 'latin1'), { level: LEVEL });
    const dict = stream.dict.clone(context);
    dict.set(name('Filter'), name('FlateDecode'));
    dict.delete(name('DecodeParms'));
    dict.set(name('Length'), PDFNumber.of(packed.length));
    context.assign(reference, PDFRawStream.of(dict, packed));
  }

  function formNamed(called: string, resources: PDFDict | undefined) {
    const reference = resources?.lookupMaybe(name('XObject'), PDFDict)?.get(name(called));
    const form = context.lookup(reference);
    if (!(reference instanceof PDFRef) || !(form instanceof PDFRawStream)) return undefined;
    if (form.dict.get(name('Subtype')) !== name('Form')) return undefined;
    return { reference, resources: form.dict.lookupMaybe(name('Resources'), PDFDict) };
  }

  /** Whether a form, or one that it draws, has tagged content. */
  function isTagged(reference: PDFRef): boolean {
    const known = tagged.get(reference);
    if (known !== undefined) return known;
    tagged.set(reference, false);
    const form = context.lookup(reference);
    if (!(form instanceof PDFRawStream)) return false;
    const inner = form.dict.lookupMaybe(name('Resources'), PDFDict)?.lookupMaybe(name('XObject'), PDFDict);
    const found =
      streamText(form).includes('/MCID') ||
      (inner?.keys() ?? []).some((key) => {
        const one = inner?.get(key);
        return one instanceof PDFRef && isTagged(one);
      });
    tagged.set(reference, found);
    return found;
  }
}

interface Surroundings {
  readonly onTagged: (id: number) => void;
  readonly isTaggedForm: (called: string) => boolean;
}

function withArtifacts(content: string, { onTagged, isTaggedForm }: Surroundings): string {
  const lines: string[] = [];
  /** Whether what is open is tagged, or merely says what its letters mean (`ActualText`). */
  const marks: ('tagged' | 'plain' | 'wrapped')[] = [];
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
  for (const line of content.split('\n')) {
    const operator = line.slice(line.lastIndexOf(' ') + 1);
    // Skia puts no space between the properties and the operator.
    const begins = operator.endsWith('BDC') || operator === 'BMC';
    if (begins || BORDERS.has(operator)) close();
    if (begins) {
      const id = /\/MCID\s+(\d+)/.exec(line)?.[1];
      if (id !== undefined) onTagged(Number(id));
      if (id === undefined && !isTagged()) lines.push('/Artifact BMC');
      marks.push(id !== undefined ? 'tagged' : isTagged() ? 'plain' : 'wrapped');
    } else if (SHAPES.has(operator)) {
      if (path < 0) path = lines.length;
    } else if (operator === 'n') path = -1;
    else if (PAINTS.has(operator)) {
      if (!isCovered()) open(path < 0 ? undefined : path);
      path = -1;
    } else if (SHOWS.has(operator.replace(/^.*[>\])]/, '')) || operator === 'sh') {
      if (!isCovered()) open();
    } else if (operator === 'Do') {
      const called = /\/(\S+)\s+Do$/.exec(line)?.[1] ?? '';
      if (isTaggedForm(called)) close();
      else if (!isCovered()) open();
    }
    lines.push(line);
    if (operator === 'EMC' && marks.pop() === 'wrapped') lines.push('EMC');
  }
  close();
  return lines.join('\n');
}
