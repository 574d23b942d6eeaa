import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const REFUSED = [
  'view-source:https://example.org/',
  'jar:https://example.org/a.jar!/',
  'ms-word:ofe|u|https://example.org/a.docx',
  'smb://example.org/share',
  'search-ms:query=x&crumb=location:\\\\example.org',
  'shell:startup',
  'c:\\windows\\calc.exe',
  '\\\\example.org\\share',
  'JavaScript:alert(1)',
  'java\tscript:alert(1)',
  'ms-settings:',
  'ssh://example.org',
  'intent://x#Intent;end',
  'x-apple.systempreferences:',
  'sftp://example.org/',
  'ldap://example.org/',
];
const KEPT = [
  'https://example.org/kept',
  'http://example.org/kept',
  'mailto:a@example.org',
  'tel:+491234',
  'ftp://example.org/kept',
];
const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const slide = (href: string): string => `## Link

<a href="${attribute(href)}">html</a>

<svg width="90" height="30"><a href="${attribute(href)}"><text y="20">svg</text></a><a xlink:href="${attribute(href)}"><text x="50" y="20">old</text></a></svg>

Note: <a href="${attribute(href)}">note</a>`;

const course = courseBuiltOnce(
  { decks: 'schemes.md', only: ['slides', 'handout', 'archive'], notes: 'speaker' },
  { 'schemes.md': [...REFUSED, ...KEPT].map(slide).join('\n\n---\n\n') },
);

/** As they stand in the file: readers of PDF leave out what they would not follow. */
async function addressesIn(bytes: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(bytes);
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    const action =
      object instanceof PDFDict ? (object.lookupMaybe(PDFName.of('A'), PDFDict) ?? object) : undefined;
    const uri = action?.get(PDFName.of('URI'));
    return uri instanceof PDFString || uri instanceof PDFHexString ? [uri.decodeText()] : [];
  });
}

test.each(['slides', 'handout'] as const)(
  'a link leads out of a PDF by a scheme that is listed: %s',
  async (kind) => {
    const urls = await addressesIn(await course.bytes('schemes.md', kind));
    const schemes = new Set(urls.map((url) => url.replace(/:.*/s, '')));
    expect([...schemes].sort()).toEqual(['ftp', 'http', 'https', 'mailto', 'tel']);
  },
);

test('any other is a warning with its line', () => {
  const lines = course.diagnostics('schemes.md', 'LINK_TARGET_MISSING').map(({ line }) => line);
  expect(new Set(lines).size).toBe(REFUSED.length);
});
