import { isSiteUrl, withoutSite } from '../model/urls.ts';
import { decodeOrKeep } from '../text/decode.ts';
import { escapeHtml } from '../text/html.ts';
import { qrSvg } from './qr.ts';

/** What a page needs to draw a card in place of something that cannot be shown. */
export interface CardTemplate {
  /** Content of the card, without the title and the reason. `page.css` has its style. */
  readonly html: string;
  /** The address that the card links to; empty if it is not on the web. */
  readonly href: string;
  /** The last part of the address, for cards without a description. */
  readonly name: string;
}

/**
 * A card for an address: room for a title and a reason, the address for readers (without query and credentials, which may be
 * secret), only its host where there is little room, and a QR code of the complete address.
 */
export function cardTemplate(url: string): CardTemplate {
  const href = webAddress(url);
  const { host, origin, pathname } = href ? new URL(href) : { host: '', origin: '', pathname: '' };
  // On the deck's own site an address is the path of a file.
  const path = isSiteUrl(url) ? withoutSite(url).replace(/[?#].*$/, '') : '';
  const shown = decodeOrKeep(href ? `${origin}${pathname}` : path);
  const part = (name: string, text: string): string =>
    `<span class="deckhand-card-${name}">${escapeHtml(text)}</span>`;
  const words = [part('title', ''), part('reason', ''), part('address', shown), part('host', host)];
  const qr = href ? qrSvg(href) : undefined;
  // The QR code repeats the text of the address.
  const code = qr
    ? `<span class="deckhand-card-code" aria-hidden="true">${qr}${part('caption', 'open the original')}</span>`
    : '';
  return {
    html: `<span class="deckhand-card-inner"><span class="deckhand-card-words">${words.join('')}</span>${code}</span>`,
    href,
    name: shown.replace(/\/+$/, '').split('/').at(-1) ?? '',
  };
}

/** The address on the web, without credentials; empty if it is not on the web. */
export function webAddress(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url) || isSiteUrl(url)) return '';
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}
