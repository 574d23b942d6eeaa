import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAttributes, slideAttributes } from '../../src/markup/attributes.ts';
import { randomCases } from '../support/random-cases.ts';

describe('the attributes in a comment', () => {
  test.each([
    ['class="a b" id="x"', { class: 'a b', id: 'x' }],
    ['data-state="x" data-cheatsheet', { 'data-state': 'x', 'data-cheatsheet': '' }],
    ['data-cheatsheet', { 'data-cheatsheet': '' }],
    ['class=unquoted', {}],
    ['class=""', {}],
    ['bare', {}],
    ['style="background: url(a.png)"', { style: 'background: url(a.png)' }],
    ['', {}],
  ])('of %j are %j', (comment, attributes) => {
    expect(parseAttributes(comment)).toEqual(attributes);
  });

  test('come back as they were written', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{0,10}$/);
    const value = fc.string({ minLength: 1 }).filter((text) => !text.includes('"'));
    fc.assert(
      fc.property(fc.dictionary(name, value), (attributes) => {
        const comment = Object.entries(attributes).map(([key, text]) => `${key}="${text}"`);
        expect(parseAttributes(comment.join(' '))).toEqual({ ...attributes });
      }),
      randomCases(100, 1_000),
    );
  });

  test('are those that the grammar of reveal.js finds', () => {
    const grammar = /([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])/g;
    const piece = fc.constantFrom('"', '=', ' ', '="', 'data-', 'a', '-', '" ', '\n', 'x="y"', 'data-z');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const found = [...`${text} `.matchAll(grammar)].map(([, name, value, bare]) => [
          name ?? bare,
          value ?? '',
        ]);
        expect(parseAttributes(text)).toEqual(Object.fromEntries(found));
      }),
      randomCases(2_000, 50_000),
    );
  });

  test('do not change the prototype of objects', () => {
    expect(Object.keys(parseAttributes('__proto__="x" y="z"'))).toContain('y');
    expect(Object.getPrototypeOf(parseAttributes('__proto__="x"'))).toBe(Object.prototype);
  });
});

describe('the attributes of a slide', () => {
  test('come from all its comments, the last one winning', () => {
    const markdown = '<!-- .slide: id="a" class="x" -->\n# A\n\n<!-- .slide: id="b" -->';
    expect(slideAttributes(markdown)).toEqual({ id: 'b', class: 'x' });
  });

  test('do not come from comments about an element', () => {
    expect(slideAttributes('- a <!-- .element: class="fragment" -->')).toEqual({});
  });

  test('come from a comment between pieces of HTML', () => {
    expect(slideAttributes('<div>\n<!-- .slide: id="a" -->\n</div>')).toEqual({ id: 'a' });
  });

  test.each([
    '`'.repeat(20_000) + '\nx'.repeat(20_000),
    `<!-- .slide: ${' '.repeat(20_000)}`,
    '<!-- .slide: '.repeat(2_000),
    `<!-- .slide: ${'a'.repeat(20_000)} -->`,
  ])('are looked for without end in no text (%#)', (markdown) => {
    expect(slideAttributes(markdown)).toEqual({});
  });
});
