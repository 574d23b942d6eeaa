import type { Layout } from '../../../model/model.ts';
import { mm } from '../../../paper/paper.ts';

/** Height of the heading of the pages of links. */
export const LINKS_HEAD = mm(9);

/** By language; elsewhere in a handout there are no words that are not the deck's own. */
const HEADINGS: Readonly<Record<string, string>> = {
  ar: 'روابط',
  de: 'Links',
  en: 'Links',
  es: 'Enlaces',
  fr: 'Liens',
  he: 'קישורים',
  it: 'Collegamenti',
  nl: 'Links',
  pt: 'Ligações',
};

/** The heading of the pages of links, in the language of the deck. */
export function linksHeading({ metadata: { lang = 'en' } }: Pick<Layout, 'metadata'>): string {
  return HEADINGS[lang.toLowerCase().split('-')[0] ?? ''] ?? 'Links';
}
