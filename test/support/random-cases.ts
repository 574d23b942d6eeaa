import type { Parameters } from 'fast-check';
import { volume } from './volume.ts';

/**
 * How often fast-check tries a property. In `npm test` always with the same cases, so that a failure belongs to the last
 * change; in `npm run test:volume` with new ones each time, whose seed fast-check names when one fails.
 */
export function randomCases(reduced: number, full: number): Parameters<unknown> {
  return { numRuns: volume(reduced, full), seed: volume(1, Date.now()) };
}
