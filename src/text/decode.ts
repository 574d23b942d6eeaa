/** Decodes a part of an address. A percent sign that encodes nothing stands for itself. */
export function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Decodes a path; undefined if it is not UTF-8, or contains a character that file names cannot contain. */
export function decodePath(path: string): string | undefined {
  try {
    // A percent sign that encodes nothing stands for itself.
    const decoded = decodeURIComponent(path.replace(/%(?![\da-f]{2})/gi, '%25'));
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** Decodes what need not be encoded in an address. reveal.js does the same in the page: see `render.ts`. */
export function decodeUriOrKeep(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
