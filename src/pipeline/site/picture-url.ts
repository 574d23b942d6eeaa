import { CARRIES_ITSELF } from '../../markup/css.ts';
import { isSiteUrl, type ResolvedUrl } from '../../model/urls.ts';

/**
 * The canonical form of a URL that a deck names or the browser requests: absolute, without its fragment. The standard has
 * changed, so Node and Chromium write some characters of a path differently, and reveal.js and its Markdown parser encode
 * more than either: https://url.spec.whatwg.org/#path-percent-encode-set
 *
 * In a path on the web only those characters are encoded, and nothing is decoded, because its server may distinguish them. A
 * path of the site names a file, however it is written.
 *
 * @param baseUrl undefined: the text is an absolute URL.
 * @returns undefined for text that is no URL, and for `data:` URLs.
 */
export function pictureUrl(written: string, baseUrl?: string): ResolvedUrl | undefined {
  // A missing scheme is that of the page; for pages on the web that is https by now.
  const whole = written.replace(/^[ \t\n\f\r]*\/\//, 'https://');
  if (CARRIES_ITSELF.test(written.trim()) || !URL.canParse(whole, baseUrl)) return undefined;
  const url = new URL(whole, baseUrl);
  url.hash = '';
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb) return url.href as ResolvedUrl;
  const path = isSiteUrl(url.href) ? filePath(url.pathname) : webPath(url.pathname);
  return `${url.href.slice(0, url.href.indexOf('/', url.protocol.length + 2))}${path}${url.search}` as ResolvedUrl;
}

function webPath(path: string): string {
  return path.replace(/[|^[\]]|%(?![\da-f]{2})/gi, encodeURIComponent);
}

function filePath(path: string): string {
  const segment = (text: string): string => {
    try {
      return encodeURIComponent(decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25')));
    } catch {
      // It is not UTF-8, so it names no file that could be found.
      return webPath(text);
    }
  };
  return path.split('/').map(segment).join('/');
}

/** The canonical form of an absolute URL that a page requests; unchanged if it has none. */
export function requestedUrl(url: string): ResolvedUrl {
  return pictureUrl(url) ?? (url as ResolvedUrl);
}

/** The same address with https, which is the default for addresses without a scheme. */
export function securely(url: ResolvedUrl): ResolvedUrl {
  return url.replace(/^http:/, 'https:') as ResolvedUrl;
}
