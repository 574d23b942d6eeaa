/** The part of reveal.js's API that is used. */
interface Presentation {
  initialize(config: object): Promise<unknown>;
  on(type: string, listener: (event: { readonly fragments?: readonly Element[] }) => void): void;
  configure(config: object): void;
  getConfig(): { readonly showNotes?: boolean | string };
  getCurrentSlide(): Element | undefined;
  addKeyBinding(key: object, action: () => void): void;
}

/**
 * Starts the live presentation of an archive, and must stay self-contained: it is written into the page, and runs in any
 * browser.
 *
 * The plugins of reveal.js are not included, because their work is done. Two of their live functions are implemented here:
 * the key S shows the speaker notes (next to the slide, because a second window cannot communicate with the first one if both
 * are files), and the highlighted lines of code scroll into view.
 */
export function present(config: object): void {
  const { Reveal } = globalThis as unknown as { readonly Reveal: Presentation };
  Reveal.on('ready', scrollToLines);
  Reveal.on('slidechanged', scrollToLines);
  Reveal.on('fragmentshown', scrollToLines);
  Reveal.on('fragmenthidden', scrollToLines);
  void Reveal.initialize(config).then(() =>
    Reveal.addKeyBinding({ keyCode: 83, key: 'S', description: 'Speaker notes' }, () =>
      Reveal.configure({ showNotes: !Reveal.getConfig().showNotes }),
    ),
  );

  function scrollToLines(): void {
    for (const code of Reveal.getCurrentSlide()?.querySelectorAll<HTMLElement>('pre code') ?? []) {
      const lines = [...code.querySelectorAll<HTMLElement>('.highlight-line')];
      const [first, last] = [lines[0], lines[lines.length - 1]];
      if (!first || !last || code.scrollHeight <= code.clientHeight) continue;
      const height = last.offsetTop + last.offsetHeight - first.offsetTop;
      code.scrollTop = first.offsetTop - Math.max(0, (code.clientHeight - height) / 2);
    }
  }
}
