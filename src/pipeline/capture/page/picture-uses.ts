/** How a document uses an image. */
export interface PictureUse {
  /** Absolute, without its fragment. */
  readonly url: string;
  /**
   * What may replace it while the document is printed, so that Chromium puts that into the print unchanged: a raster image of
   * its size, a drawing around a small raster image, or nothing, if the browser has to draw it. See `images/stub.ts`.
   */
  readonly form: 'plain' | 'wrapped' | 'real';
  /** Whether the print must have it. */
  readonly isSeen: boolean;
}

/**
 * Runs inside the page and must stay self-contained. Determines how the images of a document are shown. In doubt an image is
 * `real`, which is always correct.
 *
 * @param looksEverywhere whether images may be shown by other elements than `img`.
 */
export function pictureUses(looksEverywhere: boolean): PictureUse[] {
  const PAINTS = /(?:background|mask|border-image|list-style|content)[\w-]*:[^;]*(?:url|image-set|var)\(/;
  const redraws = new Map<Element, boolean>();
  const decorated = new Set<Element>();
  /** Some stylesheet cannot be read, so any element may have painted pseudo-elements. */
  let isAnyDecorated = false;
  const uses: PictureUse[] = [...document.images].map(ofImage);
  if (looksEverywhere) {
    for (const sheet of document.styleSheets) findDecorated(sheet);
    for (const element of document.querySelectorAll('*')) uses.push(...ofElement(element));
  }
  return uses;

  function ofImage(image: HTMLImageElement): PictureUse {
    return useOf(image.currentSrc || image.src, image, isWhole(image) ? 'plain' : 'wrapped');
  }

  function useOf(url: string, element: Element, form: PictureUse['form']): PictureUse {
    return {
      url: url.replace(/#.*$/, ''),
      form: isRedrawn(element) ? 'real' : form,
      isSeen: isSeen(element),
    };
  }

  function isWhole(element: Element): boolean {
    const style = getComputedStyle(element);
    const part = style.getPropertyValue('object-view-box');
    return ['fill', 'contain'].includes(style.objectFit) && (part === '' || part === 'none');
  }

  function isSeen(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    const isVisible = getComputedStyle(element).visibility === 'visible';
    return isVisible && width >= 1 && height >= 1 && !isTransparent(element);
  }

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
        .replace(/(^|[\s,>+~])::?(?:before|after|marker)\b/g, '$1*')
        .replace(/::?(?:before|after|marker)\b/g, '');
      if (bare === rule.selectorText) continue;
      for (const element of document.querySelectorAll(`:is(${bare})`)) decorated.add(element);
    }
  }

  function rulesOf(sheet: CSSStyleSheet | CSSGroupingRule): readonly CSSRule[] {
    try {
      return [...sheet.cssRules];
    } catch {
      isAnyDecorated = true;
      return [];
    }
  }

  function ofElement(element: Element): PictureUse[] {
    const pseudos = isAnyDecorated || decorated.has(element) ? ['::before', '::after', '::marker'] : [];
    return [
      ...ofContent(element),
      ...ofStyle(element, getComputedStyle(element)),
      ...pseudos.flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        const isNone = pseudo !== '::marker' && ['none', 'normal'].includes(style.content);
        return isNone ? [] : ofStyle(element, style);
      }),
    ];
  }

  function ofContent(element: Element): PictureUse[] {
    if (element.matches('image, feImage')) return ofDrawing(element as SVGImageElement);
    const url =
      element instanceof HTMLVideoElement
        ? element.poster
        : element instanceof HTMLInputElement && element.type === 'image'
          ? element.src
          : element instanceof HTMLObjectElement
            ? element.data
            : element instanceof HTMLEmbedElement
              ? element.src
              : '';
    return url === '' ? [] : [useOf(url, element, isWhole(element) ? 'plain' : 'wrapped')];
  }

  function ofDrawing(element: SVGImageElement): PictureUse[] {
    const written = element.href?.baseVal ?? '';
    if (!written || written.startsWith('#') || !URL.canParse(written, document.baseURI)) return [];
    const url = new URL(written, document.baseURI).href;
    return [useOf(url, element, element.matches('feImage') ? 'real' : 'wrapped')];
  }

  function ofStyle(element: Element, style: CSSStyleDeclaration): PictureUse[] {
    const layers = [...ofLayers('background', element, style), ...ofLayers('mask', element, style)];
    const names = ['border-image-source', 'mask-border-source', '-webkit-mask-box-image-source'];
    const others = [...names, 'list-style-image', 'content'].flatMap((name) =>
      urlsOf(style.getPropertyValue(name)).map((url) => useOf(url, element, 'wrapped')),
    );
    return [...layers, ...others];
  }

  function ofLayers(name: 'background' | 'mask', element: Element, style: CSSStyleDeclaration): PictureUse[] {
    const images = style.getPropertyValue(`${name}-image`);
    if (!images.includes('url(')) return [];
    return split(images).flatMap((image, i) => {
      const value = (property: string): string => {
        const values = split(style.getPropertyValue(`${name}-${property}`));
        return values[i % values.length] ?? '';
      };
      const isOnce = value('repeat') === 'no-repeat' || isFilling(element, style, value);
      const form = isOnce && value('mode') !== 'luminance' ? 'wrapped' : 'real';
      return urlsOf(image).map((url) => useOf(url, element, form));
    });
  }

  /** Below a border, and outside of the page's box, an image that fills its area is repeated nevertheless. */
  function isFilling(
    element: Element,
    style: CSSStyleDeclaration,
    value: (property: string) => string,
  ): boolean {
    if (!['cover', '100% 100%'].includes(value('size'))) return false;
    if (element === document.documentElement || element === document.body) return false;
    const [clip, origin] = [value('clip'), value('origin')];
    if (value('attachment') === 'fixed' || clip === origin) return true;
    const is0 = (property: string): boolean =>
      (Number.parseFloat(style.getPropertyValue(property)) || 0) === 0;
    return ['top', 'right', 'bottom', 'left'].every(
      (side) => is0(`border-${side}-width`) && (origin !== 'content-box' || is0(`padding-${side}`)),
    );
  }

  /** Splits at commas outside of brackets and quotes. */
  function split(value: string): string[] {
    return (
      value.match(/(?:"(?:[^"\\]|\\.)*"|\((?:"(?:[^"\\]|\\.)*"|[^()"]|\([^()]*\))*\)|[^,("])+/g) ?? []
    ).map((part) => part.trim());
  }

  /** Computed values contain absolute URLs in double quotes. */
  function urlsOf(value: string): string[] {
    return [...value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)].map(([, url = '']) =>
      url.replace(/\\(.)/g, '$1'),
    );
  }

  /** Whether an element, or an ancestor, is painted in a way for which Chromium rasterizes it. */
  function isRedrawn(element: Element): boolean {
    const known = redraws.get(element);
    if (known !== undefined) return known;
    const style = getComputedStyle(element);
    const reflects = style.getPropertyValue('-webkit-box-reflect');
    const is =
      style.filter !== 'none' ||
      (reflects !== '' && reflects !== 'none') ||
      element.matches('pattern, mask, filter') ||
      isOutOfPlane(style.transform) ||
      (element.parentElement !== null && isRedrawn(element.parentElement));
    redraws.set(element, is);
    return is;
  }

  /** Rotated so that one side of it is further away than the other. */
  function isOutOfPlane(transform: string): boolean {
    if (!transform.startsWith('matrix3d')) return false;
    const { m13, m23, m14, m24 } = new DOMMatrix(transform);
    return [m13, m23, m14, m24].some((value) => Math.abs(value) > 1e-6);
  }

  function isTransparent(element: Element): boolean {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (Number(getComputedStyle(at).opacity) < 0.01) return true;
    return false;
  }
}
