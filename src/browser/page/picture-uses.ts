/** How a document uses a picture. */
export interface PictureUse {
  /** Absolute, without its fragment. */
  readonly url: string;
  /**
   * What may stand for it while the document is printed, so that Chromium puts it into the print as it is: a raster of its
   * size, a drawing around a small raster, or nothing: it is drawn anew. See `images/stub.ts`.
   */
  readonly form: 'plain' | 'wrapped' | 'real';
  /** Whether the print must have it. */
  readonly isSeen: boolean;
}

/**
 * Runs inside the page and must stay self-contained. Looks how the pictures of a document are shown.
 *
 * @param looksEverywhere whether pictures may be more than `img` elements.
 */
export function pictureUses(looksEverywhere: boolean): PictureUse[] {
  const redraws = new Map<Element, boolean>();
  const uses: PictureUse[] = [...document.images].map(ofImage);
  if (looksEverywhere)
    for (const element of document.body.querySelectorAll('*')) uses.push(...ofElement(element));
  return uses;

  function ofImage(image: HTMLImageElement): PictureUse {
    const style = getComputedStyle(image);
    const { width, height } = image.getBoundingClientRect();
    const isSeen = style.visibility === 'visible' && width >= 1 && height >= 1 && !isTransparent(image);
    const isWhole =
      (style.objectFit === 'fill' || style.objectFit === 'contain') &&
      (style.getPropertyValue('object-view-box') || 'none') === 'none';
    const form = isRedrawn(image) ? 'real' : isWhole ? 'plain' : 'wrapped';
    return { url: (image.currentSrc || image.src).replace(/#.*$/, ''), form, isSeen };
  }

  function ofElement(element: Element): PictureUse[] {
    if (element.matches('image, feImage')) return ofDrawing(element as SVGImageElement);
    return [undefined, '::before', '::after', '::marker'].flatMap((pseudo) => {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && pseudo !== '::marker' && (style.content === 'none' || style.content === 'normal'))
        return [];
      return ofStyle(element, style);
    });
  }

  function ofDrawing(element: SVGImageElement): PictureUse[] {
    const written = element.href?.baseVal ?? '';
    if (!written || written.startsWith('#') || !URL.canParse(written, document.baseURI)) return [];
    const url = new URL(written, document.baseURI).href.replace(/#.*$/, '');
    const isPart = element.matches('feImage') || element.closest('pattern, filter') !== null;
    return [{ url, form: isPart || isRedrawn(element) ? 'real' : 'wrapped', isSeen: false }];
  }

  function ofStyle(element: Element, style: CSSStyleDeclaration): PictureUse[] {
    const found: PictureUse[] = [];
    const add = (value: string, form: PictureUse['form']): void => {
      for (const [, url = ''] of value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g))
        found.push({ url: url.replace(/\\(.)/g, '$1').replace(/#.*$/, ''), form, isSeen: false });
    };
    const images = [style.backgroundImage, style.getPropertyValue('mask-image')].join();
    if (images.includes('url(')) {
      const repeats = [style.backgroundRepeat, style.getPropertyValue('mask-repeat')].join();
      const isTiled = /repeat(?!-)|round|space/.test(repeats.replaceAll('no-repeat', ''));
      // One that covers its box is no tile.
      const isOnce = /^(?:cover|100% 100%)$/.test(style.backgroundSize);
      add(images, isTiled && !isOnce ? 'real' : 'wrapped');
    }
    for (const name of ['border-image-source', 'mask-border-source', 'list-style-image', 'content'])
      add(style.getPropertyValue(name), 'wrapped');
    const isReal = found.length > 0 && isRedrawn(element);
    return isReal ? found.map((one) => ({ ...one, form: 'real' as const })) : found;
  }

  /** Whether an element, or what holds it, is painted in a way for which Chromium draws pixels of its own. */
  function isRedrawn(element: Element): boolean {
    const known = redraws.get(element);
    if (known !== undefined) return known;
    const style = getComputedStyle(element);
    const reflects = style.getPropertyValue('-webkit-box-reflect');
    const is =
      style.filter !== 'none' ||
      (reflects !== '' && reflects !== 'none') ||
      // What leaves the plane.
      style.transform.startsWith('matrix3d') ||
      (element.parentElement !== null && isRedrawn(element.parentElement));
    redraws.set(element, is);
    return is;
  }

  function isTransparent(element: Element): boolean {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (Number(getComputedStyle(at).opacity) < 0.01) return true;
    return false;
  }
}
