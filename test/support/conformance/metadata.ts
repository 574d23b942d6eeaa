import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import { SaxesParser } from 'saxes';
import { contentBytes } from './content.ts';
import type { Faults } from './faults.ts';
import { isLanguage, textOf } from './structure.ts';

const name = PDFName.of;

/** Namespaces of XMP that need no description. ISO 19005-2, 6.6.2.3. */
const KNOWN = new Set([
  'adobe:ns:meta/',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'http://purl.org/dc/elements/1.1/',
  'http://ns.adobe.com/xap/1.0/',
  'http://ns.adobe.com/xap/1.0/mm/',
  'http://ns.adobe.com/pdf/1.3/',
  'http://www.aiim.org/pdfa/ns/id/',
  'http://www.aiim.org/pdfa/ns/extension/',
  'http://www.aiim.org/pdfa/ns/schema#',
  'http://www.aiim.org/pdfa/ns/property#',
  'http://www.w3.org/XML/1998/namespace',
]);

/** What kind of value those properties have that need no description. XMP Specification (2005), 4; ISO 19005-2, 6.6.4. */
const VALUES: Readonly<Record<string, 'text' | 'Alt' | 'Bag' | 'Seq'>> = {
  'dc:format': 'text',
  'dc:title': 'Alt',
  'dc:creator': 'Seq',
  'dc:description': 'Alt',
  'dc:subject': 'Bag',
  'dc:language': 'Bag',
  'dc:source': 'text',
  'pdf:Keywords': 'text',
  'pdf:Producer': 'text',
  'xmp:CreatorTool': 'text',
  'xmp:CreateDate': 'text',
  'xmp:ModifyDate': 'text',
  'xmpMM:VersionID': 'text',
  'pdfaid:part': 'text',
  'pdfaid:conformance': 'text',
  'pdfaExtension:schemas': 'Bag',
};

/** Properties of an XMP packet by prefix and local name, each with the texts it holds. */
export function readXmp(xml: string): {
  properties: Map<string, string[]>;
  namespaces: Set<string>;
  described: Set<string>;
  /** By property: whether it is text, or else which container. */
  values: Map<string, string>;
} {
  const parser = new SaxesParser({ xmlns: true });
  const properties = new Map<string, string[]>();
  const namespaces = new Set<string>();
  const described = new Set<string>();
  const values = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    text = '';
    if (path.length === 4) values.set(tag.name, 'text');
    if (path.length === 5) values.set(path[3] ?? '', tag.name.replace(/^rdf:/, ''));
    namespaces.add(tag.uri);
    for (const one of Object.values(tag.attributes)) {
      if (one.uri && one.uri !== 'http://www.w3.org/2000/xmlns/') namespaces.add(one.uri);
    }
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', (tag) => {
    path.pop();
    const property = [...path, tag.name][3];
    if (text.trim() && property) properties.set(property, [...(properties.get(property) ?? []), text]);
    if (tag.name === 'pdfaSchema:namespaceURI') described.add(text);
    text = '';
  });
  parser.write(xml).close();
  return { properties, namespaces, described, values };
}

/** ISO 19005-2, 6.6 and 6.2.3; ISO 14289-1, 5, 7.1 and 7.2. */
export function checkMetadata(document: PDFDocument, level: '2a' | '3b' | 'none', faults: Faults): void {
  const { context, catalog } = document;
  const stream = context.lookup(catalog.get(name('Metadata')));
  if (!(stream instanceof PDFRawStream)) {
    faults.add('A2 6.6.2', 'there is no XMP');
    return;
  }
  faults.check(!stream.dict.has(name('Filter')), 'A2 6.6.2', 'the XMP is compressed');
  const xml = contentBytes(context, catalog.get(name('Metadata'))).toString('utf8');
  faults.check(
    /^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>/.test(xml),
    'A2 6.6.2.1',
    'the header of the XMP packet',
  );
  const { properties, namespaces, described, values } = readXmp(xml);
  for (const [property, value] of values)
    faults.check(
      VALUES[property] === value || property === 'pdfuaid:part',
      'A2 6.6.2.3',
      `${property} has a value of the kind ${value}`,
    );
  for (const language of properties.get('dc:language') ?? [])
    faults.check(isLanguage(language), 'A2 6.6.2.3', `${language} is no language`);
  const one = (key: string): string | undefined => properties.get(key)?.[0];
  faults.check(one('pdfuaid:part') === '1', 'UA1 5', 'the XMP does not say PDF/UA-1');
  faults.check(one('dc:title'), 'UA1 7.1', 'the XMP has no title');
  if (level === 'none') faults.check(one('pdfaid:part') === undefined, 'A2 6.6.4', 'the XMP says PDF/A');
  else {
    const [part, conformance] = level === '2a' ? ['2', 'A'] : ['3', 'B'];
    faults.check(one('pdfaid:part') === part, 'A2 6.6.4', `the part is ${one('pdfaid:part')}`);
    faults.check(one('pdfaid:conformance') === conformance, 'A2 6.6.4', 'another conformance level');
    for (const uri of namespaces)
      faults.check(KNOWN.has(uri) || described.has(uri), 'A2 6.6.2.3', `${uri} is not described`);
    checkOutputIntent();
  }
  const info = context.lookup(context.trailerInfo.Info);
  const infoText = (key: string): string | undefined =>
    info instanceof PDFDict && info.has(name(key)) ? textOf(info.get(name(key))) : undefined;
  const pairs = [
    ['Title', one('dc:title')],
    ['Author', properties.get('dc:creator')?.join('; ')],
    ['Subject', one('dc:description')],
    ['Keywords', one('pdf:Keywords')],
    ['Creator', one('xmp:CreatorTool')],
    ['Producer', one('pdf:Producer')],
    ['CreationDate', pdfDate(one('xmp:CreateDate'))],
    ['ModDate', pdfDate(one('xmp:ModifyDate'))],
  ] as const;
  for (const [key, value] of pairs)
    faults.check(infoText(key) === value, 'A1 6.7.3', `${key} is ${infoText(key)} and ${value} in the XMP`);
  const lang = textOf(catalog.get(name('Lang')));
  faults.check(isLanguage(lang), 'UA1 7.2', `the language is ${lang || 'missing'}`);
  faults.check(one('dc:language') === lang, 'UA1 7.2', `the XMP says another language than ${lang}`);
  const preferences = context.lookup(catalog.get(name('ViewerPreferences')));
  faults.check(
    preferences instanceof PDFDict && String(preferences.get(name('DisplayDocTitle'))) === 'true',
    'UA1 7.1',
    'viewers do not show the title',
  );
  const marks = context.lookup(catalog.get(name('MarkInfo')));
  faults.check(
    marks instanceof PDFDict &&
      String(marks.get(name('Marked'))) === 'true' &&
      String(marks.get(name('Suspects'))) !== 'true',
    'UA1 7.1',
    'the file does not say that it is tagged',
  );

  function checkOutputIntent(): void {
    const intents = context.lookup(catalog.get(name('OutputIntents')));
    const intent = intents instanceof PDFArray ? context.lookup(intents.get(0)) : undefined;
    if (!(intent instanceof PDFDict)) {
      faults.add('A2 6.2.3', 'there is no output intent');
      return;
    }
    faults.check(
      intent.get(name('S')) === name('GTS_PDFA1'),
      'A2 6.2.3',
      'the output intent is of another kind',
    );
    const profile = contentBytes(context, intent.get(name('DestOutputProfile')));
    const known = profile.length > 128 && profile.readUInt32BE(0) === profile.length;
    faults.check(known && profile.toString('latin1', 36, 40) === 'acsp', 'A2 6.2.3', 'the profile is none');
    faults.check(
      profile[8] !== undefined && profile[8] <= 4,
      'A2 6.2.3',
      'the profile is of a later version',
    );
    faults.check(profile.toString('latin1', 16, 20) === 'RGB ', 'A2 6.2.3', 'the profile is not for RGB');
    faults.check(
      /^(mntr|prtr)$/.test(profile.toString('latin1', 12, 16)),
      'A2 6.2.3',
      'the profile is of no screen and no printer',
    );
  }
}

function pdfDate(iso: string | undefined): string | undefined {
  return iso && `D:${iso.replace(/[-:T]/g, '')}`;
}
