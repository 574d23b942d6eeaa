import { marked } from 'marked';
import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { serveThrough } from '../../../src/browser/gateway.ts';
import { ORIGIN } from '../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { slideReferences } from '../../../src/pipeline/inputs/reveal-md/slides/references.ts';
import { pictureUrl } from '../../../src/pipeline/site/picture-url.ts';
import { inPages } from '../../support/in-pages.ts';
import { sourceSlide } from '../../support/sample.ts';

const BASE = `${ORIGIN}/decks/week%201/`;

/** Names that somebody gives to pictures, and worse. */
const NAMES = [
  ...[
    'a b',
    'a[b]',
    'a|b',
    'a^b',
    'a{b}',
    'a%b',
    '100%',
    'a%zz',
    'a%4',
    '%',
    '%5Ba%5D',
    '%7Ca',
    'ä',
    'a\u0308',
    '😀',
  ],
  ...[
    'a+b',
    'a&b',
    "a'b",
    'a"b',
    'a`b',
    'a\\b',
    '%c3%a4',
    '%C3%A4b',
    './a',
    '../a',
    'x/../c',
    'x/./a',
    '%2e%2e/d',
  ],
  ...[
    'a\tb',
    'a<b>',
    'a~b',
    'a!b',
    'a(b)',
    'a*b',
    'a;b',
    'a,b',
    'a=b',
    'a@b',
    './a:b',
    'a$b',
    'e%20f',
    'a%2Fb',
    '%41',
  ],
  ...['\u00a0a', '\u200ba', 'a\u007fb', 'HTTPS://EXAMPLE.org:443/a|b', 'https://ä.example/a'],
  ...[
    'a#b',
    'g%23h',
    'a?q=[|]^{}%`\'"<> ä😀\\&%zz',
    'a?q=%5b',
    'a?',
    'a.',
    'a/',
    ' a',
    'https://example.org/a%b%zz',
  ],
];

/** What a page asks for when each piece of HTML is put into it, in order. */
async function asked(pieces: readonly string[]): Promise<string[][]> {
  return inPages([...pieces.entries()], async (page) => {
    let requests: string[] = [];
    await serveThrough(page, async ({ url, kind }) => {
      if (kind === 'document') return { type: 'text/html', bytes: '<!doctype html><meta charset="utf-8">' };
      requests.push(url);
      return { type: 'image/svg+xml', bytes: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
    });
    return async ([index, piece]) => {
      requests = [];
      // A page of its own each: what one has loaded, it does not ask for again.
      await page.goto(`${BASE}?${index}`);
      await show(page, piece);
      return requests;
    };
  });
}

async function show(page: Page, html: string): Promise<void> {
  await page.evaluate(async (text) => {
    document.body.innerHTML = text;
    for (const picture of document.images) await picture.decode().catch(() => undefined);
    for (const element of document.querySelectorAll<HTMLElement>('div')) {
      const url = /^url\("(.*)"\)$/.exec(getComputedStyle(element).backgroundImage)?.[1];
      const picture = new Image();
      if (url) picture.src = url;
      await picture.decode().catch(() => undefined);
    }
  }, html);
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Each name in HTML, in Markdown and behind a slide, and the Markdown that says so. */
const CASES = NAMES.flatMap((name) => [
  { slide: `<img src="${escapeHtml(name)}">`, html: `<img src="${escapeHtml(name)}">` },
  { slide: `![](<${name.replace(/[<>\\]/g, '\\$&')}>)`, html: '' },
]).map(({ slide, html }) => ({ slide, html: html || (marked.parse(slide) as string) }));

describe('the browser', () => {
  test('asks for what a slide names, whatever the name is', async () => {
    const requests = await asked(CASES.map(({ html }) => html));
    const canonical = requests.map((urls) => urls.map((url) => pictureUrl(url, BASE)));
    const named = CASES.map(({ slide }) =>
      slideReferences(sourceSlide(slide)).map(({ url }) => pictureUrl(url, BASE)),
    );
    const compared = CASES.map(({ slide }, i) => [slide, new Set(canonical[i])]);
    expect(compared).toEqual(CASES.map(({ slide }, i) => [slide, new Set(named[i])]));
  });
});
