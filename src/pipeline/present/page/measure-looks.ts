/** Facts about the look of a frame that matter for print. */
export interface Look {
  /** Size of its smallest type on the page; undefined without text. */
  readonly smallestTextPx?: number;
  /** White is easier to read on it than black. */
  readonly isDark: boolean;
}

/**
 * Runs inside a document of frames, when nothing moves any more, and must stay self-contained. Measures each frame's type and
 * the lightness of its background.
 */
export function measureLooks(): Look[] {
  /** Parts of words or formulas that are small by design, and text that is not meant to be read. */
  const NOT_READ =
    'aside.notes, script, style, sup, sub, rt, annotation, math, .katex *, option, title, desc, .deckhand-card, ' +
    ':is(clipPath, defs, marker, mask, pattern, symbol)';
  /** Relative luminance at which black and white have the same contrast: WCAG 2.2. */
  const MIDDLE = 0.179;
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];

  return [...document.querySelectorAll<HTMLElement>('.deckhand-frame')].map((frame) => {
    const section = frame.querySelector<HTMLElement>('section[data-deckhand-slide]') ?? frame;
    const sizes = readTexts(section).map(([element]) => sizeOf(element));
    const seen = sizes.filter((size) => size > 0);
    return {
      isDark: isDarkBehind(frame) ?? hasLightText(section),
      ...(seen.length > 0 ? { smallestTextPx: Math.min(...seen) } : {}),
    };
  });

  /** Rounded to a hundredth of a pixel: rounding in layout makes no difference. */
  function sizeOf(element: Element): number {
    return Math.round(Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element) * 100) / 100;
  }

  function readTexts(section: HTMLElement): [Element, number][] {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const found: [Element, number][] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const letters = (node.textContent ?? '').trim().length;
      if (letters === 0 || !parent || parent.closest(NOT_READ)) continue;
      if (parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        found.push([parent, letters]);
    }
    return found;
  }

  /** The scale that fitting, and the coordinates of a drawing, apply to a pixel. */
  function scaleOf(element: Element): number {
    if (element instanceof SVGGraphicsElement) {
      const matrix = element.getScreenCTM();
      return matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    }
    const box = element.closest<HTMLElement>('p, li, td, th, pre, h1, h2, h3, h4, h5, h6, div, section');
    if (!box || box.offsetWidth === 0) return 1;
    const svg = box.closest('foreignObject')?.getScreenCTM();
    return svg ? Math.hypot(svg.a, svg.b) : box.getBoundingClientRect().width / box.offsetWidth;
  }

  /** Whether the background of a whole slide is dark; undefined if it is an image. */
  function isDarkBehind(frame: HTMLElement): boolean | undefined {
    const page = frame.getBoundingClientRect();
    let ground: readonly number[] = [255, 255, 255];
    let isKnown = true;
    for (const element of [frame, ...frame.querySelectorAll<HTMLElement>('*:not(section, section *)')]) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width < page.width * 0.9 || box.height < page.height * 0.9) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const opacity = Number(style.opacity);
      const layers = [style.backgroundColor, ...gradientStops(style.backgroundImage)];
      for (const layer of layers) {
        const [red, green, blue, alpha] = colour(layer);
        const share = (alpha * opacity) / (layer === style.backgroundColor ? 1 : layers.length - 1);
        ground = ground.map((part, i) => part * (1 - share) + ([red, green, blue][i] ?? 0) * share);
        if (alpha === 1 && opacity === 1) isKnown = true;
      }
      if (style.backgroundImage.includes('url(') || element.matches('img, video, iframe')) isKnown = false;
    }
    return isKnown ? luminance(ground) < MIDDLE : undefined;
  }

  function gradientStops(image: string): readonly string[] {
    if (!image.includes('gradient(')) return [];
    return image.match(/(?:rgba?|color|oklch|oklab|lab|lch)\([^()]*\)/g) ?? [];
  }

  function hasLightText(section: HTMLElement): boolean {
    const texts = readTexts(section);
    const light = texts.filter(([element]) => {
      const [red, green, blue] = colour(getComputedStyle(element).color);
      return luminance([red, green, blue]) > 0.4;
    });
    const letters = (all: readonly [Element, number][]): number => all.reduce((sum, [, one]) => sum + one, 0);
    return letters(light) * 2 > letters(texts);
  }

  function colour(value: string): Colour {
    const numbers = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(value);
    if (numbers) return [Number(numbers[1]), Number(numbers[2]), Number(numbers[3]), Number(numbers[4] ?? 1)];
    if (!context || !CSS.supports('color', value)) return [0, 0, 0, 0];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
    const linear = (part: number): number => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }
}
