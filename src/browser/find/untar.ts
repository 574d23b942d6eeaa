import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const BLOCK = 512;

/**
 * Unpacks a tar archive of plain files and folders (ustar, names up to 100 bytes), which is all that the Chromium in the npm
 * package needs. Anything else (a link, an absolute path, a `..`, a long-name record, a truncated file) is an error.
 */
export async function untar(archive: Buffer, dir: string): Promise<void> {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const entry = readHeader(header);
    const start = at + BLOCK;
    const end = start + entry.sizeBytes;
    if (end > archive.length) throw new Error(`tar: ${entry.name} is cut off`);
    const path = join(dir, entry.name);
    if (entry.isFolder) {
      await mkdir(path, { recursive: true });
    } else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, archive.subarray(start, end), {
        mode: entry.isExecutable ? 0o755 : 0o644,
        flag: 'wx',
      });
    }
    at = start + Math.ceil(entry.sizeBytes / BLOCK) * BLOCK;
  }
}

function readHeader(header: Buffer) {
  const text = (from: number, length: number): string =>
    header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const octal = (from: number, length: number): number =>
    Number.parseInt(text(from, length).trim() || '0', 8);
  const name = text(0, 100);
  const type = text(156, 1);
  const sizeBytes = octal(124, 12);
  if (name === '' || name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
    throw new Error(`tar: unsafe name ${JSON.stringify(name)}`);
  }
  if (!['', '0', '5'].includes(type)) throw new Error(`tar: ${name} is neither a file nor a folder`);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new Error(`tar: ${name} has no valid size`);
  return { name, sizeBytes, isFolder: type === '5', isExecutable: (octal(100, 8) & 0o111) !== 0 };
}
