/** A property of an object literal in JSON5 or JavaScript. Offsets are those in the surrounding text. */
export interface Property {
  readonly key: string;
  readonly keyFrom: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/y;
const NAME = /[\p{L}\p{N}_$]+/uy;

/**
 * The properties of the object that begins at an offset; values are not parsed. Anything else, such as a method or a spread,
 * is skipped. Nothing is run.
 */
export function properties(text: string, offset: number): Property[] {
  const found: Property[] = [];
  let at = skip(text, offset);
  if (text[at] !== '{') return found;
  at = skip(text, at + 1);
  while (at < text.length && text[at] !== '}') {
    const keyFrom = at;
    const written = match(STRING, text, at) ?? match(NAME, text, at);
    const colon = written === undefined ? at : skip(text, at + written.length);
    const isPair = written !== undefined && text[colon] === ':';
    const valueFrom = isPair ? skip(text, colon + 1) : colon;
    const end = valueEnd(text, valueFrom);
    if (isPair) found.push({ key: unquoted(written), keyFrom, valueFrom, valueTo: end });
    at = skip(text, text[end] === ',' ? end + 1 : end);
    // An unmatched closing bracket: this is not an object literal.
    if (end === keyFrom && text[end] !== '}') break;
  }
  return found;
}

/** Where a value ends: at the comma after it, or at the bracket that closes the object. */
export function valueEnd(text: string, offset: number): number {
  let depth = 0;
  let at = offset;
  while (at < text.length) {
    const passed = match(STRING, text, at) ?? (text[at] === '/' ? match(SPACE, text, at) : undefined);
    if (passed) {
      at += passed.length;
      continue;
    }
    const character = text[at] ?? '';
    if (depth === 0 && ',}])'.includes(character)) return at;
    if ('{[('.includes(character)) depth += 1;
    if ('}])'.includes(character)) depth -= 1;
    at += 1;
  }
  return at;
}

function skip(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.length ?? 0);
}

function match(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

function unquoted(written: string): string {
  return /^["'`]/.test(written) ? written.slice(1, -1) : written;
}
