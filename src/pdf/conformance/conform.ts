import { type PDFDocument, PDFHeader } from 'pdf-lib';
import { nameMissingGlyphs } from '../content/missing-glyphs.ts';
import { repairToUnicode } from '../content/to-unicode.ts';
import { describeLinks } from '../navigation/link-contents.ts';
import { markArtifacts } from '../structure/artifacts.ts';
import { repairStructure } from '../structure/structure.ts';
import { checkConformance } from './check-conformance.ts';
import { keepLimits } from './limits.ts';
import { setOutputIntent } from './output-intent.ts';
import { type FileMetadata, setMetadata } from './xmp.ts';

/**
 * Makes a file of Chromium's conform to PDF/UA-1 (ISO 14289-1) and to the part of PDF/A (ISO 19005) that its metadata claim,
 * in place. What is painted stays as it is. Only what passed {@link checkConformance} is claimed.
 *
 * @param labels of the pages, in order; none: their numbers.
 * @returns what keeps the file from conforming; it then claims nothing.
 */
export function conform(
  document: PDFDocument,
  metadata: FileMetadata,
  labels: readonly string[] | undefined,
): readonly string[] {
  document.context.header = PDFHeader.forVersion(1, 7);
  repairStructure(document, markArtifacts(document));
  describeLinks(document, labels);
  keepLimits(document);
  repairToUnicode(document);
  nameMissingGlyphs(document);
  if (metadata.pdfa !== 'none') setOutputIntent(document);
  const faults = checkConformance(document);
  setMetadata(document, metadata, faults.length === 0);
  return faults;
}
