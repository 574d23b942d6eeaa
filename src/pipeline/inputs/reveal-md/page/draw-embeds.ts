/**
 * Runs inside the page of a live presentation, before reveal.js lays it out, and must stay self-contained. An image in an
 * `object`, `embed` or `iframe` becomes an `img` that looks the same.
 */
export function drawEmbeds(slides: Element): void {
  const PICTURE_FILE = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i;
  /** Theme styles for images do not apply to these. */
  const KEPT = [
    ...['display', 'margin', 'padding', 'border', 'border-radius', 'box-shadow', 'background', 'float'],
    ...['vertical-align', 'max-width', 'max-height', 'position', 'inset', 'transform', 'opacity'],
  ];

  for (const embed of slides.querySelectorAll<HTMLElement>('object[data], embed[src], iframe')) {
    const source = embed.getAttribute('data') || embed.getAttribute('src') || embed.dataset.src || '';
    if (!isPicture(source) || embed.hasAttribute('srcdoc') || embed.closest('pre, code')) continue;
    embed.replaceWith(pictureOf(embed, source));
  }

  function isPicture(source: string): boolean {
    if (!URL.canParse(source, document.baseURI)) return false;
    return PICTURE_FILE.test(new URL(source, document.baseURI).pathname);
  }

  function pictureOf(embed: HTMLElement, source: string): HTMLImageElement {
    const picture = document.createElement('img');
    const style = getComputedStyle(embed);
    const kept = KEPT.map((name) => [name, style.getPropertyValue(name)] as const);
    for (const { name, value } of embed.attributes)
      if (/^(?:class|id|style|title|lang|dir|width|height|aria-label|data-(?!src$).*)$/.test(name))
        picture.setAttribute(name, value);
    for (const [name, value] of kept) picture.style.setProperty(name, value, 'important');
    // A frame has this size, regardless of its content.
    if (embed.matches('iframe')) {
      if (style.width === 'auto') picture.style.width = '300px';
      if (style.height === 'auto') picture.style.height = '150px';
    }
    picture.style.objectFit = 'contain';
    picture.alt = nameOf(embed, source);
    picture.src = source;
    return picture;
  }

  function nameOf(embed: HTMLElement, source: string): string {
    const said = embed.title || embed.getAttribute('aria-label') || embed.textContent?.trim();
    return said || new URL(source, document.baseURI).pathname.replace(/^.*\//, '');
  }
}
