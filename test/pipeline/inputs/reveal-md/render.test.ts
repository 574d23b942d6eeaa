import { join } from 'node:path';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { ORIGIN, revealMdPlaces, siteOf } from '../../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import type { MarkdownDeck } from '../../../../src/pipeline/inputs/reveal-md/model/markdown-deck.ts';
import { renderSite } from '../../../../src/pipeline/inputs/reveal-md/render.ts';
import { MOUNTS } from '../../../../src/pipeline/site/mounts.ts';

import { escapeHtml } from '../../../../src/text/html.ts';
import { randomCases } from '../../../support/random-cases.ts';
import { sampleDeck, sourceSlide } from '../../../support/sample.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** The elements of a page with a name, in order. */
function elements(deck: MarkdownDeck, name: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === name) found.push(node as Element);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(renderSite(deck).html));
  return found;
}

const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((one) => one.name === name)?.value;
const text = (element: Element | undefined) =>
  element?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '';
const ofMarkdown = (...slides: string[]) =>
  sampleDeck('/p', { stacks: slides.map((markdown, index) => [sourceSlide(markdown, { index })]) });
/** The options that the page hands to reveal.js. */
const config = (deck: MarkdownDeck) =>
  JSON.parse(/const config = (.*);/.exec(renderSite(deck).html)?.[1] ?? '');

describe('the page of a deck', () => {
  test('holds the Markdown of every slide unchanged', () => {
    const markdown = fc
      .array(
        fc.oneof(
          fc.constantFrom('</textarea>', '</script>', '<!--', '-->', '&amp;', '&', '"', '\n', '$&'),
          fc.string(),
        ),
      )
      .map((parts) => parts.join(''))
      .filter((one) => !/[\0\r]/.test(one));
    fc.assert(
      fc.property(fc.array(markdown, { minLength: 1, maxLength: 5 }), (slides) => {
        expect(elements(ofMarkdown(...slides), 'textarea').map(text)).toEqual(slides);
      }),
      randomCases(100, 1_000),
    );
  });

  test('has a section for each slide, and one around each stack', () => {
    const stacks = [[sourceSlide('a')], [sourceSlide('b', { index: 1 }), sourceSlide('c', { index: 2 })]];
    const indexes = elements(sampleDeck('/p', { stacks }), 'section').map((one) =>
      attribute(one, 'data-deckhand-slide'),
    );
    expect(indexes).toEqual(['0', undefined, '1', '2']);
  });

  test('leaves hidden slides out', () => {
    const hidden = sourceSlide('secret', { hidden: true });
    const { html } = renderSite(sampleDeck('/p', { stacks: [[hidden], [sourceSlide('a'), hidden]] }));
    expect(html).not.toContain('secret');
  });

  test('keeps a stack of which one slide is shown a stack', () => {
    const stacks = [[sourceSlide('a'), sourceSlide('b', { hidden: true })]];
    expect(elements(sampleDeck('/p', { stacks }), 'section')).toHaveLength(2);
  });

  test('makes no section of a stack that is hidden whole', () => {
    const hidden = sourceSlide('a', { hidden: true });
    expect(elements(sampleDeck('/p', { stacks: [[hidden, hidden]] }), 'section')).toEqual([]);
  });

  test('says its language and title, whatever is in them', () => {
    const metadata = { title: '</title><script>1</script>', lang: '"><script>', keywords: [] };
    const deck = sampleDeck('/p', { metadata });
    expect(text(elements(deck, 'title')[0])).toBe(metadata.title);
    expect(attribute(elements(deck, 'html')[0], 'lang')).toBe(metadata.lang);
    expect(elements(deck, 'script')).toHaveLength(1);
  });

  test('hands on the separator of notes, whatever is in it', () => {
    const deck = sampleDeck('/p', { notesSeparator: '"><b>&quot;' });
    expect(attribute(elements(deck, 'section')[0], 'data-separator-notes')).toBe('"><b>&quot;');
  });

  test('cannot be left through an option of the deck', () => {
    const deck = sampleDeck('/p', { printed: { parallaxBackgroundImage: '</script><script>alert(1)//' } });
    expect(elements(deck, 'script')).toHaveLength(1);
    expect(config(deck).parallaxBackgroundImage).toBe('</script><script>alert(1)//');
  });

  test('decides itself what paper decides', () => {
    const printed = { width: 5, view: 'scroll', autoSlide: 9, center: false } as MarkdownDeck['printed'];
    expect(config(sampleDeck('/p', { printed }))).toMatchObject({
      width: 960,
      view: null,
      autoSlide: 0,
      center: false,
    });
  });

  test('does not become one that scrolls, however small its slides are', () => {
    expect(config(sampleDeck('/p', { size: { widthPx: 320, heightPx: 240 } }))).toMatchObject({
      scrollActivationWidth: null,
    });
  });

  test('leaves the margin to the deck, and to reveal.js', () => {
    expect(config(sampleDeck('/p'))).not.toHaveProperty('margin');
    expect(config(sampleDeck('/p', { printed: { margin: 0.1 } }))).toHaveProperty('margin', 0.1);
  });

  test('shows the numbers of slides unless the deck says otherwise', () => {
    expect(config(sampleDeck('/p'))).toHaveProperty('slideNumber', true);
    expect(config(sampleDeck('/p', { printed: { slideNumber: false } }))).toHaveProperty(
      'slideNumber',
      false,
    );
  });

  test('loads math only where there is some', () => {
    const loadsMath = (markdown: string) => renderSite(ofMarkdown(markdown)).html.includes('katex.mjs');
    expect(['$x$', '$$\nx\n$$', '\\(x\\)', '\\[x\\]', 'x costs $5'].map(loadsMath)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('loads what highlights code only where there is some', () => {
    const loadsHighlight = (markdown: string) =>
      renderSite(ofMarkdown(markdown), {}).html.includes('highlight.mjs');
    expect(['```\na\n```', '    a', 'some `code`'].map(loadsHighlight)).toEqual([true, true, false]);
  });

  test('takes a stylesheet of ours from our own folders and one of the project from there', () => {
    const theme = { name: 'evo', file: join(MOUNTS.themes ?? '', 'evo.css') };
    const css = [{ name: 'x', file: '/p/my css/"x".css' }];
    const hrefs = elements(sampleDeck('/p', { theme, css }), 'link').map((link) => attribute(link, 'href'));
    expect(hrefs).toContain('/.deckhand/themes/evo.css');
    expect(hrefs).toContain('/my%20css/%22x%22.css');
  });

  test('is the same each time', () => {
    const deck = ofMarkdown('# A', '$x$');
    expect(renderSite(deck).html).toBe(renderSite(deck).html);
  });
});

describe('the URL of a deck’s folder', () => {
  const urlOf = (root: string, file: string) => siteOf(revealMdPlaces({ file }, root, {})).url;

  test.each([
    ['/p', '/p/a.md', '/'],
    ['/p', '/p/x/a.md', '/x/'],
    ['/', '/x/a.md', '/x/'],
    ['/p', '/p/a b/50%/#1/?/é/a.md', '/a%20b/50%25/%231/%3F/%C3%A9/'],
  ])('in %s of %s is %s', (root, file, path) => {
    expect(urlOf(root, file)).toBe(ORIGIN + path);
  });

  test('leads back to the folder, whatever it is called', () => {
    const name = fc.string({ unit: 'binary', minLength: 1 }).filter((one) => !/[/\0]|^\.\.?$/.test(one));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), (names) => {
        const { origin, pathname } = new URL(urlOf('/p', ['/p', ...names, 'a.md'].join('/')));
        expect(origin).toBe(ORIGIN);
        expect(decodeURIComponent(pathname).split('/').slice(1, -1)).toEqual(names);
      }),
      randomCases(100, 1_000),
    );
  });
});

test('escaped text holds nothing that HTML acts on', () => {
  fc.assert(
    fc.property(fc.string(), (one) => {
      expect(escapeHtml(one)).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot);)/);
    }),
    randomCases(100, 1_000),
  );
});
