import { slideNodes } from '../../../../markup/slide-dom.ts';
import { slideHtml } from '../../../../markup/slide-html.ts';
import { originOf } from '../../../../markup/traced.ts';
import { withoutNotes } from './first-heading.ts';

/** A part of a slide's Markdown that contains one `<section>`, with the text before it. */
export interface InnerSection {
  readonly from: number;
  readonly to: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Splits a slide that contains HTML `<section>`s: reveal.js makes a stack of these. Together the parts are the whole slide,
 * including the text after the last section.
 *
 * @returns undefined if the slide has no such section.
 */
export function innerSections(markdown: string, notesSeparator?: string): InnerSection[] {
  if (!/<section[\s>]/i.test(markdown)) return [];
  const html = slideHtml(withoutNotes(markdown, notesSeparator));
  const sections = [...slideNodes(html.text)].flatMap((node) => {
    if (
      !('attrs' in node) ||
      node.tagName !== 'section' ||
      node.parentNode?.nodeName !== '#document-fragment'
    )
      return [];
    const end = originOf(html, (node.sourceCodeLocation?.endOffset ?? 1) - 1) + 1;
    return [{ end, attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])) }];
  });
  return sections.map(({ end, attributes }, i) => ({
    from: sections[i - 1]?.end ?? 0,
    to: i === sections.length - 1 ? markdown.length : end,
    attributes,
  }));
}
