import type { Size } from '../../pipeline/model.ts';

/**
 * Runs inside the page, once its fonts and pictures are there, and must stay self-contained. reveal.js fits texts
 * (`r-fit-text`) and stretches pictures (`r-stretch`) as soon as it starts: on a busy machine before they are there, which
 * leaves pictures without any size. What it does then is done again: https://revealjs.com/layout/
 *
 * @param size of the slides.
 */
export async function layOutAgain({ widthPx, heightPx }: Size): Promise<void> {
  const { Reveal } = globalThis as unknown as { Reveal: { loadSlide(slide: Element): void } };
  const fitted = [...document.querySelectorAll('.pdf-page > section')].filter((section) =>
    section.querySelector('.r-fit-text'),
  );
  for (const section of fitted) Reveal.loadSlide(section);
  // It reads in one frame and writes in the next.
  if (fitted.length > 0) for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const stretched = ':is(.stretch, .r-stretch)';
  for (const element of document.querySelectorAll<HTMLElement>(`.pdf-page > section > ${stretched}`))
    stretch(element);

  /** As `layoutSlideContents` of reveal.js has it, which is not for others to call. */
  function stretch(element: HTMLElement): void {
    const room = heightLeft(element);
    const media = sizeOf(element);
    const scale = media && Math.min(widthPx / media.widthPx, room / media.heightPx);
    element.style.width = `${media && scale ? media.widthPx * scale : widthPx}px`;
    element.style.height = `${media && scale ? media.heightPx * scale : room}px`;
  }

  /** Of a picture or film whose own size is known. */
  function sizeOf(element: HTMLElement): Size | undefined {
    if (element instanceof HTMLImageElement && element.naturalWidth > 0)
      return { widthPx: element.naturalWidth, heightPx: element.naturalHeight };
    if (element instanceof HTMLVideoElement && element.videoWidth > 0)
      return { widthPx: element.videoWidth, heightPx: element.videoHeight };
    return undefined;
  }

  /** What everything else on the slide leaves. */
  function heightLeft(element: HTMLElement): number {
    const parent = element.parentElement as HTMLElement;
    const { height } = parent.style;
    element.style.height = '0px';
    parent.style.height = 'auto';
    const left = heightPx - parent.offsetHeight;
    parent.style.height = height;
    return left;
  }
}
