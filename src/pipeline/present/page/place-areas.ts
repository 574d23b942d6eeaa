/**
 * Runs inside the page, when the positions of images are final, and must stay self-contained. Prints do not keep image maps,
 * so each area becomes a link on top of its part of the image.
 */
export function placeAreas(): void {
  for (const picture of document.querySelectorAll<HTMLImageElement>('.deckhand-frame img[usemap]')) {
    const name = picture.useMap.replace(/^[^#]*#/, '');
    const map = name === '' ? null : document.querySelector(`map[name="${CSS.escape(name)}"]`);
    const areas = [...(map?.querySelectorAll('area[href]') ?? [])] as HTMLAreaElement[];
    // If areas overlap, the first one counts: it is on top.
    for (const area of areas.reverse()) place(area, picture);
    picture.removeAttribute('usemap');
  }

  function place(area: HTMLAreaElement, picture: HTMLImageElement): void {
    const { x, y, width, height } = boxOf(area, picture);
    if (width <= 0 || height <= 0) return;
    const link = document.createElement('a');
    link.setAttribute('href', area.getAttribute('href') ?? '');
    link.setAttribute('aria-label', area.alt || area.title || area.getAttribute('href') || '');
    const left = picture.offsetLeft + picture.clientLeft + x;
    const top = picture.offsetTop + picture.clientTop + y;
    const rules = { position: 'absolute', left: `${left}px`, top: `${top}px`, margin: '0', padding: '0' };
    const size = { width: `${width}px`, height: `${height}px`, background: 'none', border: '0' };
    for (const [property, value] of Object.entries({ ...rules, ...size, display: 'block' }))
      link.style.setProperty(property, value, 'important');
    picture.after(link);
  }

  /** The bounding box of its shape, within the image. https://html.spec.whatwg.org/multipage/image-maps.html */
  function boxOf({ shape, coords }: HTMLAreaElement, picture: HTMLImageElement): DOMRect {
    const { clientWidth: width, clientHeight: height } = picture;
    const numbers = coords
      .split(/[\s,;]+/)
      .map(Number.parseFloat)
      .filter(Number.isFinite);
    const [a = 0, b = 0, c = 0] = numbers;
    const xs = numbers.filter((_, i) => i % 2 === 0);
    const ys = numbers.filter((_, i) => i % 2 === 1);
    const kind = shape.toLowerCase();
    if (kind === 'default') return new DOMRect(0, 0, width, height);
    const edges = kind.startsWith('circ')
      ? { left: a - c, top: b - c, right: a + c, bottom: b + c }
      : { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
    const left = Math.max(0, edges.left);
    const top = Math.max(0, edges.top);
    return new DOMRect(left, top, Math.min(width, edges.right) - left, Math.min(height, edges.bottom) - top);
  }
}
