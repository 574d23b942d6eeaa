import { marked } from 'marked';
import { type SlideNode, slideNodes } from '../../../../markup/slide-dom.ts';

/**
 * The ids that reveal.js 4 gave to the headings of a slide: its Markdown parser derived them from their words
 * (https://github.com/markedjs/marked/blob/v4.3.0/src/Slugger.js). Later versions give none, but links to them still exist.
 */
export function headingIds(markdown: string): string[] {
  if (!/^[ >]*#|^[ >]*(?:=+|-+)[ \t]*$/m.test(markdown)) return [];
  const seen = new Map<string, number>();
  return [...slideNodes(marked.parse(markdown, { async: false }))].flatMap((node) => {
    if (!/^h[1-6]$/.test(node.nodeName)) return [];
    const id = slug(textOf(node));
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return [count === 0 ? id : `${id}-${count}`];
  });
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .trim()
    .replace(/[\u2000-\u206F\u2E00-\u2E7F\\'!"#$%&()*+,./:;<=>?@[\]^`{|}~]/g, '')
    .replace(/\s/g, '-');
}

function textOf(node: SlideNode): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
