// Content streams as Chromium writes them: one operator per line. ISO 32000-1, annex A.

/** Operators that paint a path. ISO 32000-1, 8.5.3. */
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
/** Operators that show text. ISO 32000-1, 9.4.3. */
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);

/** The last word of a line. Skia writes no space between properties and `BDC`, or between a string and its operator. */
export function operatorOf(line: string): string {
  return line.slice(line.lastIndexOf(' ') + 1);
}

export function beginsMarked(operator: string): boolean {
  return operator.endsWith('BDC') || operator === 'BMC';
}

/** The marked-content identifier, if the line begins numbered content. */
export function contentId(line: string): number | undefined {
  const id = /\/MCID\s+(\d+)/.exec(line)?.[1];
  return id === undefined ? undefined : Number(id);
}

export function paintsPath(operator: string): boolean {
  return PAINTS.has(operator);
}

export function showsText(operator: string): boolean {
  return SHOWS.has(operator.replace(/^.*[>\])]/, ''));
}

/** The resource that a line draws. */
export function drawnName(line: string): string {
  return /\/(\S+)\s+Do$/.exec(line)?.[1] ?? '';
}
