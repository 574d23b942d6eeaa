import { closestMatch } from 'leven';

/** The candidate that a mistyped word most likely meant, if any is near enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const maxDistance = Math.max(1, Math.floor((word.length + 1) / 3));
  const match = closestMatch(word.toLowerCase(), [...lower.keys()], { maxDistance });
  return match === undefined ? undefined : lower.get(match);
}
