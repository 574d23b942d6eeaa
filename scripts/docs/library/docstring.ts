/** A parsed docstring. */
export interface Docstring {
  readonly summary: string;
  /** `name description`, for each parameter. */
  readonly params: readonly string[];
  readonly returns?: string;
  readonly throws: readonly string[];
}

export function parseDocstring(text: string): Docstring {
  const [summary = '', ...tags] = text
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .split(/^@/m)
    .map((part) => part.trim());
  const of = (tag: string): string[] =>
    tags.flatMap((one) => (one.startsWith(`${tag} `) ? [oneLine(one.slice(tag.length))] : []));
  return {
    summary: paragraphs(summary),
    params: of('param'),
    returns: of('returns')[0],
    throws: of('throws'),
  };
}

/** Lines of a paragraph are joined: the line width of the source does not matter. */
function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map(oneLine)
    .join('\n\n');
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
