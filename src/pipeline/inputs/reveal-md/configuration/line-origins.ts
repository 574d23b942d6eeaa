/**
 * Where the lines of a text come from that was made of another one: for each the line of the original that it is, or that
 * of the last one before it. Lines are known by what they hold, those first that both texts have but once.
 *
 * @returns line numbers from 1, by line of the changed text from 0.
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
    // Behind a line that is known, others are as long as they are the same.
    else if (before[last + 1] === line) last += 1;
    origins.push(Math.max(0, last) + 1);
  });
  return origins;
}
