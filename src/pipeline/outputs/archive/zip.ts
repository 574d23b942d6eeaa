import { zipSync } from 'fflate';

/** A file of an archive, with `/` between the parts of its path. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What is as small as it gets already. */
const STORED = /\.(?:avif|gif|jpe?g|pdf|png|webp|woff2?)$/i;

/** Of a file that everybody may read and its owner may write, as Unix has it: APPNOTE.TXT, section 4.4.15. */
const UNIX = 3;
const MODE = 0o100_644;

/** Beyond these a ZIP file needs extensions that not every reader has. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;

/** Some room for what a ZIP file says of each file, twice, besides its path. */
const HEADERS_BYTES = 76;

/** Why files can't be one ZIP file; nothing, where they can. */
export function zipFault(files: readonly ArchiveFile[]): string | undefined {
  if (files.length > MOST_FILES) return `${files.length} files are more than the ${MOST_FILES} of a ZIP file`;
  const bytes = files.reduce(
    (sum, { path, bytes }) => sum + bytes.length + HEADERS_BYTES + 2 * Buffer.byteLength(path),
    0,
  );
  return bytes > MOST_BYTES ? `${bytes} bytes are more than the 4 GiB of a ZIP file` : undefined;
}

/**
 * Packs files into one ZIP file, in their order. The same files and date give the same bytes on every machine: the
 * compressor is the same program everywhere, which that of Node's zlib is not.
 *
 * @param date of every file, in UTC; a ZIP file knows the years from 1980 to 2107, and every other second.
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

/** Far from both ends of what the library takes, in every time zone. */
const ANY_DATE = new Date(Date.UTC(2000, 6, 1));

/** Where the fields of APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16, stand from the begin of theirs. */
const LOCAL = { timeAt: 10 };
const CENTRAL = { bytes: 46, timeAt: 12, lengthsAt: 28, localAt: 42 };
const END = { bytes: 22, countAt: 10, centralAt: 16 };

/** The library writes the local time of the machine; not every date has one that could be asked for instead. */
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

/** Date and time as MS-DOS has them, the nearest there is. */
function dosDate(date: Date): number {
  const first = Date.UTC(1980, 0, 1);
  const last = Date.UTC(2107, 11, 31, 23, 59, 58);
  const one = new Date(Math.min(Math.max(date.getTime(), first), last));
  const day = ((one.getUTCFullYear() - 1980) << 9) | ((one.getUTCMonth() + 1) << 5) | one.getUTCDate();
  const time = (one.getUTCHours() << 11) | (one.getUTCMinutes() << 5) | (one.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
