import { commentAttributes } from '../../../../markup/attributes.ts';
import { parseSlide } from '../../../../markup/parsed-slide.ts';
import type { SlideElement, SlideNode } from '../../../../markup/slide-dom.ts';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import { originOf } from '../../../../markup/traced.ts';
import { lineCounter } from '../../../../text/lines.ts';
import type { MarkdownSlide } from '../model/markdown-deck.ts';

/** Content of a slide that would run code or leave the page, and is disabled. */
export interface ActiveContent {
  readonly line: number;
  /** A description that fits before “is ignored”. */
  readonly what: string;
}

/** Types of scripts that are data. Import maps and speculation rules affect what is loaded. */
const IS_DATA = /^(?:application\/(?:ld\+)?json|text\/(?:template|x-\S+|plain|markdown)|math\/tex\S*)/i;

/**
 * Content of a slide that would run a program or leave the page. The page's content security policy prevents all of it
 * (`render.ts`); authors should know.
 */
export function activeContent(
  { markdown, line }: Pick<MarkdownSlide, 'markdown' | 'line'>,
  flags?: MarkdownFlags,
): ActiveContent[] {
  if (!/<(?:script|meta|base|form)\b|\bon[a-z]+\s*=|formaction/i.test(markdown)) return [];
  const { html, nodes } = parseSlide(markdown, flags);
  const lineOf = lineCounter(markdown);
  return nodes.flatMap((node) =>
    activeIn(node).map((what) => ({
      line: line + lineOf(originOf(html, node.sourceCodeLocation?.startOffset ?? 0)) - 1,
      what,
    })),
  );
}

function activeIn(node: SlideNode): string[] {
  if (node.nodeName === '#comment' && 'data' in node)
    return commentAttributes(node.data)
      .filter(({ name }) => isHandler(name))
      .map(({ name }) => `the script in ${name}`);
  if (!('attrs' in node)) return [];
  const handlers = node.attrs.filter(({ name }) => isHandler(name));
  return [...elementIn(node), ...handlers.map(({ name }) => `the script in ${name} of <${node.tagName}>`)];
}

function elementIn({ tagName, attrs }: SlideElement): string[] {
  const written = (name: string): string => attrs.find((one) => one.name === name)?.value.trim() ?? '';
  if (tagName === 'script') return IS_DATA.test(written('type')) ? [] : ['a <script>'];
  if (tagName === 'base') return ['a <base>'];
  if (tagName === 'meta' && written('http-equiv') !== '') return [`a <meta> for ${written('http-equiv')}`];
  if (tagName === 'form' && attrs.some(({ name }) => name === 'action')) return ['the target of a <form>'];
  return attrs.some(({ name }) => name === 'formaction') ? [`the target of a <${tagName}>`] : [];
}

function isHandler(name: string): boolean {
  return /^on[a-z]/i.test(name);
}
