/** Normalizes a title: titles that differ only in case, white space or the encoding of accents are equal. */
export function foldTitle(title: string): string {
  return title.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
