import type { Size } from '../../../model/model.ts';

/** The input for turning frames into finished pages. */
export interface RepairOptions {
  /** By the index stamped on each section. */
  readonly slides: Readonly<Record<string, { readonly number: string; readonly id: string }>>;
  /** The size of a missing image, if nothing sets its size. */
  readonly lostSize: Size;
}

export interface RepairResult {
  /** Values of `data-frame` that do not name a frame. */
  readonly badFrames: readonly { readonly index: string; readonly value: string }[];
  /** Images that fetching cannot fix: their data in the page is damaged, or they have no address. */
  readonly brokenPictures: readonly BrokenPicture[];
  /** Blank canvases, mostly of charts. */
  readonly emptyCanvases: readonly { readonly index: string; readonly name: string }[];
  /** Absolute URLs of the videos and pages inside slides. */
  readonly embeds: readonly string[];
}

export interface BrokenPicture {
  readonly index: string;
  readonly reason: string;
  /** Empty if there is none; only the beginning of a `data:` URL. */
  readonly url: string;
}

/**
 * Runs inside a document of frames, and must stay self-contained. Shows content that is not accessible on paper: collapsed
 * details and the poster images of videos. Elements that cannot be shown keep their place for `place-cards.ts`.
 */
export async function repairPage(options: RepairOptions): Promise<RepairResult> {
  const badFrames: { index: string; value: string }[] = [];
  const brokenPictures: BrokenPicture[] = [];
  const emptyCanvases: { index: string; name: string }[] = [];
  const embeds: string[] = [];
  const loading: Promise<void>[] = [];

  for (const page of document.querySelectorAll<HTMLElement>('.deckhand-frame')) {
    const section = page.querySelector<HTMLElement>('section[data-deckhand-slide]');
    const index = section?.dataset.deckhandSlide;
    if (!section || index === undefined) continue;
    for (const background of page.querySelectorAll('.slide-background')) {
      background.setAttribute('aria-hidden', 'true');
      // Without scripts Chromium shows the controls of a video: `0:00` on the slide.
      for (const film of background.querySelectorAll('video, iframe')) film.remove();
    }
    noteBehind(page, section.dataset);
    const known = options.slides[index];
    if (!section.id) section.id = freeId(known?.id ?? `slide-${index}`, index);
    for (const math of section.querySelectorAll('math, [role=math]')) nameMath(math);
    for (const details of section.querySelectorAll('details')) details.open = true;
    for (const film of section.querySelectorAll('video')) showPoster(film);
    for (const picture of section.querySelectorAll('img')) {
      readFrame(picture, index);
      loading.push(replaceBroken(picture, index));
    }
    for (const embed of section.querySelectorAll<HTMLElement>('iframe, video, audio, object, embed'))
      noteEmbed(embed);
    for (const canvas of section.querySelectorAll('canvas')) noteCanvas(canvas, index);
  }
  await Promise.all(loading);
  return { badFrames, brokenPictures, emptyCanvases, embeds };

  /** An author may have given the same id to another slide. Pages of one slide share theirs. */
  function freeId(id: string, index: string): string {
    const holder = document.getElementById(id);
    if (!holder || holder.dataset.deckhandSlide === index) return id;
    return freeId(`${id}-`, index);
  }

  /** Chromium does not tag MathML, so it becomes a figure with an alternative text, as in `set-math.ts`. */
  function nameMath(math: Element): void {
    if (math.closest('.katex')) return;
    const words = math.getAttribute('aria-label') ?? math.getAttribute('alttext') ?? math.textContent;
    const label = words?.replace(/\s+/g, ' ').trim();
    if (!label) return;
    math.setAttribute('role', 'img');
    math.setAttribute('aria-label', `\u2061${label}`);
  }

  /** A video shows its poster, in the box of the player. */
  function showPoster(film: HTMLVideoElement): void {
    if (!film.getAttribute('poster') || film.offsetWidth === 0 || film.offsetHeight === 0) return;
    const picture = document.createElement('img');
    const { display, margin, padding, border, float, verticalAlign } = getComputedStyle(film);
    const rules = {
      ...{ display, margin, padding, border, float, 'vertical-align': verticalAlign },
      ...{ 'box-sizing': 'border-box', 'object-fit': 'contain', 'max-width': 'none', 'max-height': 'none' },
      ...{ width: `${film.offsetWidth}px`, height: `${film.offsetHeight}px` },
    };
    picture.className = film.className;
    picture.style.cssText = film.style.cssText;
    for (const [name, value] of Object.entries(rules)) picture.style.setProperty(name, value, 'important');
    picture.alt = film.title || film.getAttribute('aria-label') || 'Film';
    picture.dataset.deckhandFilm = embeddedUrl(film);
    picture.src = film.poster;
    if (film.id) picture.id = film.id;
    film.replaceWith(picture);
  }

  /** An embedded element keeps its place for a card. */
  function noteEmbed(embed: HTMLElement): void {
    if (embed.parentElement?.closest('iframe, video, audio, object')) return;
    if (embed instanceof HTMLObjectElement) settleObject(embed);
    if (embed.offsetWidth === 0 || embed.offsetHeight === 0) {
      embed.remove();
      return;
    }
    embed.dataset.deckhandEmbed = embeddedUrl(embed);
  }

  /**
   * An object that could not be loaded is as large as its fallback content, which is often empty. It gets the size in its
   * attributes, and its fallback content comes after it, in an element that is valid even within a paragraph.
   */
  function settleObject(embed: HTMLObjectElement): void {
    for (const inner of embed.querySelectorAll('param, embed, object, iframe, video, audio')) inner.remove();
    if (embed.textContent?.trim() || embed.querySelector('img, svg')) {
      const words = document.createElement('object');
      words.append(...embed.childNodes);
      embed.after(words);
    }
    const { display, width, height } = getComputedStyle(embed);
    if (display !== 'inline') return;
    embed.style.setProperty('display', 'inline-block', 'important');
    if (width === 'auto') embed.style.width = '300px';
    if (height === 'auto') embed.style.height = '150px';
  }

  /** A video or page behind a slide is mentioned on a card: see `note-backgrounds.ts`. */
  function noteBehind(page: HTMLElement, { backgroundVideo, backgroundIframe }: DOMStringMap): void {
    // Of several sources of a video, browsers use the first one that they can play.
    const film = backgroundVideo?.split(',')[0]?.trim();
    const url = absoluteUrl(film || backgroundIframe || '');
    if (url === '') return;
    page.dataset.deckhandBehind = url;
    page.dataset.deckhandBehindTitle = film ? 'Video behind the slide' : 'Page behind the slide';
  }

  /** A card says that the canvas is blank; a canvas that cannot be read cannot be printed either. */
  function noteCanvas(canvas: HTMLCanvasElement, index: string): void {
    if (canvas.offsetWidth === 0 || canvas.offsetHeight === 0) return;
    const untouched = document.createElement('canvas');
    Object.assign(untouched, { width: canvas.width, height: canvas.height });
    try {
      if (canvas.toDataURL() !== untouched.toDataURL()) return;
    } catch {
      // It contains an image from another origin.
    }
    canvas.dataset.deckhandEmbed = '';
    canvas.dataset.deckhandReason = 'drawn by a script, which is not run for print';
    emptyCanvases.push({ index, name: canvas.title || (canvas.getAttribute('aria-label') ?? '') });
  }

  /** Absolute; empty without one. */
  function embeddedUrl(embed: HTMLElement): string {
    const source =
      embed.getAttribute('src') ||
      embed.getAttribute('data') ||
      embed.dataset.src ||
      embed.querySelector('source')?.getAttribute('src') ||
      '';
    return absoluteUrl(source);
  }

  function absoluteUrl(source: string): string {
    if (!source || !URL.canParse(source, document.baseURI)) return '';
    const url = new URL(source, document.baseURI);
    embeds.push(url.href);
    return url.href;
  }

  /** Comments of reveal.js set an attribute on the element before them: the image, or its paragraph or link. */
  function readFrame(picture: HTMLImageElement, index: string): void {
    const holder = picture.closest<HTMLElement>('section :is(img, picture, a, p, span, figure)[data-frame]');
    const value = holder?.dataset.frame?.trim();
    delete picture.dataset.frame;
    if (value === undefined) return;
    if (value === 'last' || /^[1-9]\d{0,5}$/.test(value)) picture.dataset.frame = value;
    else badFrames.push({ index, value });
  }

  /** Fetching cannot fix such an image: it gets the size of a missing one, and later a card. */
  async function replaceBroken(picture: HTMLImageElement, index: string): Promise<void> {
    if (picture.dataset.deckhandFilm !== undefined) await picture.decode().catch(() => undefined);
    if (picture.naturalWidth > 0 || picture.getClientRects().length === 0) return;
    const url = picture.currentSrc || picture.src;
    const isWhole =
      picture.complete &&
      (await picture.decode().then(
        () => true,
        () => false,
      ));
    if (isWhole) return;
    const reason = whyBroken(url, picture.complete);
    brokenPictures.push({ index, reason, url: url.startsWith('data:') ? url.slice(0, 40) : url });
    picture.dataset.deckhandLost = reason;
    for (const source of picture.closest('picture')?.querySelectorAll('source') ?? []) source.remove();
    picture.removeAttribute('srcset');
    const { widthPx, heightPx } = options.lostSize;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"/>`;
    picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await picture.decode().catch(() => undefined);
  }

  function whyBroken(url: string, isComplete: boolean): string {
    if (url === '') return 'the slide does not say where this image is';
    if (url.startsWith('data:')) return 'the data of the image is damaged';
    return isComplete ? 'the browser cannot show this image' : 'the image was not ready in time';
  }
}
