import { commentAttributes, slideAttributes } from '../../../../markup/attributes.ts';
import { parseSlide } from '../../../../markup/parsed-slide.ts';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';

/** All ids in a slide's Markdown, its own first: in HTML, or in comments. Ids within drawings are not targets of links. */
export function slideIds(markdown: string, flags?: MarkdownFlags): string[] {
  if (!/\bid\s*=/i.test(markdown)) return [];
  const own = slideAttributes(markdown, flags).id;
  const inside = parseSlide(markdown, flags).nodes.flatMap((node): string[] => {
    if (node.nodeName === '#comment' && 'data' in node)
      return commentAttributes(node.data).flatMap(({ owner, name, value }) =>
        owner === 'element' && name === 'id' ? [value] : [],
      );
    if (!('attrs' in node) || (node.namespaceURI.endsWith('/svg') && node.nodeName !== 'svg')) return [];
    return node.attrs.flatMap(({ name, value }) => (name === 'id' ? [value] : []));
  });
  return [...(own === undefined ? [] : [own]), ...inside];
}
