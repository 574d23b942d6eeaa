import { zipSync } from 'fflate';

/** A file of an archive, with `/` between the parts of its path. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Extensions of files that are already compressed. */
const STORED = /\.(?:avif|gif|jpe?g|pdf|png|webp|woff2?)$/i;

/** Unix permissions of a file that everybody may read and its owner may write: APPNOTE.TXT, section 4.4.15. */
const UNIX = 3;
const MODE = 0o100_644;

/** Beyond these limits a ZIP file needs extensions that not every reader supports. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;

/** Space for the headers of each file in a ZIP file, besides its path. */
const HEADERS_BYTES = 76;

/** Why files cannot be put into one ZIP file; undefined if they can. */
export function zipFault(files: readonly ArchiveFile[]): string | undefined {
  if (files.length > MOST_FILES) return `${files.length} files are more than the ${MOST_FILES} of a ZIP file`;
  const bytes = files.reduce(
    (sum, { path, bytes }) => sum + bytes.length + HEADERS_BYTES + 2 * Buffer.byteLength(path),
    0,
  );
  return bytes > MOST_BYTES ? `${bytes} bytes are more than the 4 GiB of a ZIP file` : undefined;
}

/**
 * Packs files into one ZIP file, in their order. The same files and date give the same bytes on every machine: the compressor
 * is the same everywhere, unlike Node's zlib.
 *
 * @param date of every file, in UTC; ZIP files support the years 1980 to 2107, with a resolution of two seconds.
 */
export function zip(files: readonly ArchiveFile[], date: Date): Uint8Array {
  const entries = files.map(({ path, bytes }) => {
    const level = STORED.test(path) ? 0 : 9;
    return [path, [bytes, { level, os: UNIX, attrs: MODE * 2 ** 16, mtime: ANY_DATE }]] as const;
  });
  const packed = zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]);
  stampDate(packed, date);
  return packed;
}

/** Far from both limits of the library, in every time zone. */
const ANY_DATE = new Date(Date.UTC(2000, 6, 1));

/** Offsets of the date fields of APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
const LOCAL = { timeAt: 10 };
const CENTRAL = { bytes: 46, timeAt: 12, lengthsAt: 28, localAt: 42 };
const END = { bytes: 22, countAt: 10, centralAt: 16 };

/** The library writes local time. Not every UTC date has an equivalent local time that could be passed instead. */
function stampDate(packed: Uint8Array, date: Date): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const stamp = dosDate(date);
  const end = packed.length - END.bytes;
  let at = view.getUint32(end + END.centralAt, true);
  for (let left = view.getUint16(end + END.countAt, true); left > 0; left--) {
    view.setUint32(at + CENTRAL.timeAt, stamp, true);
    view.setUint32(view.getUint32(at + CENTRAL.localAt, true) + LOCAL.timeAt, stamp, true);
    const lengths = [0, 2, 4].map((offset) => view.getUint16(at + CENTRAL.lengthsAt + offset, true));
    at += CENTRAL.bytes + lengths.reduce((sum, one) => sum + one, 0);
  }
}

/** The nearest MS-DOS date and time. */
function dosDate(date: Date): number {
  const first = Date.UTC(1980, 0, 1);
  const last = Date.UTC(2107, 11, 31, 23, 59, 58);
  const one = new Date(Math.min(Math.max(date.getTime(), first), last));
  const day = ((one.getUTCFullYear() - 1980) << 9) | ((one.getUTCMonth() + 1) << 5) | one.getUTCDate();
  const time = (one.getUTCHours() << 11) | (one.getUTCMinutes() << 5) | (one.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
