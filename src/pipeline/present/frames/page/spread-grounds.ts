/**
 * Runs inside a document of frames, and must stay self-contained. On a screen the background of the root, or else that of the
 * body, is painted behind everything (https://www.w3.org/TR/css-backgrounds-3/#special-backgrounds), also behind content
 * below the body with a negative `z-index`. The frame does that for its stand-ins.
 */
export function spreadGrounds(): void {
  const NAMES = [
    'color',
    'image',
    'position',
    'size',
    'repeat',
    'origin',
    'clip',
    'attachment',
    'blend-mode',
  ];
  const grounds = [...document.querySelectorAll<HTMLElement>('.deckhand-frame')].flatMap((frame) => {
    const root = frame.querySelector<HTMLElement>(':scope > frame-html');
    const body = root?.querySelector<HTMLElement>(':scope > frame-body');
    const holder = [root, body].find((one) => one && isPainted(getComputedStyle(one)));
    if (!holder) return [];
    const style = getComputedStyle(holder);
    return [{ frame, holder, values: NAMES.map((name) => style.getPropertyValue(`background-${name}`)) }];
  });
  for (const { frame, holder, values } of grounds) {
    NAMES.forEach((name, i) => {
      frame.style.setProperty(`background-${name}`, values[i] ?? '');
    });
    holder.style.setProperty('background', 'none', 'important');
  }

  function isPainted({ backgroundColor, backgroundImage }: CSSStyleDeclaration): boolean {
    return backgroundImage !== 'none' || !/^(?:transparent|rgba\(.*, 0\))$/.test(backgroundColor);
  }
}
