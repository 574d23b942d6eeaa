/** Titles that differ in case, white space or the way their accents are encoded are the same title. */
export function foldTitle(title: string): string {
  return title.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
