import type { NamedSection, SectionChoice } from '../../../../model/model.ts';
import { lineCounter } from '../../../../text/lines.ts';
import type { SplitSource } from './front-matter.ts';

/** The sections that the front matter includes in the cheatsheet and excludes, with their lines in the deck's text. */
export function sectionChoice(
  { frontMatter, lineOf, textsAt }: SplitSource,
  text: string,
): SectionChoice | undefined {
  const { cheatsheet } = frontMatter;
  if (!cheatsheet) return undefined;
  const lineAt = lineCounter(text);
  const named = (key: 'take' | 'leave'): readonly NamedSection[] | undefined =>
    cheatsheet[key]?.map((title) => {
      const offset = textsAt('cheatsheet', key).find((written) => written.text === title)?.offset;
      return { title, line: offset === undefined ? lineOf('cheatsheet', key) : lineAt(offset) };
    });
  const take = named('take');
  return { ...(take ? { take } : {}), leave: named('leave') ?? [] };
}
