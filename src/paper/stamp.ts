import type { Layout } from '../model/model.ts';

/** The stamp's text with the deck's date (ISO 8601, UTC) and commit; fields that the deck does not have are empty. */
export function stampText(stamp: string, { date, commit = '' }: Pick<Layout, 'date' | 'commit'>): string {
  const day = date.toISOString().slice(0, 10);
  return stamp.replaceAll('{date}', day).replaceAll('{commit}', commit).trim();
}
