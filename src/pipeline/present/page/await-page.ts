/** The conditions that a page must meet, besides those of reveal.js itself. */
export type Awaited = 'fonts' | 'pictures' | 'highlighting' | 'math' | 'diagrams' | 'charts';

/** Things that were not ready in time. */
export interface Unready {
  readonly what: Awaited;
  readonly afterMs: number;
  /** Their names; empty if they have none. */
  readonly names: readonly string[];
}

export interface AwaitOptions {
  readonly timeoutMs: number;
  /** An animated chart never gets ready: it is printed as it is after this time. */
  readonly chartsTimeoutMs: number;
}

/**
 * Runs inside the page, after reveal.js has laid it out, and must stay self-contained. Checks in each animation frame whether
 * everything is ready, until it is or the time is over.
 *
 * @returns what is missing. The page continues without it.
 */
export async function awaitPage({ timeoutMs, chartsTimeoutMs }: AwaitOptions): Promise<Unready[]> {
  const { deckhandLate = [], deckhandHighlighted = false } = globalThis as {
    deckhandLate?: readonly Awaited[];
    deckhandHighlighted?: boolean;
  };
  const decoded = new WeakSet<HTMLImageElement>();
  const drawn = new WeakMap<HTMLCanvasElement, string>();
  for (const picture of document.images) {
    // Lazily loaded content that is not visible would never be requested.
    picture.loading = 'eager';
    void picture
      .decode()
      .catch(() => undefined)
      .then(() => decoded.add(picture));
  }

  /** The names of everything that is not ready. */
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
    // These two have deadlines of their own, before anything can be laid out.
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

  /** Since the last check. */
  function changed(canvas: HTMLCanvasElement): boolean {
    const before = drawn.get(canvas);
    const now = pixelsOf(canvas);
    drawn.set(canvas, now);
    return now !== before;
  }

  /** The pixels of a canvas with an image from another origin cannot be read. */
  function pixelsOf(canvas: HTMLCanvasElement): string {
    try {
      return canvas.toDataURL();
    } catch {
      return '';
    }
  }
}
