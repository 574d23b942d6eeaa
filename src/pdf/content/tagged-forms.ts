import { PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import { repacked, streamText } from './stream-text.ts';

const name = PDFName.of;

/** Facts about the forms of a document, and copies of them without tags. ISO 32000-1, 8.10. */
export interface TaggedForms {
  named(called: string, resources: PDFDict | undefined): PDFRef | undefined;
  resourcesOf(form: PDFRef): PDFDict | undefined;
  /** Whether a form, or one that it draws, has tagged content. */
  isTagged(form: PDFRef): boolean;
  /** Whether the numbers of its content count in the form, not in the page that draws it. ISO 32000-1, 14.7.4.3. */
  countsItsOwn(form: PDFRef): boolean;
  /** Removes the tags from forms that are masks, in place. ISO 32000-1, 11.6.5.2. */
  untagMasks(): void;
  /** Adds a copy without tags to the resources. */
  nameOfUntagged(
    called: string,
    form: PDFRef,
    resources: PDFDict | undefined,
  ): 'plain' | { readonly instead: string };
}

export function formsOf({ context }: PDFDocument): TaggedForms {
  const tagged = new Map<PDFRef, boolean>();
  const copies = new Map<PDFRef, PDFRef>();
  return { named, resourcesOf, isTagged, countsItsOwn, untagMasks, nameOfUntagged };

  function formAt(reference: unknown): PDFRawStream | undefined {
    const form = reference instanceof PDFRef ? context.lookup(reference) : undefined;
    const isForm = form instanceof PDFRawStream && form.dict.get(name('Subtype')) === name('Form');
    return isForm ? form : undefined;
  }

  function named(called: string, resources: PDFDict | undefined): PDFRef | undefined {
    const reference = resources?.lookupMaybe(name('XObject'), PDFDict)?.get(name(called));
    return reference instanceof PDFRef && formAt(reference) ? reference : undefined;
  }

  function resourcesOf(form: PDFRef): PDFDict | undefined {
    return formAt(form)?.dict.lookupMaybe(name('Resources'), PDFDict);
  }

  function isTagged(reference: PDFRef): boolean {
    const known = tagged.get(reference);
    if (known !== undefined) return known;
    tagged.set(reference, false);
    const form = formAt(reference);
    if (!form) return false;
    const inner = resourcesOf(reference)?.lookupMaybe(name('XObject'), PDFDict)?.values() ?? [];
    const found =
      streamText(form).includes('/MCID') || inner.some((one) => one instanceof PDFRef && isTagged(one));
    tagged.set(reference, found);
    return found;
  }

  function countsItsOwn(form: PDFRef): boolean {
    return formAt(form)?.dict.has(name('StructParents')) ?? false;
  }

  function untagMasks(): void {
    for (const [, object] of context.enumerateIndirectObjects()) {
      const mask = object instanceof PDFDict ? context.lookup(object.get(name('SMask'))) : undefined;
      const group = mask instanceof PDFDict ? mask.get(name('G')) : undefined;
      if (mask instanceof PDFDict && group instanceof PDFRef && isTagged(group))
        mask.set(name('G'), untagged(group));
    }
  }

  function nameOfUntagged(called: string, form: PDFRef, resources: PDFDict | undefined) {
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict);
    if (!objects) return 'plain';
    const instead = `${called}-`;
    objects.set(name(instead), untagged(form));
    return { instead };
  }

  function untagged(reference: PDFRef): PDFRef {
    const before = copies.get(reference);
    if (before) return before;
    const form = formAt(reference);
    if (!form || !isTagged(reference)) return reference;
    const copy = repacked(form, withoutTags(streamText(form)), context);
    copy.dict.delete(name('StructParents'));
    const made = context.register(copy);
    copies.set(reference, made);
    const resources = copy.dict.lookupMaybe(name('Resources'), PDFDict)?.clone(context);
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict)?.clone(context);
    if (!resources || !objects) return made;
    for (const [key, one] of objects.entries()) if (one instanceof PDFRef) objects.set(key, untagged(one));
    resources.set(name('XObject'), objects);
    copy.dict.set(name('Resources'), resources);
    return made;
  }
}

/** Removes the operators that begin and end marked content. ISO 32000-1, 14.6. */
function withoutTags(content: string): string {
  return content
    .split('\n')
    .filter((line) => !/(?:BDC|BMC|EMC)$/.test(line))
    .join('\n');
}
