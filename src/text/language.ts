/** Whether a text is a well-formed language tag. BCP 47 (RFC 5646). */
export function isLanguageTag(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language !== 'und';
  } catch {
    return false;
  }
}
