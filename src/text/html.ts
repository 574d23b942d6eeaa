/** Escapes a text for HTML, between tags or in an attribute with double quotes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Decodes the entities that `innerHTML` writes into attributes. */
export function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Attributes for a start tag, each after a space. */
export function attributesOf(
  attributes: readonly { readonly name: string; readonly value: string }[] = [],
): string {
  return attributes.map(({ name, value }) => ` ${name}="${escapeHtml(value)}"`).join('');
}

/** JSON for a script in a page: it cannot end the script. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
