import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFRawStream } from 'pdf-lib';
import { oneLine } from '../../text/plain-text.ts';
import { withinLimit } from './limits.ts';

/** Part and level of PDF/A that a file claims; `none` makes no claim. */
export type PdfA = '2a' | '3b' | 'none';

/** Metadata of a file, the same in the document information dictionary and in XMP. */
export interface FileMetadata {
  readonly title: string;
  readonly author?: string | undefined;
  readonly description?: string | undefined;
  readonly keywords: readonly string[];
  /** BCP 47. */
  readonly lang: string;
  /** The address of the deck on the web. */
  readonly url?: string | undefined;
  /** The deck's revision, as its version control names it. */
  readonly revision?: string | undefined;
  readonly producer: string;
  readonly date: Date;
  readonly pdfa: PdfA;
}

/**
 * Sets title, author and other metadata, in place, shortened to the maximum length of a string and equal in both places. ISO
 * 32000-1, 14.3; ISO 16684-1 (XMP); ISO 19005-2, 6.6; ISO 14289-1, 5.
 *
 * @param conforms whether the file may claim to conform to PDF/A and PDF/UA.
 */
export function setMetadata(document: PDFDocument, given: FileMetadata, conforms: boolean): void {
  const metadata = limited(given);
  const { title, author, description, keywords, lang, producer, date } = metadata;
  document.setTitle(title, { showInWindowTitleBar: true });
  if (author) document.setAuthor(author);
  if (description) document.setSubject(description);
  if (keywords.length > 0) document.setKeywords([withinLimit(keywords.join(', '))]);
  document.setLanguage(lang);
  document.setProducer(producer);
  document.setCreator(producer);
  document.setCreationDate(date);
  document.setModificationDate(date);
  const { context, catalog } = document;
  // Metadata without a standard key may have keys of its own. ISO 32000-1, 14.3.3.
  const info = context.lookup(context.trailerInfo.Info);
  const others = { Language: lang, Source: metadata.url, Revision: metadata.revision };
  for (const [key, value] of Object.entries(others))
    if (info instanceof PDFDict && value) info.set(PDFName.of(key), PDFHexString.fromText(value));
  const bytes = Buffer.from(packet(metadata, conforms), 'utf8');
  const dict = context.obj({ Type: 'Metadata', Subtype: 'XML', Length: bytes.length });
  catalog.set(PDFName.of('Metadata'), context.register(PDFRawStream.of(dict, bytes)));
}

/** Validators compare both places, so a text that is shortened in one is shortened in the other. ISO 19005-2, 6.1.13. */
function limited(metadata: FileMetadata): FileMetadata {
  const cut = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : withinLimit(oneLine(text));
  const { title, author, description, keywords, url, revision } = metadata;
  return {
    ...metadata,
    title: withinLimit(oneLine(title)),
    keywords: keywords.map(oneLine),
    author: cut(author),
    description: cut(description),
    url: cut(url),
    revision: cut(revision),
  };
}

function packet(metadata: FileMetadata, conforms: boolean): string {
  const { title, author, description, keywords, lang, url, revision, producer, date, pdfa } = metadata;
  const stamp = `${date.toISOString().slice(0, 19)}Z`;
  const properties = [
    element('dc:format', 'application/pdf'),
    list('dc:title', 'Alt', [title]),
    author ? list('dc:creator', 'Seq', [author]) : '',
    description ? list('dc:description', 'Alt', [description]) : '',
    keywords.length > 0 ? list('dc:subject', 'Bag', keywords) : '',
    list('dc:language', 'Bag', [lang]),
    url ? element('dc:source', url) : '',
    keywords.length > 0 ? element('pdf:Keywords', withinLimit(keywords.join(', '))) : '',
    element('pdf:Producer', producer),
    element('xmp:CreatorTool', producer),
    element('xmp:CreateDate', stamp),
    element('xmp:ModifyDate', stamp),
    revision ? element('xmpMM:VersionID', revision) : '',
    ...(conforms && pdfa !== 'none'
      ? [element('pdfaid:part', pdfa.charAt(0)), element('pdfaid:conformance', pdfa.charAt(1).toUpperCase())]
      : []),
    conforms ? element('pdfuaid:part', '1') : '',
  ];
  const namespaces = Object.entries(NAMESPACES).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" ${namespaces.join(' ')}>`,
    ...properties.filter((one) => one !== ''),
    ACCESSIBILITY_SCHEMA,
    '</rdf:Description>',
    '</rdf:RDF>',
    '</x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}

const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  pdfuaid: 'http://www.aiim.org/pdfua/ns/id/',
  pdfaExtension: 'http://www.aiim.org/pdfa/ns/extension/',
  pdfaSchema: 'http://www.aiim.org/pdfa/ns/schema#',
  pdfaProperty: 'http://www.aiim.org/pdfa/ns/property#',
};

/**
 * PDF/A requires a description of properties that it does not define, and it is older than those of PDF/UA. ISO 19005-2,
 * 6.6.2.3.
 */
const ACCESSIBILITY_SCHEMA = container('pdfaExtension:schemas', 'Bag', [
  element('pdfaSchema:schema', 'PDF/UA identification schema'),
  element('pdfaSchema:namespaceURI', NAMESPACES.pdfuaid),
  element('pdfaSchema:prefix', 'pdfuaid'),
  container('pdfaSchema:property', 'Seq', [
    element('pdfaProperty:name', 'part'),
    element('pdfaProperty:valueType', 'Integer'),
    element('pdfaProperty:category', 'internal'),
    element('pdfaProperty:description', 'Part of ISO 14289 that the file conforms to'),
  ]),
]);

function container(property: string, kind: 'Bag' | 'Seq', fields: readonly string[]): string {
  return `<${property}><rdf:${kind}><rdf:li rdf:parseType="Resource">${fields.join('')}</rdf:li></rdf:${kind}></${property}>`;
}

function list(property: string, kind: 'Alt' | 'Bag' | 'Seq', texts: readonly string[]): string {
  const lang = kind === 'Alt' ? ' xml:lang="x-default"' : '';
  const items = texts.map((text) => `<rdf:li${lang}>${escaped(text)}</rdf:li>`).join('');
  return `<${property}><rdf:${kind}>${items}</rdf:${kind}></${property}>`;
}

function element(property: string, text: string): string {
  return `<${property}>${escaped(text)}</${property}>`;
}

/** XML 1.0 allows no control characters except white space, and no unpaired surrogates. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
}
