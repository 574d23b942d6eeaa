import type { PlacedPicture, Size } from '../../../model/model.ts';

/** An animated image: its number of frames, and its web address if it has one. */
export interface Motion {
  readonly frames: number;
  readonly link?: string | undefined;
}

/**
 * Runs inside the page, after `pin-pictures.ts` and the cards, and must stay self-contained. Measures the position of each
 * image, page by page, then gives it a single address: for an animation that of its frame. Animations get a mark.
 *
 * @param animations by absolute URL without its fragment.
 */
export function settlePictures(animations: Readonly<Record<string, Motion>>): PlacedPicture[][] {
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')];
  // Boxes are measured first, because the next steps change the page.
  const placed = pages.map(placedPictures);
  pages.forEach((page, i) => {
    for (const { picture, box } of placed[i] ?? []) markMotion(picture, box, page);
    settle(page);
  });
  return placed.map((page) => page.map(({ picture: _, ...one }) => one));

  function placedPictures(page: HTMLElement): Placed[] {
    const origin = page.getBoundingClientRect();
    const found: Placed[] = [];
    for (const picture of page.querySelectorAll('img')) {
      const style = getComputedStyle(picture);
      const rect = picture.getBoundingClientRect();
      if (style.visibility === 'hidden' || rect.width < 1 || rect.height < 1 || !picture.naturalWidth)
        continue;
      if (hiddenByOpacity(picture)) continue;
      const scale = rect.width / (picture.offsetWidth || rect.width);
      const edge = (name: 'Left' | 'Right' | 'Top' | 'Bottom'): number =>
        scale *
        (Number.parseFloat(style[`border${name}Width`] || '0') +
          Number.parseFloat(style[`padding${name}`] || '0'));
      const box = {
        x: rect.left - origin.left + edge('Left'),
        y: rect.top - origin.top + edge('Top'),
        width: rect.width - edge('Left') - edge('Right'),
        height: rect.height - edge('Top') - edge('Bottom'),
      };
      const size = { widthPx: box.width, heightPx: box.height };
      const visible = visiblePart(picture, page, origin, drawnBox(picture, style, box));
      found.push({ picture, ...sourceOf(picture), box: visible, size: drawnSize(picture, style, size) });
    }
    return found;
  }

  /** An address for each selected frame; every animation shows the first one by default. */
  function sourceOf(picture: HTMLImageElement): Pick<PlacedPicture, 'url' | 'frame'> {
    const of = (picture.currentSrc || picture.src).replace(/#.*$/, '');
    const wanted = picture.dataset.frame;
    if (!animations[of] || wanted === undefined || wanted === '1') return { url: of };
    const frame = wanted === 'last' ? wanted : Number(wanted);
    return {
      url: `${location.origin}/.deckhand/frame/${frame}/${encodeURIComponent(of)}`,
      frame: { of, frame },
    };
  }

  /** A mark that there is more to see, with a link. It is on top of the slide, so that it moves nothing. */
  function markMotion(picture: HTMLImageElement, box: PlacedPicture['box'], page: HTMLElement): void {
    const film = picture.dataset.deckhandFilm;
    const motion = animations[(picture.currentSrc || picture.src).replace(/#.*$/, '')];
    const label = film === undefined ? motion && `animation, ${motion.frames} frames` : 'film';
    if (label === undefined || box.width < 40 || box.height < 40) return;
    const link = film === undefined ? motion?.link : film;
    const isRemote = link !== undefined && /^https?:/.test(link) && !link.startsWith(`${location.origin}/`);
    const mark = document.createElement(isRemote ? 'a' : 'span');
    if (isRemote) mark.setAttribute('href', link);
    else mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', label);
    mark.className = 'deckhand-motion';
    const side = Math.min(28, Math.max(14, box.width * 0.08));
    const [x, y] = [box.x + box.width - side * 1.25, box.y + box.height - side * 1.25];
    const rules = { left: x, top: y, width: side, height: side };
    for (const [name, px] of Object.entries(rules)) mark.style.setProperty(name, `${px}px`);
    mark.innerHTML =
      '<svg viewBox="0 0 12 12" aria-hidden="true"><path fill="#fff" d="M4 2.5v7l6-3.5z"/></svg>';
    page.append(mark);
  }

  /** With its natural proportions: if it is stretched or cropped, the side that needs more pixels counts. */
  function drawnSize(picture: HTMLImageElement, style: CSSStyleDeclaration, box: Size): Size {
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const scales = [box.widthPx / width, box.heightPx / height];
    const own = picture.offsetWidth > 0 ? picture.getBoundingClientRect().width / picture.offsetWidth : 1;
    const scale = { none: own, contain: Math.min(...scales), 'scale-down': Math.min(own, ...scales) };
    const by = scale[style.objectFit as keyof typeof scale] ?? Math.max(...scales);
    return { widthPx: width * by, heightPx: height * by };
  }

  /** The box in which `object-fit` draws the image, relative to its content box. */
  function drawnBox(picture: HTMLImageElement, style: CSSStyleDeclaration, box: PlacedPicture['box']) {
    if (style.objectFit !== 'contain' && style.objectFit !== 'scale-down') return box;
    const scale = Math.min(box.width / picture.naturalWidth, box.height / picture.naturalHeight);
    const width = picture.naturalWidth * scale;
    const height = picture.naturalHeight * scale;
    return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
  }

  function hiddenByOpacity(element: Element): boolean {
    for (
      let at: Element | null = element;
      at && !at.classList.contains('deckhand-frame');
      at = at.parentElement
    ) {
      if (Number(getComputedStyle(at).opacity) < 0.01) return true;
    }
    return false;
  }

  /** An author may crop an image on purpose: only the rest can be expected on paper. */
  function visiblePart(picture: Element, page: Element, origin: DOMRect, box: PlacedPicture['box']) {
    let { x, y } = box;
    let right = x + box.width;
    let bottom = y + box.height;
    for (let at = picture.parentElement; at && at !== page; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === 'visible') continue;
      const rect = at.getBoundingClientRect();
      x = Math.max(x, rect.left - origin.left);
      y = Math.max(y, rect.top - origin.top);
      right = Math.min(right, rect.right - origin.left);
      bottom = Math.min(bottom, rect.bottom - origin.top);
    }
    return { x, y, width: Math.max(right - x, 0), height: Math.max(bottom - y, 0) };
  }

  function settle(page: HTMLElement): void {
    const sources = [...page.querySelectorAll('img')].map((picture) => {
      const { url, frame } = sourceOf(picture);
      return { picture, url: frame ? url : picture.currentSrc || picture.src };
    });
    for (const source of page.querySelectorAll('picture > source')) source.remove();
    for (const { picture, url } of sources) {
      for (const name of ['srcset', 'sizes', 'loading', 'data-src', 'width', 'height'])
        picture.removeAttribute(name);
      if (url) picture.setAttribute('src', url);
      if (!picture.hasAttribute('alt')) picture.setAttribute('alt', '');
    }
  }
}

interface Placed extends PlacedPicture {
  readonly picture: HTMLImageElement;
}
