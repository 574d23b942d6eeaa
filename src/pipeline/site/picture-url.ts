import { CARRIES_ITSELF } from '../../markup/css.ts';
import { isSiteUrl, type ResolvedUrl } from '../../model/urls.ts';

/**
 * The one form of a URL that a deck names or the browser asks for: absolute, without its fragment. The standard changed
 * over the years, so that Node and Chromium write some characters of a path differently, and reveal.js and its Markdown
 * parser encode more than either: https://url.spec.whatwg.org/#path-percent-encode-set
 *
 * Of a path on the web only those characters are encoded, and nothing is decoded: its server may care. A path of the
 * site names a file, however it is written.
 *
 * @param baseUrl none: what is written is absolute.
 * @returns undefined for what is no URL, and for one that carries its own bytes.
 */
export function pictureUrl(written: string, baseUrl?: string): ResolvedUrl | undefined {
  // The scheme that is left out is that of the page, which for every page on the web is https by now.
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
      // Its bytes are no UTF-8: it names no file that could be found.
      return webPath(text);
    }
  };
  return path.split('/').map(segment).join('/');
}

/** What a page asks for, which is absolute, in its one form; as it is, where it has none. */
export function requestedUrl(url: string): ResolvedUrl {
  return pictureUrl(url) ?? (url as ResolvedUrl);
}

/** The same address by https, which is what the web takes an address without a scheme for. */
export function securely(url: ResolvedUrl): ResolvedUrl {
  return url.replace(/^http:/, 'https:') as ResolvedUrl;
}
