import type { Box, PaintedPicture, Size } from '../../../model/model.ts';

/** An image that is not shown by an `img`, and its position on its page. */
export interface FoundPainted extends PaintedPicture {
  /** What it is painted on: the background of all pages or of one slide, or an element. */
  readonly on: 'deck' | 'slide' | 'element';
  /** The visible part of that, in CSS px of the page. */
  readonly box: Box;
  /** Whether readers would miss it: it is visible, not decorative, and has no text alternative. */
  readonly isMissed: boolean;
}

/**
 * Runs inside the page and must stay self-contained. Finds every image that styles and drawings paint, page by page, with its
 * size: backgrounds, also of pseudo-elements, masks, borders, bullets, generated content, SVG images, and buttons that are
 * images. Sizes are those of CSS Backgrounds 3 (https://www.w3.org/TR/css-backgrounds-3/#sizing).
 *
 * @param sizes natural sizes by absolute URL.
 */
export function paintedPictures(sizes: Readonly<Record<string, Size>>): FoundPainted[][] {
  const PAINTS = /(?:background|mask|border-image|list-style|content)[\w-]*:[^;]*(?:url|image-set|var)\(/;
  const PAINTING = [
    ...['background-image', 'mask-image'],
    ...['border-image-source', 'mask-border-source', 'list-style-image', 'content'],
  ];
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  const decorated = new Set<Element>();
  for (const sheet of document.styleSheets) findDecorated(sheet);
  return pages.map((page) =>
    [page, ...page.querySelectorAll<HTMLElement>('*')].flatMap((element) => ofElement(element, page)),
  );

  /**
   * Elements with a pseudo-element that may be painted. Checking the pseudo-elements of all elements takes half a second in a
   * large deck.
   */
  function findDecorated(sheet: CSSStyleSheet | CSSGroupingRule): void {
    for (const rule of rulesOf(sheet)) {
      if (rule instanceof CSSImportRule && rule.styleSheet) findDecorated(rule.styleSheet);
      if (rule instanceof CSSGroupingRule) findDecorated(rule);
      if (!(rule instanceof CSSStyleRule) || !PAINTS.test(rule.cssText)) continue;
      const bare = rule.selectorText
        .replace(/(^|[\s,>+~])::?(?:before|after)\b/g, '$1*')
        .replace(/::?(?:before|after)\b/g, '');
      if (bare === rule.selectorText) continue;
      for (const element of document.querySelectorAll(`:is(${bare})`)) decorated.add(element);
    }
  }

  /** Not for a stylesheet from another origin, which cannot be read. */
  function rulesOf(sheet: CSSStyleSheet | CSSGroupingRule): readonly CSSRule[] {
    try {
      return [...sheet.cssRules];
    } catch {
      return [];
    }
  }

  function ofElement(element: HTMLElement, page: HTMLElement): FoundPainted[] {
    if (element.matches('image, feImage')) return ofDrawing(element as Element as SVGImageElement, page);
    if (element.matches('input[type="image"]')) return ofButton(element as HTMLInputElement, page);
    if (element.getClientRects().length === 0) return [];
    return [...ofPicture(element, page), ...ofBox(element, page)];
  }

  /** Properties for which an image is shown at its natural size: with fewer pixels it would be smaller. */
  function ofPicture(element: HTMLElement, page: HTMLElement): FoundPainted[] {
    if (!(element instanceof HTMLImageElement)) return [];
    const url = (element.currentSrc || element.src).replace(/#.*$/, '');
    const isNatural = ['none', 'scale-down'].includes(getComputedStyle(element).objectFit);
    return isNatural ? [{ url, on: 'element', box: boxOf(element, page), isMissed: false }] : [];
  }

  function ofBox(element: HTMLElement, page: HTMLElement): FoundPainted[] {
    return (decorated.has(element) ? [undefined, '::before', '::after'] : [undefined]).flatMap((pseudo) => {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && (style.content === 'none' || style.content === 'normal')) return [];
      return ofStyle(style, element, page, pseudo);
    });
  }

  function ofStyle(
    style: CSSStyleDeclaration,
    element: HTMLElement,
    page: HTMLElement,
    pseudo: string | undefined,
  ): FoundPainted[] {
    if (!PAINTING.some((name) => style.getPropertyValue(name).includes('url('))) return [];
    const found: FoundPainted[] = [];
    const where = { on: kindOf(element), box: boxOf(element, page) };
    const isMissed = !isHidden(element, style);
    for (const layer of ['background', 'mask'] as const) {
      const images = style.getPropertyValue(`${layer}-image`);
      if (!images.includes('url(')) continue;
      const each = (name: string): string[] => split(style.getPropertyValue(`${layer}-${name}`));
      split(images).forEach((image, i) => {
        for (const url of urlsOf(image)) {
          const area = areaOf(element, style, pick(each('origin'), i), pseudo);
          const size = sizeIn(area, pick(each('size'), i), sizes[url]);
          const scaled = size && scale(size, pseudo ? 1 : scaleOf(element));
          const isSmall = scaled && (scaled.widthPx < 40 || scaled.heightPx < 30);
          found.push({
            ...{ url, ...where, isMissed: isMissed && layer === 'background' && !isSmall },
            ...(scaled ? { size: scaled } : {}),
          });
        }
      });
    }
    for (const name of PAINTING.slice(2)) {
      const value = style.getPropertyValue(name);
      if (value.includes('url('))
        for (const url of urlsOf(value)) found.push({ url, ...where, isMissed: false });
    }
    return found;
  }

  function pick(values: readonly string[], i: number): string {
    return values[i % values.length] ?? '';
  }

  /** Splits at commas outside of brackets and quotes. */
  function split(value: string): string[] {
    return (
      value.match(/(?:"(?:[^"\\]|\\.)*"|\((?:"(?:[^"\\]|\\.)*"|[^()"]|\([^()]*\))*\)|[^,("])+/g) ?? []
    ).map((part) => part.trim());
  }

  /** Computed values contain absolute URLs in double quotes. A part of the page itself, such as a mask, is no image. */
  function urlsOf(value: string): string[] {
    const own = document.URL.replace(/#.*$/, '');
    return [...value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)]
      .map(([, url = '']) => url.replace(/\\(.)/g, '$1').replace(/#.*$/, ''))
      .filter((url) => url !== '' && url !== own && !url.startsWith('data:'));
  }

  function kindOf(element: HTMLElement): FoundPainted['on'] {
    if (element.closest('.slide-background')) return 'slide';
    return element.closest('section[data-deckhand-slide]') ? 'element' : 'deck';
  }

  function areaOf(
    element: HTMLElement,
    style: CSSStyleDeclaration,
    origin: string,
    pseudo: string | undefined,
  ): Size {
    const px = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
    if (pseudo) {
      const whole = { widthPx: element.offsetWidth, heightPx: element.offsetHeight };
      return { widthPx: px('width') || whole.widthPx, heightPx: px('height') || whole.heightPx };
    }
    const inset = (side: string): number =>
      (origin === 'border-box' ? 0 : px(`border-${side}-width`)) +
      (origin === 'content-box' ? px(`padding-${side}`) : 0);
    return {
      widthPx: (element.offsetWidth ?? 0) - inset('left') - inset('right'),
      heightPx: (element.offsetHeight ?? 0) - inset('top') - inset('bottom'),
    };
  }

  /** Undefined for the natural size, and for sizes that depend on an unknown natural size. */
  function sizeIn(area: Size, wanted: string, natural: Size | undefined): Size | undefined {
    const ratio = natural && natural.widthPx / natural.heightPx;
    if (wanted === 'cover' || wanted === 'contain') {
      if (!ratio) return undefined;
      const isWider = ratio > area.widthPx / area.heightPx;
      return isWider === (wanted === 'cover')
        ? { widthPx: area.heightPx * ratio, heightPx: area.heightPx }
        : { widthPx: area.widthPx, heightPx: area.widthPx / ratio };
    }
    const [first = 'auto', second = 'auto'] = wanted.split(/\s+(?![^(]*\))/);
    const width = lengthOf(first, area.widthPx);
    const height = lengthOf(second, area.heightPx);
    if (width === undefined && height === undefined) return undefined;
    // If it is stretched, the side that needs more pixels counts.
    if (ratio) return sizeIn({ widthPx: width ?? 0, heightPx: height ?? 0 }, 'cover', natural);
    return { widthPx: width ?? area.widthPx, heightPx: height ?? area.heightPx };
  }

  function lengthOf(value: string, whole: number): number | undefined {
    if (value === 'auto' || value === '') return undefined;
    const number = Number.parseFloat(value);
    if (value.endsWith('%')) return (whole * number) / 100;
    // Calculations remain as written in computed values.
    return value.endsWith('px') ? number : whole;
  }

  function scale({ widthPx, heightPx }: Size, by: number): Size {
    return { widthPx: widthPx * by, heightPx: heightPx * by };
  }

  /** The scale of all transformations; for a rotation rather too large. */
  function scaleOf(element: HTMLElement): number {
    const rect = element.getBoundingClientRect();
    if (!element.offsetWidth || !element.offsetHeight) return 1;
    return Math.max(rect.width / element.offsetWidth, rect.height / element.offsetHeight);
  }

  function boxOf(element: Element, page: HTMLElement): Box {
    const origin = page.getBoundingClientRect();
    const rect = element.getBoundingClientRect();
    const [left, top] = [Math.max(rect.left, origin.left), Math.max(rect.top, origin.top)];
    const [right, bottom] = [Math.min(rect.right, origin.right), Math.min(rect.bottom, origin.bottom)];
    return {
      ...{ x: left - origin.left, y: top - origin.top },
      ...{ width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) },
    };
  }

  function isHidden(element: Element, style: CSSStyleDeclaration): boolean {
    if (style.visibility === 'hidden') return true;
    for (
      let at: Element | null = element;
      at && !at.classList.contains('deckhand-frame');
      at = at.parentElement
    ) {
      if (Number(getComputedStyle(at).opacity) < 0.01) return true;
    }
    return false;
  }

  /** https://svgwg.org/svg2-draft/coords.html#PreserveAspectRatioAttribute */
  function ofDrawing(image: SVGImageElement, page: HTMLElement): FoundPainted[] {
    const written = image.href?.baseVal ?? '';
    if (!written || written.startsWith('#') || !URL.canParse(written, document.baseURI)) return [];
    const url = new URL(written, document.baseURI).href.replace(/#.*$/, '');
    if (url.startsWith('data:')) return [];
    const owner = image.closest('svg') ?? image;
    const rect = image.getBoundingClientRect();
    const isDefined = image.closest('defs, symbol, pattern, mask, clipPath, marker, filter') !== null;
    // Definitions are drawn elsewhere, at sizes that cannot be determined.
    const box = boxOf(isDefined ? owner : image, page);
    const isMissed = !isHidden(owner, getComputedStyle(owner));
    if (isDefined || rect.width === 0) return [{ url, on: 'element', box, isMissed: isMissed && isDefined }];
    const area = { widthPx: rect.width, heightPx: rect.height };
    const { align, meetOrSlice } = image.preserveAspectRatio.baseVal;
    const fills =
      align === SVGPreserveAspectRatio.SVG_PRESERVEASPECTRATIO_NONE ||
      meetOrSlice === SVGPreserveAspectRatio.SVG_MEETORSLICE_SLICE;
    const size = sizeIn(area, fills ? 'cover' : 'contain', sizes[url]) ?? area;
    return [{ url, size, on: 'element', box, isMissed: false }];
  }

  function ofButton(button: HTMLInputElement, page: HTMLElement): FoundPainted[] {
    const rect = button.getBoundingClientRect();
    if (!button.getAttribute('src') || rect.width === 0) return [];
    const size = { widthPx: rect.width, heightPx: rect.height };
    return [
      { url: button.src.replace(/#.*$/, ''), size, on: 'element', box: boxOf(button, page), isMissed: false },
    ];
  }
}
