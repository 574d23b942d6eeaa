/** A font file with one additional glyph. */
export interface CopiedGlyph {
  readonly file: Buffer;
  /** Number of the new glyph. */
  readonly glyph: number;
  /** In thousandths of an em. */
  readonly width: number;
}

/**
 * Adds a copy of the first glyph, which stands for missing characters, after the last one. OpenType 1.9: head, hhea, hmtx,
 * loca, glyf, maxp, post.
 *
 * @returns undefined if the file is not TrueType, or has no free glyph number.
 */
export function copyFirstGlyph(file: Buffer): CopiedGlyph | undefined {
  const tables = readTables(file);
  const [head, hhea, hmtx, loca, glyf, maxp] = ['head', 'hhea', 'hmtx', 'loca', 'glyf', 'maxp'].map((tag) =>
    Buffer.from(tables.get(tag) ?? []),
  );
  if (!head?.length || !hhea?.length || !hmtx?.length || !loca?.length || !glyf || !maxp?.length)
    return undefined;
  const glyph = maxp.readUInt16BE(4);
  if (glyph === 0xffff) return undefined;
  const isLong = head.readInt16BE(50) === 1;
  const offset = (one: number): number =>
    isLong ? loca.readUInt32BE(one * 4) : loca.readUInt16BE(one * 2) * 2;
  const wide = hhea.readUInt16BE(34);
  const advance = (one: number): number => hmtx.readUInt16BE(4 * Math.min(one, wide - 1));
  const bearing = (one: number): number =>
    hmtx.readInt16BE(one < wide ? 4 * one + 2 : 4 * wide + 2 * (one - wide));

  const outlines = padded(glyf);
  const moved = Buffer.alloc(4 * (glyph + 2));
  const metrics = Buffer.alloc(4 * (glyph + 1));
  for (let one = 0; one <= glyph; one++) {
    const like = one === glyph ? 0 : one;
    moved.writeUInt32BE(one === glyph ? outlines.length : offset(one), one * 4);
    metrics.writeUInt16BE(advance(like), one * 4);
    metrics.writeInt16BE(bearing(like), one * 4 + 2);
  }
  const outline = padded(glyf.subarray(offset(0), offset(1)));
  moved.writeUInt32BE(outlines.length + outline.length, 4 * (glyph + 1));
  maxp.writeUInt16BE(glyph + 1, 4);
  hhea.writeUInt16BE(glyph + 1, 34);
  head.writeInt16BE(1, 50);
  const changed = { head, hhea, hmtx: metrics, loca: moved, glyf: Buffer.concat([outlines, outline]), maxp };
  for (const [tag, table] of Object.entries(changed)) tables.set(tag, table);
  const post = tables.get('post');
  // A list of glyph names would be too short now; no PDF reader uses it.
  if (post) tables.set('post', Buffer.concat([Buffer.from([0, 3, 0, 0]), post.subarray(4, 32)]));
  return {
    file: writeTables(file.subarray(0, 12), tables),
    glyph,
    width: (advance(0) * 1000) / head.readUInt16BE(18),
  };
}

function readTables(file: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    const start = file.readUInt32BE(entry + 8);
    const end = start + file.readUInt32BE(entry + 12);
    tables.set(file.toString('latin1', entry, entry + 4), file.subarray(start, end));
  }
  return tables;
}

function writeTables(start: Buffer, tables: ReadonlyMap<string, Buffer>): Buffer {
  const directory = Buffer.alloc(16 * tables.size);
  const parts: Buffer[] = [];
  let at = start.length + directory.length;
  [...tables].forEach(([tag, table], i) => {
    const part = padded(table);
    directory.write(tag, i * 16, 'latin1');
    directory.writeUInt32BE(checksum(part), i * 16 + 4);
    directory.writeUInt32BE(at, i * 16 + 8);
    directory.writeUInt32BE(table.length, i * 16 + 12);
    parts.push(part);
    at += part.length;
  });
  return Buffer.concat([start, directory, ...parts]);
}

function padded(table: Buffer): Buffer {
  return Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
}

/** Sum of its 32-bit numbers. */
function checksum(table: Buffer): number {
  let sum = 0;
  for (let i = 0; i < table.length; i += 4) sum = (sum + table.readUInt32BE(i)) >>> 0;
  return sum;
}
