import { PDFArray, type PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import {
  beginsMarked,
  contentId,
  drawnName,
  operatorOf,
  paintsPath,
  showsText,
} from '../content/content-operators.ts';
import { repacked, streamText } from '../content/stream-text.ts';
import { formsOf } from '../content/tagged-forms.ts';
import { contentRoles } from './content-roles.ts';

const name = PDFName.of;
/** Operators that construct a path. ISO 32000-1, 8.5.2. */
const SHAPES = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're']);
/** An artifact must not extend across these: text objects, other marked content, and saved graphics states. */
const BORDERS = new Set(['BT', 'ET', 'BDC', 'BMC', 'EMC', 'q', 'Q']);

/** The scope of tagged content: a page's own content (`stream` is the page), or a form that the page draws. */
export interface ContentPlace {
  readonly stream: PDFRef;
  readonly page: PDFRef;
}

/** The role of tagged content, by the scope of its number and that number. */
export type ContentPlaces = ReadonlyMap<PDFRef, ReadonlyMap<number, ContentPlace>>;

/**
 * Marks everything outside of tagged content as an artifact, in place: backgrounds, borders, decorative images (ISO 14289-1,
 * 7.1; ISO 32000-1, 14.8.2.2). The same applies to content without words that Chromium tags together with a text. Tags are
 * removed from masks, and from content that was drawn before (ISO 14289-1, 7.20). It reads content as Chromium writes it: one
 * operator per line.
 */
export function markArtifacts(document: PDFDocument): ContentPlaces {
  const { context } = document;
  const places = new Map<PDFRef, Map<number, ContentPlace>>();
  const forms = formsOf(document);
  forms.untagMasks();
  const done = new Set<PDFRef>();
  const roles = contentRoles(document);
  for (const page of document.getPages()) {
    const contents = page.node.get(name('Contents'));
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    const place = { stream: page.ref, page: page.ref };
    for (const one of streams)
      if (one instanceof PDFRef) rewrite(one, page.ref, place, page.node.Resources());
  }
  return places;

  function rewrite(
    reference: PDFRef,
    scope: PDFRef,
    place: ContentPlace,
    resources: PDFDict | undefined,
  ): void {
    const stream = context.lookup(reference);
    if (!(stream instanceof PDFRawStream)) return;
    done.add(reference);
    const own = places.get(scope) ?? new Map<number, ContentPlace>();
    places.set(scope, own);
    const before = streamText(stream);
    const after = withArtifacts(before, {
      onTagged: (id) => own.set(id, place),
      roleOf: (id) => roles.get(scope)?.get(id) ?? 'none',
      isForm: (called) => forms.named(called, resources) !== undefined,
      onForm: (called) => {
        const form = forms.named(called, resources);
        if (!form || !forms.isTagged(form)) return 'plain';
        if (done.has(form)) return forms.nameOfUntagged(called, form, resources);
        const its = forms.countsItsOwn(form) ? form : scope;
        rewrite(form, its, { stream: form, page: place.page }, forms.resourcesOf(form) ?? resources);
        return 'tagged';
      },
    });
    if (after !== before) context.assign(reference, repacked(stream, after, context));
  }
}

interface Surroundings {
  readonly onTagged: (id: number) => void;
  /** The content that the structure refers to. */
  readonly roleOf: (id: number) => 'drawn' | 'read' | 'none';
  readonly isForm: (called: string) => boolean;
  /** Whether a form has tagged content; or the name of the form to draw instead. */
  readonly onForm: (called: string) => 'tagged' | 'plain' | { readonly instead: string };
}

function withArtifacts(content: string, surroundings: Surroundings): string {
  const { onTagged, onForm } = surroundings;
  const source = content.split('\n');
  const lines: string[] = [];
  /** Whether the open content is tagged, or only states the meaning of its glyphs (`ActualText`). */
  const marks: ('tagged' | 'plain' | 'wrapped' | 'artifact')[] = [];
  let isOpen = false;
  /** Start of the path that is being constructed; nothing may be inserted between it and its painting operator. */
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
    const operator = operatorOf(line);
    const begins = beginsMarked(operator);
    if (begins || BORDERS.has(operator)) close();
    if (begins) {
      const id = contentId(line);
      if (id !== undefined && isDecoration(source, i, id, surroundings)) {
        lines.push('/Artifact BMC');
        marks.push('artifact');
        continue;
      }
      if (id !== undefined) onTagged(id);
      if (id === undefined && !isTagged()) lines.push('/Artifact BMC');
      marks.push(id !== undefined ? 'tagged' : isTagged() ? 'plain' : 'wrapped');
    } else if (SHAPES.has(operator)) {
      if (path < 0) path = lines.length;
    } else if (operator === 'n') path = -1;
    else if (paintsPath(operator)) {
      if (!isCovered()) open(path < 0 ? undefined : path);
      path = -1;
    } else if (showsText(operator) || operator === 'sh') {
      if (!isCovered()) open();
    } else if (operator === 'Do') {
      const form = onForm(drawnName(line));
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

/**
 * Whether marked content, up to its end, paints only lines, areas and images that belong to no drawing, or has neither words
 * nor an element.
 */
function isDecoration(
  lines: readonly string[],
  from: number,
  id: number,
  { isForm, roleOf }: Surroundings,
): boolean {
  const role = roleOf(id);
  if (role === 'drawn') return false;
  let paints = false;
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const operator = operatorOf(line);
    if (operator === 'EMC') return paints || role === 'none';
    if (beginsMarked(operator) || showsText(operator)) return false;
    if (operator === 'Do' && isForm(drawnName(line))) return false;
    paints ||= paintsPath(operator) || operator === 'Do' || operator === 'sh';
  }
  return false;
}
