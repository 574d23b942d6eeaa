/** Content that a slide shows temporarily, and that is in none of its frames. */
export interface Unshown {
  /** The index stamped on the section. */
  readonly index: string;
  /** Its text; for an image without text its file. In the order of the slide. */
  readonly words: readonly string[];
  /** Its `data-fragments`; empty: none. */
  readonly mark: string;
}

/**
 * Runs inside a document of frames, and must stay self-contained. Finds fragments that are visible in no frame of their
 * slide: those that disappear before its end, if there is no frame for each step.
 */
export function findUnshown(): Unshown[] {
  const unseen = new Map<string, Map<number, Element>>();
  const marks = new Map<string, string>();
  const sections = document.querySelectorAll<HTMLElement>('.deckhand-frame section[data-deckhand-slide]');
  for (const section of sections) {
    const index = section.dataset.deckhandSlide ?? '';
    const fragments = [...section.querySelectorAll('.fragment:not(aside.notes *)')];
    const before = unseen.get(index);
    const now = fragments.flatMap((one, i) =>
      isSeen(one) || before?.has(i) === false ? [] : [[i, one] as const],
    );
    unseen.set(index, new Map(now));
    marks.set(index, section.dataset.fragments ?? '');
  }
  return [...unseen].flatMap(([index, fragments]) => {
    const all = [...fragments.values()];
    const outermost = all.filter((one) => !all.some((other) => other !== one && other.contains(one)));
    const words = outermost.map(wordsOf).filter((one) => one !== '');
    return words.length > 0 ? [{ index, words, mark: marks.get(index) ?? '' }] : [];
  });

  function isSeen(fragment: Element): boolean {
    return fragment.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function wordsOf(fragment: Element): string {
    const words = (fragment.textContent ?? '').replace(/\s+/g, ' ').trim();
    const picture = fragment.matches('img') ? fragment : fragment.querySelector('img');
    return words || picture?.getAttribute('alt') || fileOf(picture?.getAttribute('src') ?? '');
  }

  function fileOf(source: string): string {
    return /^data:/i.test(source) ? '' : source.replace(/[?#].*$/, '').replace(/^.*\//, '');
  }
}
