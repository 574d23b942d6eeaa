import fc from 'fast-check';

/** Addresses that some function or other can't decode, parse or find. */
export const ODD_ADDRESSES = [
  '/.deckhand/%E0%A4',
  '/.deckhand/frame/1/%E0%A4',
  '/.deckhand/print/%00',
  '%E0%A4%A',
  '%',
  '%00.png',
  'a.png%',
  '#%E0%A4',
  '#/%',
  '//[',
  '//%E0/',
  'http://[::1',
  'http://a:99999/x.png',
  'http://%00/',
  'https://exa mple/',
  'file:///%E0',
  'mailto:%E0',
  'blob:x',
  '?%E0',
  '\\\\a\\%E0',
  '../%2e%2e/%E0.png',
  'deck.md#%E0',
  '%E0.md',
] as const;

/** Those, and made of what they are made of. */
export const oddAddress = fc.oneof(
  fc.constantFrom(...ODD_ADDRESSES),
  fc
    .array(
      fc.constantFrom(
        '%',
        'E0',
        '%E0',
        '%A4',
        '%00',
        '/',
        '\\',
        ':',
        '//',
        '[',
        ']',
        '#',
        '?',
        '@',
        '..',
        '/.deckhand/',
        'http:',
        'a',
        'ü',
        '😀',
        '.png',
        '.md',
        '.svg',
        ' ',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

const attribute = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** A slide that has an address in each place where a deck may have one. */
export function slideWithAddress(written: string): string {
  const value = attribute(written);
  return `## Slide

![a](${written}) ![b](<${written}>) [c](${written}) <a href="${value}">d</a> <img alt="e" src="${value}" srcset="${value} 2x">

<!-- .slide: data-background-image="${value}" -->

<p style="background: url('${value}')">f</p> <svg width="9" height="9"><use href="${value}"/><image href="${value}"/><a href="${value}"><text>g</text></a></svg>

<iframe src="${value}"></iframe> <video poster="${value}" src="${value}"></video> <object data="${value}"></object>

<link rel="stylesheet" href="${value}"> <style>p { background: url("${value}") }</style>`;
}
