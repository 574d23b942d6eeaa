/**
 * Maps the lines of a text to the original that it was made from: for each line, the same line of the original, or that of
 * the last one before it. Lines are matched by content, beginning with those that occur only once in both texts.
 *
 * @returns line numbers from 1, by index of the line in the changed text.
 */
export function lineOrigins(original: string, changed: string): readonly number[] {
  const [before, after] = [original.split('\n'), changed.split('\n')];
  const once = (lines: readonly string[]): Map<string, number> => {
    const found = new Map<string, number>();
    lines.forEach((line, i) => {
      found.set(line, found.has(line) ? -1 : i);
    });
    return found;
  };
  const [inOriginal, inChanged] = [once(before), once(after)];
  const origins: number[] = [];
  let last = -1;
  after.forEach((line, i) => {
    const anchor = inChanged.get(line) === i ? (inOriginal.get(line) ?? -1) : -1;
    if (line.trim() !== '' && anchor > last) last = anchor;
    // After a matched line, the following ones match as long as they are equal.
    else if (before[last + 1] === line) last += 1;
    origins.push(Math.max(0, last) + 1);
  });
  return origins;
}
