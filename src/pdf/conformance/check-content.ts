import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import {
  beginsMarked,
  contentId,
  drawnName,
  operatorOf,
  paintsPath,
  showsText,
} from '../content/content-operators.ts';
import { streamText } from '../content/stream-text.ts';

const name = PDFName.of;

/** A page or form with marked content. */
export interface MarkedStream {
  /** From 0; for a form, the page that draws it. */
  readonly pageIndex: number;
  readonly ids: ReadonlySet<number>;
  /** Key of its entry in the parent tree. */
  readonly holder: PDFDict;
}

/** What surrounds a point in the content: nothing, an artifact, or numbered content. */
type Surrounding = 'nothing' | 'artifact' | 'tagged';

/**
 * Reads the marked content of a finished document, and reports content that is neither tagged nor an artifact, or both. ISO
 * 14289-1, 7.1 and 7.20.
 */
export function checkContent(
  document: PDFDocument,
  onFault: (fault: string) => void,
): ReadonlyMap<PDFRef, MarkedStream> {
  const { context } = document;
  const streams = new Map<PDFRef, MarkedStream & { readonly ids: Set<number> }>();
  const drawn = new Map<PDFRef, Surrounding>();
  document.getPages().forEach((page, pageIndex) => {
    const contents = page.node.Contents();
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents];
    const text = parts.map((one) => streamText(context.lookup(one))).join('\n');
    read(text, page.ref, page.node, page.node.Resources(), pageIndex, 'nothing');
  });
  return streams;

  function read(
    text: string,
    reference: PDFRef,
    holder: PDFDict,
    resources: PDFDict | undefined,
    pageIndex: number,
    around: Surrounding,
  ): void {
    const where = `on page ${pageIndex + 1}`;
    const open: Surrounding[] = [around];
    const inside = (): Surrounding => open.at(-1) ?? 'nothing';
    for (const line of text.split('\n')) {
      const operator = operatorOf(line);
      if (beginsMarked(operator)) {
        const id = contentId(line);
        const isArtifact = line.startsWith('/Artifact');
        if (isArtifact && inside() === 'tagged') onFault(`an artifact within tagged content ${where}`);
        if (id !== undefined) note(id, reference, holder, pageIndex, inside());
        open.push(isArtifact ? 'artifact' : id !== undefined ? 'tagged' : inside());
      } else if (operator === 'EMC') {
        if (open.length > 1) open.pop();
        else onFault(`marked content ends that did not begin ${where}`);
      } else if (operator === 'Do') draw(drawnName(line), resources, pageIndex, inside());
      else if (inside() === 'nothing' && (paintsPath(operator) || showsText(operator) || operator === 'sh'))
        onFault(`something is painted that is neither tagged nor an artifact ${where}`);
    }
    if (open.length > 1) onFault(`marked content does not end ${where}`);
  }

  function note(
    id: number,
    reference: PDFRef,
    holder: PDFDict,
    pageIndex: number,
    around: Surrounding,
  ): void {
    const where = `on page ${pageIndex + 1}`;
    if (around === 'artifact') onFault(`tagged content within an artifact ${where}`);
    const stream = streams.get(reference) ?? { pageIndex, ids: new Set<number>(), holder };
    if (stream.ids.has(id)) onFault(`two contents have the number ${id} ${where}`);
    stream.ids.add(id);
    streams.set(reference, stream);
  }

  function draw(
    called: string,
    resources: PDFDict | undefined,
    pageIndex: number,
    around: Surrounding,
  ): void {
    const reference = resources?.lookupMaybe(name('XObject'), PDFDict)?.get(name(called));
    const form = context.lookup(reference);
    const isForm = form instanceof PDFRawStream && form.dict.get(name('Subtype')) === name('Form');
    if (!isForm || !(reference instanceof PDFRef)) {
      if (around === 'nothing')
        onFault(`a picture is neither tagged nor an artifact on page ${pageIndex + 1}`);
      return;
    }
    const before = drawn.get(reference);
    // Again where nothing surrounds it; a form without tags may be drawn any number of times.
    if (before === undefined || (before !== 'nothing' && around === 'nothing')) {
      drawn.set(reference, around);
      if (before !== undefined && streams.has(reference)) {
        onFault(`tagged content is drawn twice, again on page ${pageIndex + 1}`);
        return;
      }
      const own = form.dict.lookupMaybe(name('Resources'), PDFDict) ?? resources;
      read(streamText(form), reference, form.dict, own, pageIndex, around);
    } else if (streams.has(reference))
      onFault(`tagged content is drawn twice, again on page ${pageIndex + 1}`);
  }
}
