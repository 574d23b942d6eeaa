import { volume } from './volume.ts';

/** Pairs of what may be combined: each value at least once; in `npm run test:volume` every pair that there is. */
export function pairs<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  const every = first.map((a) => second.map((b): [A, B] => [a, b]));
  if (volume(0, 1) === 1) return every.flat();
  const count = Math.max(first.length, second.length);
  return Array.from({ length: count }, (_, i) => every[i % first.length]?.[i % second.length] as [A, B]);
}
