import { createHash } from 'node:crypto';
import type { ArchiveFile } from './zip.ts';

/** A line of `bag-info.txt`: RFC 8493, section 2.2.2. */
export type BagInfo = readonly [label: string, value: string];

/**
 * Makes a BagIt bag, version 1.0, of files below `data/`: https://www.rfc-editor.org/rfc/rfc8493
 *
 * @param payload files with paths that begin with `data/`.
 * @param info in the order in which it should be read; facts about the bag itself are added.
 * @returns the files of the bag: first the tag files, then the payload sorted by path.
 */
export function makeBag(payload: readonly ArchiveFile[], info: readonly BagInfo[]): ArchiveFile[] {
  const sorted = [...payload].sort((a, b) => (a.path < b.path ? -1 : 1));
  const octets = sorted.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const tags = [
    textFile('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    textFile('bag-info.txt', infoText([...info, ['Payload-Oxum', `${octets}.${sorted.length}`]])),
    textFile('manifest-sha512.txt', manifestText(sorted)),
  ];
  return [...tags, textFile('tagmanifest-sha512.txt', manifestText(tags)), ...sorted];
}

export function textFile(path: string, text: string): ArchiveFile {
  return { path, bytes: Buffer.from(text, 'utf8') };
}

/** A value ends at the end of its line. */
function infoText(info: readonly BagInfo[]): string {
  return info.map(([label, value]) => `${label}: ${value.replace(/[\s\p{Cc}]+/gu, ' ').trim()}\n`).join('');
}

/** RFC 8493, section 2.1.3: only line ends and the percent sign are encoded in paths. */
function manifestText(files: readonly ArchiveFile[]): string {
  const lines = files.map(({ path, bytes }) => {
    const written = path.replace(/[%\r\n]/g, encodeURIComponent);
    return `${createHash('sha512').update(bytes).digest('hex')}  ${written}\n`;
  });
  return lines.join('');
}
