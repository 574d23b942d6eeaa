/** How many random cases or repetitions a test does: `reduced` for `npm test`, `full` for `npm run test:volume`. */
export function volume(reduced: number, full: number): number {
  return process.env.TEST_VOLUME === 'full' ? full : reduced;
}
