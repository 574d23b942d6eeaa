import { isSiteUrl, withoutSite } from '../model/urls.ts';
import { decodeOrKeep } from '../text/decode.ts';
import { escapeHtml } from '../text/html.ts';
import { qrSvg } from './qr.ts';

/** What a page needs to draw a card in place of something that a slide can't show. */
export interface CardTemplate {
  /** Content of the card, without the title and the reason. `page.css` says what it looks like. */
  readonly html: string;
  /** Where the card leads; empty for what is not on the web. */
  readonly href: string;
  /** The last part of the address, for what has no description. */
  readonly name: string;
}

/**
 * A card for an address: room for a title and a reason, the address for people (without query and credentials, which may
 * be secrets), its host alone for where there is little room, and a QR code of all of it.
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
  // The code says again what the words say.
  const code = qr
    ? `<span class="deckhand-card-code" aria-hidden="true">${qr}${part('caption', 'open the original')}</span>`
    : '';
  return {
    html: `<span class="deckhand-card-inner"><span class="deckhand-card-words">${words.join('')}</span>${code}</span>`,
    href,
    name: shown.replace(/\/+$/, '').split('/').at(-1) ?? '',
  };
}

/** The address on the web, without credentials; empty for what is not there. */
export function webAddress(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url) || isSiteUrl(url)) return '';
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}
