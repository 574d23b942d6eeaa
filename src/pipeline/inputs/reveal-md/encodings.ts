/** The probable encoding of a deck that is not UTF-8, and how to convert it. */
export function hintForEncoding(bytes: Uint8Array, path: string): string {
  const isUtf16 = utf16Of(bytes);
  if (isUtf16) return `it is UTF-16: save it as UTF-8${howTo(isUtf16, path)}`;
  if (bytes.includes(0))
    return 'is it an image, or another file that is not text? A deck is Markdown in UTF-8';
  // These bytes are no characters in that encoding; in encodings of East Asia they are frequent.
  const isOfWindows = ![0x81, 0x8d, 0x8f, 0x90, 0x9d].some((one) => bytes.includes(one));
  if (!isOfWindows) return 'it uses an older encoding: save it as UTF-8';
  const line = lineOfFirstByteAbove(0x7f, bytes);
  return `line ${line} is not UTF-8, perhaps Latin-1 or Windows-1252: save it as UTF-8${howTo('WINDOWS-1252', path)}`;
}

function howTo(encoding: string, path: string): string {
  const name = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  return `, in an editor, or with: iconv -f ${encoding} -t UTF-8 ${name} > utf8.md`;
}

function utf16Of(bytes: Uint8Array): 'UTF-16' | 'UTF-16LE' | 'UTF-16BE' | undefined {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  // Without a byte order mark, every other byte of text in Latin script is zero.
  if ((first === 0) === (second === 0)) return undefined;
  return first === 0 ? 'UTF-16BE' : 'UTF-16LE';
}

function lineOfFirstByteAbove(limit: number, bytes: Uint8Array): number {
  let line = 1;
  for (const byte of bytes) {
    if (byte > limit) return line;
    if (byte === 0x0a) line += 1;
  }
  return line;
}
