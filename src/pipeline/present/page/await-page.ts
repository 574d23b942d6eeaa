/** What a page is waited for, besides reveal.js itself. */
export type Awaited = 'fonts' | 'pictures' | 'highlighting' | 'math' | 'diagrams' | 'charts';

/** What was not ready in time. */
export interface Unready {
  readonly what: Awaited;
  readonly afterMs: number;
  /** What of it, by name; empty where it has none. */
  readonly names: readonly string[];
}

export interface AwaitOptions {
  readonly timeoutMs: number;
  /** One that moves is never ready: it is printed as it is after this. */
  readonly chartsTimeoutMs: number;
}

/**
 * Runs inside the page, when reveal.js has laid it out, and must stay self-contained. Looks at each frame what is still
 * under way, until nothing is, or until its time is over.
 *
 * @returns what is not there. The page goes on with what is.
 */
export async function awaitPage({ timeoutMs, chartsTimeoutMs }: AwaitOptions): Promise<Unready[]> {
  const { deckhandLate = [], deckhandHighlighted = false } = globalThis as {
    deckhandLate?: readonly Awaited[];
    deckhandHighlighted?: boolean;
  };
  const decoded = new WeakSet<HTMLImageElement>();
  const drawn = new WeakMap<HTMLCanvasElement, string>();
  for (const picture of document.images) {
    // Out of sight it would never be asked for.
    picture.loading = 'eager';
    void picture
      .decode()
      .catch(() => undefined)
      .then(() => decoded.add(picture));
  }

  /** The names of what is still under way. */
  const conditions: Readonly<Record<Awaited, () => string[]>> = {
    fonts: () => [
      ...new Set(
        [...document.fonts].filter(({ status }) => status === 'loading').map(({ family }) => family),
      ),
    ],
    pictures: () =>
      [...document.images]
        .filter((picture) => !(picture.complete && decoded.has(picture)) && picture.getAttribute('src'))
        .map(({ currentSrc, src }) => currentSrc || src),
    highlighting: () => (deckhandHighlighted ? [] : ['']),
    // These two have deadlines of their own, before there is anything to lay out.
    math: () => (deckhandLate.includes('math') ? [''] : []),
    diagrams: () => (deckhandLate.includes('diagrams') ? [''] : []),
    charts: () => [...document.querySelectorAll('canvas')].filter(changed).map(() => ''),
  };
  const deadlines = { math: 0, diagrams: 0, highlighting: 0, charts: chartsTimeoutMs };
  const start = performance.now();
  const results = Object.entries(conditions).map(([what, names]) =>
    settled(what as Awaited, names, { ...deadlines }[what] ?? timeoutMs),
  );
  return (await Promise.all(results)).flatMap((one) => (one ? [one] : []));

  async function settled(
    what: Awaited,
    stillUnderWay: () => string[],
    afterMs: number,
  ): Promise<Unready | undefined> {
    for (;;) {
      const names = stillUnderWay();
      if (names.length === 0) return undefined;
      if (performance.now() - start >= afterMs) return { what, afterMs, names: names.filter(Boolean) };
      await new Promise(requestAnimationFrame);
    }
  }

  /** Since it was looked at last. */
  function changed(canvas: HTMLCanvasElement): boolean {
    const before = drawn.get(canvas);
    const now = pixelsOf(canvas);
    drawn.set(canvas, now);
    return now !== before;
  }

  /** Those of a canvas that holds a picture from elsewhere may not be read. */
  function pixelsOf(canvas: HTMLCanvasElement): string {
    try {
      return canvas.toDataURL();
    } catch {
      return '';
    }
  }
}
