/** A text that was taken from another one, with the position of each of its UTF-16 units there. */
export interface Traced {
  readonly text: string;
  /** By unit: where it begins in the other text; {@link NOWHERE} if it does not come from there. */
  readonly from: Int32Array;
  /** By unit: where it ends. An entity is one unit here and several there. */
  readonly to: Int32Array;
}

const NOWHERE = -1;

/** A text that is in the other one unchanged. */
export function traced(text: string, offset = 0): Traced {
  const [from, to] = [new Int32Array(text.length), new Int32Array(text.length)];
  for (let i = 0; i < text.length; i++) {
    from[i] = offset + i;
    to[i] = offset + i + 1;
  }
  return { text, from, to };
}

/** A text that does not come from the other one. */
export function untraced(text: string): Traced {
  const nowhere = new Int32Array(text.length).fill(NOWHERE);
  return { text, from: nowhere, to: nowhere };
}

/** A part of it. */
export function part({ text, from, to }: Traced, start: number, end = text.length): Traced {
  return { text: text.slice(start, end), from: from.subarray(start, end), to: to.subarray(start, end) };
}

/** Another text in its place, all of which is mapped to its range. */
export function instead(outer: Traced, text: string): Traced {
  const [from, to] = [outer.from[0] ?? NOWHERE, outer.to.at(-1) ?? NOWHERE];
  return {
    text,
    from: new Int32Array(text.length).fill(from),
    to: new Int32Array(text.length).fill(to),
  };
}

/** All of them, concatenated. */
export function joined(parts: readonly Traced[]): Traced {
  const text = parts.map((one) => one.text).join('');
  const from = new Int32Array(text.length);
  const to = new Int32Array(text.length);
  let at = 0;
  for (const one of parts) {
    from.set(one.from, at);
    to.set(one.to, at);
    at += one.text.length;
  }
  return { text, from, to };
}

/** The text without HTML white space around it: a no-break space is kept. */
export function trimmed(outer: Traced): Traced {
  let [start, end] = [0, outer.text.length];
  while (start < end && HTML_SPACE.includes(outer.text.charAt(start))) start += 1;
  while (end > start && HTML_SPACE.includes(outer.text.charAt(end - 1))) end -= 1;
  return part(outer, start, end);
}

const HTML_SPACE = ' \t\n\f\r';

/** The text with some of its characters replaced, as by an escape. */
export function mapped(
  outer: Traced,
  pattern: RegExp,
  replace: (found: string, index: number) => string,
): Traced {
  const parts: Traced[] = [];
  let done = 0;
  for (const { 0: found, index } of outer.text.matchAll(pattern)) {
    parts.push(
      part(outer, done, index),
      instead(part(outer, index, index + found.length), replace(found, index)),
    );
    done = index + found.length;
  }
  return parts.length === 0 ? outer : joined([...parts, part(outer, done)]);
}

/** Start and end in the other text; undefined unless both come from there. */
export function spanOf({ from, to }: Traced): readonly [number, number] | undefined {
  const [start, end] = [from[0], to.at(-1)];
  if (start === undefined || end === undefined || start === NOWHERE || end === NOWHERE) return undefined;
  return start < end ? [start, end] : undefined;
}

/** The position of the nearest unit at or before an index. */
export function originOf({ from }: Traced, position: number): number {
  for (let at = position; at >= 0; at--) {
    const origin = from[at];
    if (origin !== undefined && origin !== NOWHERE) return origin;
  }
  return 0;
}

/**
 * A text that was made from another one by removing something from the beginning of its lines, such as quote marks or list
 * indentation, and by replacing tabs with spaces: the ends of the lines are the same.
 */
export function withoutIndentation(outer: Traced, text: string): Traced {
  const inner = {
    text,
    from: new Int32Array(text.length).fill(NOWHERE),
    to: new Int32Array(text.length).fill(NOWHERE),
  };
  const lines = linesOf(outer.text);
  linesOf(text).forEach((line, i) => {
    const source = lines[i];
    if (source) alignLine(outer, source, inner, line);
  });
  return inner;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string): Range[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const range = { start, end: start + line.length };
    start = range.end + 1;
    return range;
  });
}

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';

/**
 * Compares from the end to the first difference. White space in one is white space in the other, but the amount may differ.
 */
function alignLine(outer: Traced, source: Range, inner: Traced, line: Range): void {
  const skipSpace = (text: string, at: number, start: number): number => {
    let before = at;
    while (before > start && isSpace(text[before - 1])) before -= 1;
    return before;
  };
  let i = skipSpace(inner.text, line.end, line.start);
  let o = skipSpace(outer.text, source.end, source.start);
  while (i > line.start && o > source.start) {
    if (isSpace(inner.text[i - 1]) && isSpace(outer.text[o - 1])) {
      const [nextI, nextO] = [skipSpace(inner.text, i, line.start), skipSpace(outer.text, o, source.start)];
      inner.from.fill(outer.from[nextO] ?? NOWHERE, nextI, i);
      inner.to.fill(outer.to[o - 1] ?? NOWHERE, nextI, i);
      [i, o] = [nextI, nextO];
    } else if (inner.text[i - 1] === outer.text[o - 1]) {
      i -= 1;
      o -= 1;
      inner.from[i] = outer.from[o] ?? NOWHERE;
      inner.to[i] = outer.to[o] ?? NOWHERE;
    } else return;
  }
}
