/** The attributes with addresses of images: one URL, or a list with sizes. */
export const PICTURES: Readonly<Record<string, Readonly<Record<string, 'url' | 'srcset'>>>> = {
  img: { src: 'url', 'data-src': 'url', srcset: 'srcset', 'data-srcset': 'srcset' },
  source: { srcset: 'srcset', 'data-srcset': 'srcset' },
  video: { poster: 'url' },
  image: { href: 'url', 'xlink:href': 'url' },
  feImage: { href: 'url', 'xlink:href': 'url' },
  ...Object.fromEntries(
    ['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'].map((name) => [name, { background: 'url' }]),
  ),
};
