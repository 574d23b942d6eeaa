import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { patientTimeout } from '../../async/patient-timeout.ts';
import { failed, type ImageResult } from '../model/model.ts';

const inflaters = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
} as const;

const inflateHeadless = promisify(inflateRaw);

/** Real servers use fewer layers of compression; each layer costs up to `maxBytes` of work. */
const MAX_ENCODINGS = 3;

/** How many bytes of an unused answer are read in order to keep its connection, and how long that may take. */
const DISCARD_BYTES = 64 * 1024;
const DISCARD_MS = 250;

/** Nothing was received for the given time although the body is not complete. */
export class StallError extends Error {
  override readonly name = 'StallError';
}

/** More bytes than allowed. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/**
 * The bytes of a body as they were sent.
 *
 * @throws {TooLargeError} as soon as more than `maxBytes` were received.
 * @throws {StallError} if nothing is received for `stallTimeoutMs`.
 */
export async function readBody(body: Readable, maxBytes: number, stallTimeoutMs: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stall = patientTimeout(stallTimeoutMs, () => body.destroy(new StallError('the body stalled')));
  try {
    for await (const chunk of body) {
      stall.refresh();
      size += chunk.length;
      if (size > maxBytes) throw new TooLargeError('the body is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    stall.clear();
    body.destroy();
  }
}

/** Reads a body that is not needed, because its connection can only be reused after that. Gives up soon. */
export async function discardBody(body: Readable): Promise<void> {
  const giveUp = setTimeout(() => body.destroy(), DISCARD_MS);
  try {
    await readBody(body, DISCARD_BYTES, DISCARD_MS);
  } catch {
    // In that case only the connection is lost.
  } finally {
    clearTimeout(giveUp);
  }
}

/** Decodes a `content-encoding`, and stops as soon as there are more than `maxBytes`: 200 MB of zeros are sent as 200 kB. */
export async function decodeBody(
  bytes: Buffer,
  encoding: string,
  maxBytes: number,
  host: string,
): Promise<ImageResult<{ readonly bytes: Uint8Array }>> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_ENCODINGS) {
    return failed('IMAGE_BROKEN', `${host} sent a response that was compressed ${names.length} times`);
  }
  let decoded = bytes;
  // They are listed in the order in which they were applied.
  for (const name of names.reverse()) {
    const inflater = pick(name, decoded);
    if (!inflater) return failed('IMAGE_BROKEN', `${host} sent a response in an unknown encoding`);
    try {
      decoded = await inflater(decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLargeError(name);
      return failed('IMAGE_BROKEN', `${host} sent a damaged ${name} stream`);
    }
  }
  return { ok: true, bytes: decoded };
}

function pick(name: string, bytes: Buffer): (typeof inflaters)[keyof typeof inflaters] | undefined {
  // Some servers send a raw deflate stream as `deflate`; a zlib header has 8 in its low nibble.
  if (name === 'deflate' && ((bytes[0] ?? 0) & 0x0f) !== 8) return inflateHeadless;
  return Object.hasOwn(inflaters, name) ? inflaters[name as keyof typeof inflaters] : undefined;
}
