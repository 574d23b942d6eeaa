import { PDFArray, PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { Faults } from './faults.ts';
import { checkContent } from './marked-content.ts';
import { checkMetadata } from './metadata.ts';
import { checkObjects } from './objects.ts';
import { checkStructure } from './structure.ts';

const name = PDFName.of;

/**
 * The rules of PDF/A (ISO 19005-2 and -3) and PDF/UA-1 (ISO 14289-1) that a file breaks, of those that can be told by
 * looking at it. Written from the standards and not from what makes the files, so that one finds the other's mistakes.
 */
export async function conformanceFaults(
  bytes: Uint8Array,
  level: '2a' | '3b' | 'none' = '2a',
): Promise<string[]> {
  const faults = new Faults();
  const file = Buffer.from(bytes);
  faults.check(
    /^%PDF-1\.[0-7]\n%[\x80-\xff]{4}/.test(file.toString('latin1', 0, 20)),
    'A2 6.1.2',
    'the header',
  );
  faults.check(/%%EOF(\r\n|\r|\n)?$/.test(file.toString('latin1', file.length - 10)), 'A2 6.1.3', 'the end');
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context, catalog } = document;
  const { ID, Encrypt } = context.trailerInfo;
  faults.check(ID && Encrypt === undefined, 'A2 6.1.3', 'the trailer has no ID, or encrypts');
  checkObjects(document, faults);
  checkMetadata(document, level, faults);
  checkStructure(document, checkContent(document, faults), faults);
  checkAttachments();
  return faults.list();

  function checkAttachments(): void {
    const names = context.lookup(catalog.get(name('Names')));
    const embedded = names instanceof PDFDict && names.has(name('EmbeddedFiles'));
    if (level !== '3b') faults.check(!embedded, 'A2 6.8', 'files are embedded');
    if (!embedded) return;
    const associated = context.lookup(catalog.get(name('AF')));
    faults.check(associated instanceof PDFArray && associated.size() > 0, 'A3 6.8', 'no file is associated');
    for (const reference of associated instanceof PDFArray ? associated.asArray() : []) {
      const spec = context.lookup(reference);
      if (!(spec instanceof PDFDict)) continue;
      for (const key of ['F', 'UF', 'AFRelationship', 'Desc'])
        faults.check(spec.has(name(key)), 'A3 6.8', `an embedded file has no ${key}`);
      const stream = context.lookup(spec.lookup(name('EF'), PDFDict).get(name('F')));
      const type = stream && 'dict' in stream ? (stream.dict as PDFDict).get(name('Subtype')) : undefined;
      faults.check(
        /^\/[\w-]+(#2F|\/)[\w.+-]+$/i.test(String(type)),
        'A3 6.8',
        `an embedded file is of type ${type}`,
      );
    }
  }
}
