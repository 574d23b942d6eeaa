import { type PDFDocument, PDFHeader } from 'pdf-lib';
import { markArtifacts } from './artifacts.ts';
import { keepLimits } from './limits.ts';
import { describeLinks } from './link-contents.ts';
import { nameMissingGlyphs } from './missing-glyphs.ts';
import { setOutputIntent } from './output-intent.ts';
import { repairStructure } from './structure.ts';
import { repairToUnicode } from './to-unicode.ts';
import { type FileMetadata, setMetadata } from './xmp.ts';

/**
 * Makes a file of Chromium's conform to PDF/UA-1 (ISO 14289-1) and to the part of PDF/A (ISO 19005) that its metadata claim,
 * in place. What is painted stays as it is.
 *
 * @param labels of the pages, in order; none: their numbers.
 */
export async function conform(
  document: PDFDocument,
  metadata: FileMetadata,
  labels: readonly string[] | undefined,
): Promise<void> {
  document.context.header = PDFHeader.forVersion(1, 7);
  repairStructure(document, markArtifacts(document));
  describeLinks(document, labels);
  keepLimits(document);
  repairToUnicode(document);
  nameMissingGlyphs(document);
  if (metadata.pdfa !== 'none') await setOutputIntent(document);
  setMetadata(document, metadata);
}
