/** The text of a deck's file for `Deck.text`; undefined if it is not UTF-8 text. */
export function deckTextOf(bytes: Uint8Array): string | undefined {
  return decodeText(bytes)?.replace(/\r\n?/g, '\n');
}

/** Undefined if it is not UTF-8, or contains NUL. A byte order mark is removed. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
