import { commentAttributes } from '../../../../markup/attributes.ts';
import { parseSlide } from '../../../../markup/parsed-slide.ts';
import { elementBefore, type SlideElement, type SlideNode } from '../../../../markup/slide-dom.ts';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import { originOf } from '../../../../markup/traced.ts';
import { lineCounter } from '../../../../text/lines.ts';
import type { MarkdownSlide } from '../model/markdown-deck.ts';

/** A slide, as far as its text and position matter here. */
type SlideText = Pick<MarkdownSlide, 'markdown' | 'line'>;

/** The alternative texts of a slide's images. */
export interface Alternatives {
  /** Lines in the deck's file of images without any alternative text. */
  readonly missing: readonly number[];
  /** Number of decorative images: `![](…)` and `alt=""`. */
  readonly decorations: number;
}

/** The alternatives of HTML 5.3, 4.8.4.4 (`img`): an empty `alt` marks decoration, a missing one says nothing. */
export function pictureAlternatives(slide: SlideText, flags?: MarkdownFlags): Alternatives {
  const { markdown } = slide;
  if (!/!\[|<img/i.test(markdown)) return { missing: [], decorations: 0 };
  const { html, nodes } = parseSlide(markdown, flags);
  const described = new Map(nodes.flatMap(describedByComment));
  const lineOf = lineCounter(markdown);
  const missing: number[] = [];
  let decorations = 0;
  for (const node of nodes) {
    if (!('attrs' in node) || node.tagName !== 'img') continue;
    const alternative = described.get(node) ?? attributeOf(node, 'alt');
    if (isDecoration(node, alternative)) decorations += 1;
    else if (alternative === undefined && !isNamed(node))
      missing.push(slide.line + lineOf(originOf(html, node.sourceCodeLocation?.startOffset ?? 0)) - 1);
  }
  return { missing, decorations };
}

/** Comments of reveal.js may set any attribute of the element before them. */
function describedByComment(node: SlideNode): [SlideElement, string][] {
  if (node.nodeName !== '#comment' || !('data' in node)) return [];
  const element = elementBefore(node);
  const alternative = commentAttributes(node.data).find(
    ({ owner, name }) => owner !== 'slide' && name === 'alt',
  );
  return element && alternative ? [[element, alternative.value]] : [];
}

function isDecoration(element: SlideElement, alternative: string | undefined): boolean {
  const isHidden = attributeOf(element, 'aria-hidden') === 'true';
  const isPresentation = ['presentation', 'none'].includes(attributeOf(element, 'role') ?? '');
  return isHidden || isPresentation || alternative?.trim() === '';
}

function isNamed(element: SlideElement): boolean {
  return ['aria-label', 'aria-labelledby'].some((name) => (attributeOf(element, name) ?? '').trim() !== '');
}

function attributeOf(element: SlideElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}
