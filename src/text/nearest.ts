import leven, { closestMatch } from 'leven';

/** The candidate most similar to a mistyped word, if any is similar enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const maxDistance = Math.max(1, Math.floor((word.length + 1) / 3));
  const match = closestMatch(word.toLowerCase(), [...lower.keys()], { maxDistance });
  return match === undefined ? undefined : lower.get(match);
}

/** The candidates most similar to a word, best first: `count` at most. */
export function nearestNames(word: string, candidates: readonly string[], count: number): string[] {
  const lower = word.toLowerCase();
  const maxDistance = Math.max(1, Math.floor((word.length + 1) / 3));
  return [...new Set(candidates)]
    .map((name) => ({ name, distance: leven(lower, name.toLowerCase(), { maxDistance: maxDistance + 1 }) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
