/** A part of an address without its escapes. A percent sign that encodes nothing stands for itself. */
export function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path without its escapes; none where they are no UTF-8, or one is a character that no file's name has. */
export function decodePath(path: string): string | undefined {
  try {
    // A percent sign that encodes nothing stands for itself.
    const decoded = decodeURIComponent(path.replace(/%(?![\da-f]{2})/gi, '%25'));
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** An address without the escapes of what may stand in one. In the page, reveal.js has the same: see `render.ts`. */
export function decodeUriOrKeep(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
