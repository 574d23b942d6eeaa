/** As much of reveal.js as is used. */
interface Presentation {
  initialize(config: object): Promise<unknown>;
  on(type: string, listener: (event: { readonly fragments?: readonly Element[] }) => void): void;
  configure(config: object): void;
  getConfig(): { readonly showNotes?: boolean | string };
  getCurrentSlide(): Element | undefined;
  addKeyBinding(key: object, action: () => void): void;
}

/**
 * Starts the live presentation of an archive, and must stay self-contained: it is written into the page, and runs in
 * whatever browser there will be.
 *
 * The plugins of reveal.js are not there, since their work is done. Two things that they do live are done here: the key S
 * shows the speaker notes (beside the slide, since a second window may not talk to the first one where both are files),
 * and the lines of code that a step is about scroll into view.
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
