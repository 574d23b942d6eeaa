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
 * Makes a file from Chromium conform to PDF/UA-1 (ISO 14289-1) and to the part of PDF/A (ISO 19005) that its metadata claims,
 * in place. Its appearance does not change. Conformance is claimed only if {@link checkConformance} finds nothing.
 *
 * @param labels of the pages, in order; default: their numbers.
 * @returns the reasons why the file does not conform; in that case it claims nothing.
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
