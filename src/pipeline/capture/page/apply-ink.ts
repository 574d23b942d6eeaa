import type { SparingInk } from '../../../model/pdf-parts.ts';

/**
 * Runs inside a page that is about to be printed, and must stay self-contained. Changes nothing but colors: text stays text,
 * and nothing moves. It does not use a CSS filter, which would rasterize text.
 *
 * For `save`, backgrounds go, but for pictures; what was light on them becomes dark in the same hue, until its contrast
 * with white is 4.5 to 1 (WCAG 2.2, 1.4.3). For `gray`, each color becomes the gray of the same luminance; so do the
 * colors of SVG pictures. Raster pictures come in gray already. Letters whose contrast with their ground is less than
 * that are made darker then, or lighter. Letters on a picture, which may have any color anywhere, get a plain ground of their own.
 *
 * @param within selector of the elements to change; undefined: the whole page.
 */
export async function applyInk(ink: SparingInk, within?: string): Promise<void> {
  const LEGIBLE = 4.5;
  /** Relative luminance below which white text is easier to read than black. */
  const DARK = 0.179;
  /**
   * Minimum luminance of boxes in diagrams, and the contrast with white that text on them needs in order to be legible on
   * such boxes.
   */
  const GROUND = 0.75;
  const LEGIBLE_ON_BOXES = (LEGIBLE * 1.05) / (GROUND + 0.05);
  const VISIBLE = 1.6;
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  type Ground = readonly [red: number, green: number, blue: number] | 'picture';
  type Changes = readonly (readonly [name: string, value: string])[];

  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parsed = new Map<string, Colour>();
  const grounds = new Map<Element, Ground>();
  let mode: 'save' | 'gray' = 'save';
  let rules = '';
  let marked = 0;

  const roots = within === undefined ? [document.body] : [...document.querySelectorAll(within)];
  for (const one of ['save', 'gray'] as const) {
    if (!ink.split(',').includes(one)) continue;
    mode = one;
    rules = '';
    for (const root of roots) changeAll(root);
    const sheet = document.createElement('style');
    sheet.textContent = rules;
    document.head.append(sheet);
  }
  if (within === undefined) makeLegible();
  if (mode === 'gray') {
    await Promise.all([...document.images].map(grayVector));
    const withBackground = [...document.body.querySelectorAll<HTMLElement>('*')].filter(
      (one) => one instanceof HTMLElement && getComputedStyle(one).backgroundImage.includes('url('),
    );
    await Promise.all(withBackground.map(grayBackground));
  }

  /** All colors are read before the first one is changed, because they are inherited. */
  function changeAll(root: Element): void {
    // Placeholders are white and must stay painted.
    const elements = [root, ...root.querySelectorAll<HTMLElement | SVGElement>(':not(.place)')].filter(
      (one): one is HTMLElement | SVGElement => one instanceof HTMLElement || one instanceof SVGElement,
    );
    const changes = elements.map((element) => ({
      element,
      own: changesOf(element, getComputedStyle(element)),
      parts: root === document.body ? partsOf(element) : [],
    }));
    for (const { element, own, parts } of changes) {
      for (const [name, value] of own) element.style.setProperty(name, value, 'important');
      for (const [part, list] of parts) addRule(element, part, list);
    }
  }

  function addRule(element: HTMLElement | SVGElement, part: string, changed: Changes): void {
    if (changed.length === 0) return;
    element.dataset.deckhandInk ??= String(++marked);
    const body = changed.map(([name, value]) => `${name}:${value}!important`).join(';');
    rules += `[data-deckhand-ink="${element.dataset.deckhandInk}"]${part}{${body}}\n`;
  }

  function partsOf(element: Element): [string, Changes][] {
    if (element instanceof SVGElement) return [];
    const parts: [string, Changes][] = [];
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (style.content !== 'none' && style.content !== 'normal')
        parts.push([part, changesOf(element, style)]);
    }
    if (element.matches('li, summary')) {
      const { color } = getComputedStyle(element, '::marker');
      parts.push(['::marker', [['color', mode === 'gray' ? grayed(color) : inked(color, LEGIBLE)]]]);
    }
    return parts;
  }

  function changesOf(element: Element, style: CSSStyleDeclaration): Changes {
    return mode === 'gray' ? grayChanges(element, style) : saving(element, style);
  }

  function grayChanges(element: Element, style: CSSStyleDeclaration): Changes {
    const names = [
      ...['color', '-webkit-text-fill-color', 'text-decoration-color', 'background-color', 'outline-color'],
      ...['border-top-color', 'border-right-color', 'border-bottom-color', 'border-left-color'],
      ...['column-rule-color', 'text-shadow', 'box-shadow', 'background-image'],
      ...(element instanceof SVGElement
        ? ['fill', 'stroke', 'stop-color', 'flood-color', 'lighting-color']
        : []),
    ];
    return names.flatMap((name) => {
      const value = style.getPropertyValue(name);
      const changed = grayed(value);
      return changed === value ? [] : [[name, changed] as const];
    });
  }

  function saving(element: Element, style: CSSStyleDeclaration): Changes {
    if (element instanceof SVGElement) return savingInDrawing(element, style);
    const changes: [string, string][] = [
      ['color', inked(style.color, element.closest('foreignObject') ? LEGIBLE_ON_BOXES : LEGIBLE)],
      ['text-decoration-color', inked(style.textDecorationColor, LEGIBLE)],
      ['text-shadow', 'none'],
      ['box-shadow', 'none'],
    ];
    // Text that is filled with a gradient.
    const fill = style.getPropertyValue('-webkit-text-fill-color');
    if (colour(fill)[3] === 0) changes.push(['-webkit-text-fill-color', inked(style.color, LEGIBLE)]);
    else changes.push(['-webkit-text-fill-color', inked(fill, LEGIBLE)]);
    for (const side of ['top', 'right', 'bottom', 'left', 'block'] as const) {
      if (side === 'block') continue;
      const name = `border-${side}-color`;
      changes.push([name, inked(style.getPropertyValue(name), VISIBLE)]);
    }
    changes.push(['outline-color', inked(style.outlineColor, VISIBLE)]);
    changes.push(['background-color', keptGround(element) ?? 'transparent']);
    if (losesPicture(element, style)) changes.push(['background-image', 'none']);
    // A box without its background gets a border.
    const isFrameless = style.outlineStyle === 'none' && style.borderTopStyle === 'none';
    if (element.matches('pre, h1, h2, h3') && isFrameless && isFilled(element))
      changes.push(['outline', '1px solid #b5bcc4'], ['outline-offset', '-1px']);
    return changes;
  }

  /** A drawing without a background of its own is light on a dark slide: it keeps the background that it was drawn for. */
  function keptGround(element: Element): string | undefined {
    if (!element.matches('img')) return undefined;
    const ground = groundOf(element);
    return ground && luminance(ground) < DARK ? `rgb(${ground.map(Math.round).join(', ')})` : undefined;
  }

  /** The color behind an element; undefined if it is an image. */
  function groundOf(element: Element): readonly number[] | undefined {
    const layers: Colour[] = [];
    const frame = element.closest('.deckhand-frame');
    for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (at !== element && backgroundImage !== 'none') return undefined;
      layers.push(colour(backgroundColor));
      if (layers.at(-1)?.[3] === 1) break;
    }
    if (layers.at(-1)?.[3] !== 1 && frame) {
      const behind = frameGround(frame);
      if (!behind) return undefined;
      layers.push([...behind, 1] as unknown as Colour);
    }
    return under(layers, [255, 255, 255]);
  }

  /** What a color looks like below others, the uppermost first. */
  function under(layers: readonly Colour[], lowest: readonly number[]): readonly number[] {
    return layers.reduceRight<readonly number[]>(
      (below, [red, green, blue, alpha]) =>
        below.map((part, i) => part * (1 - alpha) + ([red, green, blue][i] ?? 0) * alpha),
      lowest,
    );
  }

  /** The background of a whole slide, next to its section; undefined if it is an image. */
  function frameGround(frame: Element): readonly [number, number, number] | undefined {
    const known = grounds.get(frame);
    if (known) return known === 'picture' ? undefined : known;
    const page = frame.getBoundingClientRect();
    let ground: Ground = [255, 255, 255];
    for (const layer of [frame, ...frame.querySelectorAll('*:not(section, section *)')]) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(layer);
      const { width, height } = layer.getBoundingClientRect();
      if (width < page.width * 0.9 || height < page.height * 0.9) continue;
      if (!layer.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const [red, green, blue, alpha] = colour(backgroundColor);
      const share = alpha * Number(opacity);
      const below: readonly number[] = ground === 'picture' ? [255, 255, 255] : ground;
      const mixed = [red, green, blue].map((part, i) => part * share + (below[i] ?? 0) * (1 - share));
      if (share === 1 || ground !== 'picture') ground = mixed as unknown as [number, number, number];
      if (backgroundImage !== 'none') ground = 'picture';
    }
    grounds.set(frame, ground);
    return ground === 'picture' ? undefined : ground;
  }

  /** Text with too little contrast becomes darker, or lighter on a dark background. */
  function makeLegible(): void {
    grounds.clear();
    const pictures = picturesByFrame();
    const changes = new Map<HTMLElement, string>();
    const onPictures: Text[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || changes.has(element) || (node.textContent ?? '').trim() === '') continue;
      if (element.closest('svg, style, script, .deckhand-card-code')) continue;
      const [red, green, blue, alpha] = colour(getComputedStyle(element).color);
      if (alpha === 0) continue;
      const behind = groundsOf(node as Text, element, pictures);
      const seen = (ground: readonly number[]): readonly number[] =>
        [red, green, blue].map((part, i) => part * alpha + (ground[i] ?? 0) * (1 - alpha));
      if (isLegible(seen, behind)) continue;
      const legible = behind
        .map((ground) => legibleOn(ground, seen(ground)))
        .find((rgb) => isLegible(() => rgb, behind));
      if (legible) changes.set(element, `rgb(${legible.map(Math.round).join(', ')})`);
      else onPictures.push(node as Text);
    }
    for (const [element, value] of changes) {
      element.style.setProperty('color', value, 'important');
      element.style.setProperty('-webkit-text-fill-color', value, 'important');
    }
    for (const text of onPictures) putOnPlate(text);
  }

  /** On each of the grounds, and on every color between them: so letters are lighter than all of them, or darker. */
  function isLegible(
    seen: (ground: readonly number[]) => readonly number[],
    grounds: readonly (readonly number[])[],
  ): boolean {
    const isLighter = grounds.map((ground) => luminance(seen(ground)) > luminance(ground));
    const isOneSided = isLighter.every((one) => one === isLighter[0]);
    return isOneSided && grounds.every((ground) => contrast(seen(ground), ground) >= LEGIBLE);
  }

  /** The colors between which lies everything behind some text. */
  function groundsOf(text: Text, element: Element, pictures: Pictures): readonly (readonly number[])[] {
    const own = getComputedStyle(element);
    const isPainted = own.backgroundImage.includes('url(') && own.backgroundClip !== 'text';
    const below = picturesBelow(text, element, pictures);
    if (isPainted || below.length > 0) return groundsOnPicture(element, below);
    const ground = groundOf(element);
    if (ground) return [ground];
    const images = imagesBehind(element);
    if (images.length === 0 || images.some((image) => image.includes('url(')))
      return groundsOnPicture(element, []);
    const stops = images.flatMap(
      (image) => image.match(/(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)/g) ?? [],
    );
    return stops.map((stop) => colour(stop).slice(0, 3));
  }

  /**
   * A picture may have any color from black to white. Boxes around the text that do not contain the picture are painted over
   * it, opaque or not.
   */
  function groundsOnPicture(element: Element, below: readonly Element[]): readonly (readonly number[])[] {
    const layers: Colour[] = [];
    const frame = element.closest('.deckhand-frame');
    for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (backgroundImage !== 'none' || below.some((picture) => at?.contains(picture))) break;
      layers.push(colour(backgroundColor));
      if (layers.at(-1)?.[3] === 1) break;
    }
    return [0, 255].map((level) => under(layers, [level, level, level]));
  }

  /** Images and gradients behind an element, but not those that fill its letters. */
  function imagesBehind(element: Element): string[] {
    const frame = element.closest('.deckhand-frame');
    const page = frame?.getBoundingClientRect();
    const images: string[] = [];
    for (let at: Element | null = element; at && at !== frame; at = at.parentElement) {
      const { backgroundImage, backgroundClip } = getComputedStyle(at);
      if (backgroundImage !== 'none' && backgroundClip !== 'text') images.push(backgroundImage);
    }
    for (const layer of frame ? [frame, ...frame.querySelectorAll('*:not(section, section *)')] : []) {
      const { width, height } = layer.getBoundingClientRect();
      const { backgroundImage } = getComputedStyle(layer);
      const isBehind = page && width >= page.width * 0.9 && height >= page.height * 0.9;
      if (isBehind && backgroundImage !== 'none') images.push(backgroundImage);
    }
    return images;
  }

  type Pictures = ReadonlyMap<Element | null, readonly HTMLImageElement[]>;

  function picturesByFrame(): Pictures {
    const found = new Map<Element | null, HTMLImageElement[]>();
    for (const image of document.images) {
      const frame = image.closest('.deckhand-frame');
      if (!found.has(frame)) found.set(frame, []);
      if (!image.closest('.deckhand-card')) found.get(frame)?.push(image);
    }
    return found;
  }

  /** The images that at least a tenth of the letters are on, whether behind them or moved there. */
  function picturesBelow(text: Text, element: Element, pictures: Pictures): readonly HTMLImageElement[] {
    const near = pictures.get(element.closest('.deckhand-frame')) ?? [];
    if (near.length === 0) return [];
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()];
    return near.filter((image) => {
      const picture = image.getBoundingClientRect();
      return lines.some((line) => {
        const width = Math.min(line.right, picture.right) - Math.max(line.left, picture.left);
        const height = Math.min(line.bottom, picture.bottom) - Math.max(line.top, picture.top);
        return width > 0 && height > 0 && width * height > 0.1 * line.width * line.height;
      });
    });
  }

  /** Black or white behind letters, whichever gives more contrast: one of them always suffices. */
  function putOnPlate(text: Text): void {
    const element = text.parentElement as HTMLElement;
    const [red, green, blue] = colour(getComputedStyle(element).color);
    const isDark = contrastWithWhite([red, green, blue]) >= LEGIBLE;
    // An element name of our own, which no rule of a theme matches.
    const plate = document.createElement('deckhand-plate');
    plate.style.cssText =
      'all: unset; display: inline !important; box-decoration-break: clone; -webkit-box-decoration-break: clone';
    plate.style.setProperty('background-color', isDark ? '#fff' : '#000', 'important');
    for (const name of ['color', '-webkit-text-fill-color'])
      plate.style.setProperty(name, `rgb(${red}, ${green}, ${blue})`, 'important');
    text.replaceWith(plate);
    plate.append(text);
  }

  /** The smallest change of lightness that suffices, in the same hue. */
  function legibleOn(ground: readonly number[], from: readonly number[]): readonly number[] {
    const towards = luminance(ground) < DARK ? 255 : 0;
    for (let share = 0.05; share < 1; share += 0.05) {
      const rgb = from.map((part) => part + (towards - part) * share);
      if (contrast(rgb, ground) >= LEGIBLE) return rgb;
    }
    return [towards, towards, towards];
  }

  function isFilled(element: Element): boolean {
    const grounds = [element, ...element.querySelectorAll('code')].map(
      (one) => getComputedStyle(one).backgroundColor,
    );
    return grounds.some((ground) => colour(ground)[3] > 0);
  }

  /** Gradients use ink, and so do images behind slides with other content. */
  function losesPicture(element: Element, { backgroundImage }: CSSStyleDeclaration): boolean {
    if (backgroundImage === 'none') return false;
    if (!backgroundImage.includes('url(')) return true;
    const page =
      element.matches('.slide-background, .slide-background-content') && element.closest('.deckhand-frame');
    const section = page ? page.querySelector('section[data-deckhand-slide]') : null;
    return (
      section !== null && (section.textContent?.trim() !== '' || section.querySelector('img, svg') !== null)
    );
  }

  /** Lines and text that were drawn for a dark background. Filled shapes stay: they may be an illustration. */
  function savingInDrawing(element: SVGElement, style: CSSStyleDeclaration): Changes {
    const changes: [string, string][] = [];
    if (style.stroke !== 'none') changes.push(['stroke', inked(style.stroke, VISIBLE)]);
    const contrast = element.closest('svg.deckhand-drawing') ? LEGIBLE_ON_BOXES : LEGIBLE;
    if (element.matches('text, tspan, textPath')) changes.push(['fill', inked(style.fill, contrast)]);
    else if (element.closest('svg.deckhand-drawing')) changes.push(...savingInDiagram(element, style));
    return changes;
  }

  /** Boxes are backgrounds for text, which is dark now; arrowheads count as lines. */
  function savingInDiagram(element: SVGElement, { fill }: CSSStyleDeclaration): [string, string][] {
    if (element instanceof SVGSVGElement) return [['background-color', 'transparent']];
    if (fill === 'none') return [];
    if (element.closest('marker')) return [['fill', inked(fill, VISIBLE)]];
    const isDot = element.closest('[class*="state-start"], [class*="start-state"]') !== null;
    return isDot ? [] : [['fill', lightened(fill)]];
  }

  /** Light enough for dark text on it, in its own hue. */
  function lightened(value: string): string {
    const [red, green, blue, alpha] = colour(value);
    let rgb: readonly number[] = [red, green, blue];
    if (alpha === 0 || luminance(rgb) >= GROUND) return value;
    while (luminance(rgb) < GROUND) rgb = rgb.map((part) => part + (255 - part) * 0.1);
    return `rgba(${rgb.map(Math.round).join(', ')}, ${alpha})`;
  }

  /** Dark enough to be legible on white, in its own hue. */
  function inked(value: string, contrast: number): string {
    const [red, green, blue, alpha] = colour(value);
    if (alpha === 0 || contrastWithWhite([red, green, blue]) >= contrast) return value;
    // As dark as it was light.
    const turn = 255 - Math.max(red, green, blue) - Math.min(red, green, blue);
    let rgb = [red, green, blue].map((part) => Math.max(0, Math.min(255, part + turn)));
    while (contrastWithWhite(rgb) < contrast) rgb = rgb.map((part) => part * 0.9);
    return `rgba(${rgb.map(Math.round).join(', ')}, ${alpha})`;
  }

  function grayed(value: string): string {
    return value.replace(/(?:rgba?|color|oklch|oklab|lab|lch|hsla?|hwb)\([^()]*\)/g, (one) => {
      const [red, green, blue, alpha] = colour(one);
      // An unchanged gray is not set: a shape in SVG that is used elsewhere inherits its colors there.
      if (red === green && green === blue) return one;
      const level = Math.round(encoded(luminance([red, green, blue])) * 255);
      return `rgba(${level}, ${level}, ${level}, ${alpha})`;
    });
  }

  /** sRGB, 0 to 255, and alpha, 0 to 1. */
  function colour(value: string): Colour {
    const known = parsed.get(value);
    if (known) return known;
    const numbers = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(value);
    const found: Colour = numbers
      ? [Number(numbers[1]), Number(numbers[2]), Number(numbers[3]), Number(numbers[4] ?? 1)]
      : painted(value);
    parsed.set(value, found);
    return found;
  }

  /** Parsed by a canvas, which understands every notation. */
  function painted(value: string): Colour {
    if (!context || !CSS.supports('color', value)) return [0, 0, 0, value === 'none' ? 0 : 1];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  /** WCAG 2.2, relative luminance: 0 to 1. */
  function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
    const linear = (part: number): number => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  function encoded(linear: number): number {
    return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  }

  function contrastWithWhite(rgb: readonly number[]): number {
    return contrast([255, 255, 255], rgb);
  }

  function contrast(one: readonly number[], other: readonly number[]): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  async function grayVector(picture: HTMLImageElement): Promise<void> {
    const gray = await grayFile(picture.currentSrc || picture.src);
    if (gray === undefined) return;
    picture.removeAttribute('srcset');
    for (const source of picture.closest('picture')?.querySelectorAll('source') ?? []) source.remove();
    picture.src = gray;
    await picture.decode().catch(() => undefined);
  }

  async function grayBackground(element: HTMLElement): Promise<void> {
    let value = getComputedStyle(element).backgroundImage;
    for (const [whole, url = ''] of value.matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)) {
      const gray = await grayFile(url.replaceAll(/\\(.)/g, '$1'));
      if (gray !== undefined) value = value.replace(whole, () => `url("${gray}")`);
    }
    if (value === getComputedStyle(element).backgroundImage) return;
    element.style.setProperty('background-image', value, 'important');
    const drawn = [...value.matchAll(/url\("(data:image\/svg[^"]*)"\)/g)].map(([, url = '']) => decoded(url));
    await Promise.all(drawn);
  }

  /** The image is loaded before it is set as background: printing does not wait for a new one. */
  async function decoded(url: string): Promise<void> {
    const picture = new Image();
    picture.src = url;
    await picture.decode().catch(() => undefined);
  }

  /** An SVG image in gray, as a URL; undefined for other images. It is opened where no style of the deck applies. */
  async function grayFile(url: string): Promise<string | undefined> {
    const answer = await fetch(url).catch(() => undefined);
    if (!answer?.headers.get('content-type')?.startsWith('image/svg')) return undefined;
    const parsedFile = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml');
    const svg = parsedFile.documentElement;
    if (svg.localName !== 'svg') return undefined;
    const host = document.createElement('div');
    host.style.cssText = 'all: initial; position: absolute; width: 0; height: 0; overflow: hidden';
    document.body.append(host);
    host.attachShadow({ mode: 'open' }).append(svg);
    changeAll(svg);
    const text = new XMLSerializer().serializeToString(svg);
    host.remove();
    // Quotation marks would end a url() in CSS.
    return `data:image/svg+xml,${encodeURIComponent(text).replaceAll("'", '%27')}`;
  }
}
