import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { DeckRecording } from './recording.ts';

const FOLDER = fileURLToPath(new URL('../../recorded', import.meta.url));
/** Prints of one course embed the same fonts: a window that spans all of them keeps each font once. */
const WINDOW_BITS = 24;

/**
 * What was captured of a course. Layouts are kept as JSON, so that a change of one can be read in a diff; prints, and the
 * stylesheets that all layouts share, are packed into one file: nobody reads them.
 */
export async function loadRecordings(course: string): Promise<readonly DeckRecording[]> {
  const bytes = brotliDecompressSync(await readFile(join(FOLDER, course, 'prints.br')));
  return parse(await readFile(join(FOLDER, course, 'layouts.json'), 'utf8'), bytes) as DeckRecording[];
}

/** @returns the bytes of both files. */
export async function storeRecordings(
  course: string,
  recordings: readonly DeckRecording[],
): Promise<{ readonly layouts: number; readonly prints: number }> {
  const { text, bytes } = stringify(recordings);
  await rm(join(FOLDER, course), { recursive: true, force: true });
  await mkdir(join(FOLDER, course), { recursive: true });
  await writeFile(join(FOLDER, course, 'layouts.json'), text);
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const prints = brotliCompressSync(bytes, { params });
  await writeFile(join(FOLDER, course, 'prints.br'), prints);
  return { layouts: text.length, prints: prints.length };
}

/** Longer text is packed. */
const READABLE_CHARACTERS = 10_000;

/** The key of an object that stands for a value that JSON does not have. */
const TYPE = '$type';

/** JSON of any captured value, whatever types a capture has: dates, maps, sets and bytes are marked as such. */
function stringify(value: unknown): { text: string; bytes: Buffer } {
  const chunks: Buffer[] = [];
  let length = 0;
  const packed = (bytes: Buffer): [from: number, to: number] => {
    chunks.push(bytes);
    length += bytes.length;
    return [length - bytes.length, length];
  };
  const encode = (one: unknown): unknown => {
    if (one instanceof Date) return { [TYPE]: 'date', value: one.toISOString() };
    if (one instanceof Map) return { [TYPE]: 'map', value: [...one].map(encode) };
    if (one instanceof Set) return { [TYPE]: 'set', value: [...one].map(encode) };
    if (one instanceof Uint8Array) return { [TYPE]: 'bytes', value: packed(Buffer.from(one)) };
    if (typeof one === 'string' && one.length > READABLE_CHARACTERS)
      return { [TYPE]: 'text', value: packed(Buffer.from(one)) };
    if (Array.isArray(one)) return one.map(encode);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, encode(inner)]));
  };
  const text = `${JSON.stringify(encode(value), null, 1)}\n`;
  return { text, bytes: Buffer.concat(chunks) };
}

function parse(text: string, bytes: Buffer): unknown {
  return JSON.parse(text, (_, one) => {
    if (typeof one !== 'object' || one === null) return one;
    switch (one[TYPE]) {
      case 'date':
        return new Date(one.value);
      case 'map':
        return new Map(one.value);
      case 'set':
        return new Set(one.value);
      case 'bytes':
        return new Uint8Array(bytes.subarray(...(one.value as [number, number])));
      case 'text':
        return bytes.toString('utf8', ...(one.value as [number, number]));
      default:
        return one;
    }
  });
}
