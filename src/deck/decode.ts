/** A part of an address without its escapes. A percent sign that encodes nothing stands for itself. */
export function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
