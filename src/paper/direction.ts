import type { Layout } from '../model/model.ts';

/** Whether the deck reads from right to left. */
export function readsRightToLeft({ isRightToLeft }: Layout): boolean {
  return isRightToLeft;
}
