/** The text of a deck's file, as `Deck.text` has it; none for what is not text in UTF-8. */
export function deckTextOf(bytes: Uint8Array): string | undefined {
  return decodeText(bytes)?.replace(/\r\n?/g, '\n');
}

/** None for what is not UTF-8, or has a character that no text has. A byte order mark is left out. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
