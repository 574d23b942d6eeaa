import { PDFDocument, PDFName } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { LOCK_NAME, VENDOR_FOLDER } from '../../src/images/lock.ts';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';

describe('with the source attached', () => {
  const lock = '{ "version": 1, "images": {} }\n';
  const vendored = courseBuiltOnce(
    { decks: ['tongue.md'], attachSource: true, only: ['slides'] },
    { 'tongue.md': '# Hello\n', [`${VENDOR_FOLDER}/${LOCK_NAME}`]: lock },
  );

  test('the lock of vendored images is there as well', async () => {
    const bytes = await vendored.bytes('tongue.md');
    expect(await conformanceFaults(bytes, '3b')).toEqual([]);
    const files = await withPdf(bytes, (document) => document.getAttachments());
    const found = Object.values(files as Record<string, { filename: string; content: Uint8Array }>);
    expect(found.map(({ filename }) => filename).sort()).toEqual([LOCK_NAME, 'tongue.md'].sort());
    const attachedLock = found.find(({ filename }) => filename === LOCK_NAME);
    expect(Buffer.from(attachedLock?.content ?? []).toString()).toBe(lock);
  });
});

test('a build that claims no PDF/A makes accessible files all the same', async () => {
  const raw = await courseBuiltNow(
    { decks: ['tongue.md'], pdfa: 'none', only: ['slides'] },
    { 'tongue.md': '# Hello\n' },
  );
  const bytes = await raw.bytes('tongue.md');
  expect(await conformanceFaults(bytes, 'none')).toEqual([]);
  const { catalog } = await PDFDocument.load(bytes, { updateMetadata: false });
  expect(catalog.has(PDFName.of('OutputIntents'))).toBe(false);
});
