import { inflateSync } from 'node:zlib';

const SIGNATURE = 0x774f4646; // wOFF
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

interface Table {
  readonly tag: string;
  readonly checksum: number;
  readonly bytes: Buffer;
}

/**
 * Converts a WOFF 1 font back to the TrueType or OpenType file that it was made from. Chromium accepts WOFF from a page, but
 * not from the system.
 *
 * @param without tags of tables to omit.
 * @see https://www.w3.org/TR/WOFF/
 */
export function woffToSfnt(woff: Buffer, without: readonly string[] = []): Buffer {
  if (woff.length < WOFF_HEADER || woff.readUInt32BE(0) !== SIGNATURE) throw new Error('not a WOFF font');
  const tables = readTables(woff).filter((table) => !without.includes(table.tag));
  return writeSfnt(woff.readUInt32BE(4), tables);
}

function readTables(woff: Buffer): readonly Table[] {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const at = WOFF_HEADER + WOFF_ENTRY * index;
    const start = woff.readUInt32BE(at + 4);
    const packedBytes = woff.readUInt32BE(at + 8);
    const originalBytes = woff.readUInt32BE(at + 12);
    const packed = woff.subarray(start, start + packedBytes);
    // A table that compression did not make smaller is stored as it is.
    const bytes =
      packedBytes < originalBytes ? inflateSync(packed, { maxOutputLength: originalBytes }) : packed;
    const tag = woff.toString('latin1', at, at + 4);
    if (bytes.length !== originalBytes) throw new Error(`WOFF table ${tag} is damaged`);
    return { tag, checksum: woff.readUInt32BE(at + 16), bytes };
  });
}

function writeSfnt(flavor: number, tables: readonly Table[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(SFNT_HEADER + SFNT_ENTRY * tables.length);
  header.writeUInt32BE(flavor, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE((tables.length - power) * 16, 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const at = SFNT_HEADER + SFNT_ENTRY * index;
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(bytes.length, at + 12);
    parts.push(bytes, padding);
    offset += bytes.length + padding.length;
  }
  return Buffer.concat(parts);
}
