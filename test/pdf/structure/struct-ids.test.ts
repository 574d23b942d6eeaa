import fc from 'fast-check';
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, type PDFRef, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { renumberStructIds } from '../../../src/pdf/structure/struct-ids.ts';
import { randomCases } from '../../support/random-cases.ts';

const name = PDFName.of;

interface Tag {
  readonly id?: string;
  readonly headers?: readonly string[];
  readonly kids?: readonly Tag[];
}

/** A document with a tree of tags, each an indirect object, as Chromium writes them. */
async function tagged(...tags: readonly Tag[]): Promise<{ document: PDFDocument; refs: PDFRef[] }> {
  const document = await PDFDocument.create();
  document.addPage();
  const { context } = document;
  const refs: PDFRef[] = [];
  const add = (tag: Tag): PDFRef => {
    const ref = context.nextRef();
    refs.push(ref);
    const element = context.obj({ Type: 'StructElem', S: 'Div' });
    if (tag.id !== undefined) element.set(name('ID'), PDFString.of(tag.id));
    if (tag.headers) {
      const headers = tag.headers.map((one) => PDFString.of(one));
      element.set(name('A'), context.obj([{ O: 'Table', Headers: headers }]));
    }
    context.assign(ref, element);
    if (tag.kids) element.set(name('K'), context.obj([0, ...tag.kids.map(add)]));
    return ref;
  };
  const root = context.obj({ Type: 'StructTreeRoot' });
  root.set(name('K'), context.obj(tags.map(add)));
  document.catalog.set(name('StructTreeRoot'), context.register(root));
  return { document, refs };
}

const decoded = (object: PDFObject | undefined) =>
  object instanceof PDFString ? object.decodeText() : undefined;

/** The ids of a document's tags, in the order in which they were made. */
async function renumbered(...tags: readonly Tag[]) {
  const { document, refs } = await tagged(...tags);
  renumberStructIds(document);
  const elements = refs.map((ref) => document.context.lookup(ref, PDFDict));
  return { document, elements, refs, ids: elements.map((one) => decoded(one.get(name('ID')))) };
}

/** The entries of a document's IDTree. */
function idTree(document: PDFDocument): [string | undefined, PDFObject | undefined][] {
  const root = document.catalog.lookup(name('StructTreeRoot'), PDFDict);
  const kid = root.lookup(name('IDTree'), PDFDict).lookup(name('Kids'), PDFArray).lookup(0, PDFDict);
  const names = kid.lookup(name('Names'), PDFArray).asArray();
  return Array.from({ length: names.length / 2 }, (_, i) => [decoded(names[2 * i]), names[2 * i + 1]]);
}

describe('ids of tags', () => {
  test('count in reading order, children before siblings', async () => {
    const tree = [{ id: 'node9', kids: [{ id: 'node3' }, { id: 'node7' }] }, { id: 'node1' }];
    expect((await renumbered(...tree)).ids).toEqual(['e0000001', 'e0000002', 'e0000003', 'e0000004']);
  });

  test('stay away where there were none', async () => {
    expect((await renumbered({ kids: [{ id: 'x' }, {}] })).ids).toEqual([undefined, 'e0000001', undefined]);
  });

  test('are followed by the cells that refer to them, those further down too', async () => {
    const { elements } = await renumbered({ id: 'cell', headers: ['b', 'a'] }, { id: 'a' }, { id: 'b' });
    const [attributes] = elements[0]?.lookup(name('A'), PDFArray).asArray() ?? [];
    const headers = (attributes as PDFDict).lookup(name('Headers'), PDFArray).asArray();
    expect(headers.map(decoded)).toEqual(['e0000003', 'e0000002']);
  });

  test('lead through the tree of ids to their tags', async () => {
    const { document, ids, refs } = await renumbered({ id: 'z', kids: [{ id: 'y' }] }, { id: 'x' });
    expect(idTree(document)).toEqual(ids.map((id, i) => [id, refs[i]]));
  });

  test('are the same whatever they were before', async () => {
    const tree: fc.Memo<Tag> = fc.memo((depth) =>
      fc.record({ kids: depth > 1 ? fc.array(tree(), { maxLength: 3 }) : fc.constant([]) }),
    );
    const named = (tags: readonly Tag[], ids: readonly string[], at = { i: 0 }): Tag[] =>
      tags.map((tag) => ({
        id: ids[at.i++ % ids.length] + String(at.i),
        kids: named(tag.kids ?? [], ids, at),
      }));
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(fc.array(tree(4), { maxLength: 4 }), words, words, async (tags, some, others) => {
        const [one, other] = [
          await renumbered(...named(tags, some)),
          await renumbered(...named(tags, others)),
        ];
        expect(one.ids).toEqual(other.ids);
        expect(new Set(one.ids).size).toBe(one.ids.length);
        expect(one.ids.toSorted()).toEqual(one.ids);
      }),
      randomCases(15, 50),
    );
  });

  test('are counted in a document with very many', async () => {
    const { ids } = await renumbered({
      id: 'top',
      kids: Array.from({ length: 150_000 }, (_, i) => ({ id: `n${i}` })),
    });
    expect(ids.at(-1)).toBe('e0150001');
  });
});

test('a document without tags is left as it is', async () => {
  const document = await PDFDocument.create();
  document.addPage();
  const before = document.context.enumerateIndirectObjects().length;
  renumberStructIds(document);
  expect(document.context.enumerateIndirectObjects()).toHaveLength(before);
});
