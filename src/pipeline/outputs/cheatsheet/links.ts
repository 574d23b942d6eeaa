import type { DeckLink, SlideLink } from '../../../model/model.ts';
import { webAddress } from '../../../paper/card.ts';
import { mm } from '../../../paper/paper.ts';
import { qrSvg } from '../../../paper/qr.ts';
import { escapeHtml } from '../../../text/html.ts';
import type { CheatsheetSection } from './outline.ts';

/** A link with its QR code, or as text only, and its width in the band. */
export interface BandLink {
  readonly html: string;
  readonly widthMm: number;
}

/**
 * Legible for the camera of a phone above a desk: a third of a millimeter per module, plus some tolerance for a worn printer.
 */
const MODULE_MM = 0.38;
/** The QR code of a longer address would be too tall for the band. */
const MOST_MODULES = 53;
const WORDS_MM = 34;
const GAP_MM = 4;
const LONGEST_NAME = 48;
const LONGEST_ADDRESS = 84;

/**
 * The links of the sheet's blocks, then those of their slides, each once, as many as fit next to each other; then, if there
 * is space, the other decks that the blocks refer to, without QR codes.
 */
export function bandLinks(
  sections: readonly CheatsheetSection[],
  widthPx: number,
  deckLinks: readonly DeckLink[],
): BandLink[] {
  const chosen = sections.flatMap(({ topics }) => topics.flatMap(({ blocks }) => blocks));
  const slides = [...new Set(chosen.map(({ slide }) => slide))];
  const all = [
    ...chosen.flatMap(({ block }) => block.links),
    ...slides.flatMap((slide) => slide.pages.flatMap(({ links }) => links)),
  ];
  const seen = new Set<string>();
  const links: BandLink[] = [];
  let room = widthPx / mm(1);
  for (const link of all) {
    const address = webAddress(link.href);
    if (address === '' || seen.has(address)) continue;
    seen.add(address);
    const made = bandLink(link, address);
    if (!made || made.widthMm > room) continue;
    room -= made.widthMm + GAP_MM;
    links.push(made);
  }
  const referred = new Set(chosen.flatMap(({ block }) => block.links.map(({ href }) => href)));
  const decks = deckLinks.filter(({ url }) => referred.has(url)).map(deckWords);
  const fitting = Math.max(0, Math.floor((room + GAP_MM) / (WORDS_MM + GAP_MM)));
  return [...links, ...decks.slice(0, fitting)];
}

function deckWords({ url, words }: DeckLink): BandLink {
  const html = `<a class="link" href="${escapeHtml(url)}"><span class="words"><b>${escapeHtml(words)}</b></span></a>`;
  return { html, widthMm: WORDS_MM };
}

function bandLink({ text }: Pick<SlideLink, 'text'>, address: string): BandLink | undefined {
  const code = qrSvg(address);
  const modules = Number(/viewBox="0 0 (\d+)/.exec(code ?? '')?.[1] ?? MOST_MODULES + 1);
  if (!code || modules > MOST_MODULES) return undefined;
  const sideMm = modules * MODULE_MM;
  const shown = address.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const isAddress = text === '' || text.replace(/^https?:\/\//, '').replace(/\/$/, '') === shown;
  const name = isAddress ? '' : `<b>${escapeHtml(shorten(text, LONGEST_NAME))}</b>`;
  return {
    html:
      `<a class="link" href="${escapeHtml(address)}"><span class="code" style="width:${sideMm.toFixed(2)}mm">${code}</span>` +
      `<span class="words">${name}<span dir="ltr">${escapeHtml(shorten(shown, LONGEST_ADDRESS))}</span></span></a>`,
    widthMm: sideMm + WORDS_MM,
  };
}

/** Shortens it in the middle, because the ends of an address are the most informative parts. */
function shorten(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}
