import { cssReferences } from './css.ts';
import { part, type Traced, trimmed } from './traced.ts';

/**
 * The URLs of a `srcset`. A URL ends at white space. Commas at its end, or after its size, end the candidate; others belong
 * to it: https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
 */
export function srcsetUrls(value: Traced): Traced[] {
  const urls: Traced[] = [];
  const candidate = /[\s,]*(\S+)/y;
  for (let match = candidate.exec(value.text); match; match = candidate.exec(value.text)) {
    const word = match[1] ?? '';
    const start = candidate.lastIndex - word.length;
    let end = word.length;
    while (word[end - 1] === ',') end -= 1;
    const url = word.slice(0, end);
    if (url) urls.push(part(value, start, start + url.length));
    if (word.endsWith(',')) continue;
    const next = value.text.indexOf(',', candidate.lastIndex);
    if (next === -1) break;
    candidate.lastIndex = next;
  }
  return urls;
}

/** The images of `data-background-image`: a comma-separated list, unless it is a `data:` URL. */
export function backgroundUrls(value: Traced): Traced[] {
  if (/^\s*data:/.test(value.text)) return [];
  let start = 0;
  return value.text.split(',').map((one) => {
    const url = trimmed(part(value, start, start + one.length));
    start += one.length + 1;
    return url;
  });
}

/** The test with which reveal.js takes `data-background` for images instead of a CSS value. */
const NAMES_PICTURES = /^(?:http|file|\/\/)|\.(?:svg|png|jpg|jpeg|gif|bmp|webp)(?:[?#\s]|$)/i;

/** The images of `data-background`, which may also be any CSS background. */
export function shorthandBackgroundUrls(value: Traced): Traced[] {
  if (NAMES_PICTURES.test(value.text)) return backgroundUrls(value);
  return cssReferences(value.text, { form: 'value' }).map(({ from, to }) => part(value, from, to));
}
