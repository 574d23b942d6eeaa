import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { parseSvg } from '../../../src/images/svg/svg-parse.ts';
import { makeSvgSafe } from '../../../src/images/svg/svg-safe.ts';
import { randomCases } from '../../support/random-cases.ts';
import { volume } from '../../support/volume.ts';

const NAMESPACES =
  'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"';
const ELEMENTS = [
  'g',
  'rect',
  'use',
  'a',
  'style',
  'script',
  'image',
  'text',
  'svg',
  'foreignObject',
  'animate',
];
const HTML_ELEMENTS = ['h:div', 'h:img', 'h:style', 'h:iframe', 'h:a', 'h:form'];
const ATTRIBUTES = [
  'href',
  'xlink:href',
  'style',
  'fill',
  'onload',
  'id',
  'class',
  'src',
  'values',
  'attributeName',
];
const CSS_PIECES = [
  'a',
  '.b',
  '#c',
  '{',
  '}',
  ';',
  ':',
  ',',
  ' ',
  '\n',
  'fill',
  '--v',
  'url(',
  ')',
  '#a',
  '"',
  "'",
  '\\',
  '/*',
  '*/',
  '@import',
  '@media',
  '@font-face',
  '@namespace',
  'evil',
  'http://x',
  'image-set(',
  'src(',
  '\\75 rl(',
  'var(--v)',
  '!important',
  '<!--',
  '-->',
  '&',
  '<',
  '%',
  '1px',
  '[',
  ']',
  '(',
  '$',
  '\u0000',
  '\ud83d\ude00',
  'é',
  'expression(',
];
const URLS = [
  '#a',
  '#b',
  'http://evil.test/',
  'javascript:evil()',
  'data:image/png;base64,AAAA',
  'data:image/svg+xml,<svg/>',
  'evil',
  ' #a ',
  '//evil.test',
];

const css = fc.array(fc.constantFrom(...CSS_PIECES), { maxLength: 25 }).map((pieces) => pieces.join(''));
const value = fc.oneof(css, fc.constantFrom(...URLS), fc.string({ unit: 'grapheme', maxLength: 12 }));
/** As XML can hold it: without controls, which it has no way to write. */
const escaped = (text: string): string =>
  [...text.matchAll(/[\t\n\r\u0020-\ufffd]|[\ud800-\udbff][\udc00-\udfff]/gu)]
    .map(([character]) => (/[&<"]/.test(character) ? `&#${character.charCodeAt(0)};` : character))
    .join('');

const attributes = fc.dictionary(fc.constantFrom(...ATTRIBUTES), value, { maxKeys: 4 }).map((all) =>
  Object.entries(all)
    .map(([name, text]) => ` ${name}="${escaped(text)}"`)
    .join(''),
);
const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  inside: fc.oneof(
    { maxDepth: 4 },
    value.map(escaped),
    css.map((text) => `<![CDATA[${escaped(text).replaceAll(']]>', '')}]]>`),
    fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join('')),
  ),
  element: fc
    .tuple(fc.constantFrom(...ELEMENTS, ...HTML_ELEMENTS), attributes, tie('inside'))
    .map(([name, written, inside]) => `<${name}${written}>${inside}</${name}>`),
}));
const drawing = fc.array(element, { maxLength: 6 }).map((all) => `<svg ${NAMESPACES}>${all.join('')}</svg>`);

const RUNS = randomCases(60, 1_500);

describe('of any drawing', () => {
  test('what comes out is well-formed, and safe already', () => {
    fc.assert(
      fc.property(drawing, (source) => {
        const once = makeSvgSafe(source);
        expect(once).toMatchObject({ ok: true });
        if (once.ok) expect(makeSvgSafe(once.svg)).toEqual(once);
      }),
      RUNS,
    );
  });

  test('nothing that comes out leads outside', () => {
    /** Of CSS: strings load nothing of themselves. */
    const loads = (text: string): boolean =>
      /(?<![\w\u0080-\uffff-])url\((?!#|data:)|(?<![\w\u0080-\uffff-])(?:image-set|src)\(|(?:^|[;{}])@import/i.test(
        text.replace(/"(?:[^"\\]|\\[\s\S])*"/g, '""'),
      );
    fc.assert(
      fc.property(drawing, (source) => {
        const once = makeSvgSafe(source);
        if (!once.ok) return;
        let sheet: string | undefined;
        parseSvg(once.svg, {
          open: ({ local }, all) => {
            expect(local).not.toMatch(/script|iframe|form/i);
            if (local === 'style') sheet = '';
            for (const { name, value: text } of all) {
              if (name.startsWith('xmlns')) continue;
              expect(name).not.toMatch(/^on|:href/i);
              if (name === 'href' && local !== 'a') expect(text).toMatch(/^(?:#|data:image\/)/);
              if (name === 'href' && local === 'a') expect(text).toMatch(/^(?:#|https?:)/);
              if (name === 'style' || name === 'fill')
                expect([text, loads(`a:${text}`)]).toEqual([text, false]);
            }
          },
          text: (text) => {
            if (sheet !== undefined) sheet += text;
          },
          close: () => {
            if (sheet !== undefined) expect([sheet, loads(sheet)]).toEqual([sheet, false]);
            sheet = undefined;
          },
        });
      }),
      RUNS,
    );
  });

  test('librsvg can read what comes out', async () => {
    await fc.assert(
      fc.asyncProperty(drawing, async (source) => {
        const once = makeSvgSafe(source);
        if (!once.ok) return;
        const reason = await sharp(Buffer.from(once.svg))
          .metadata()
          .then(() => '', String);
        expect(reason).not.toMatch(/XML|pars/i);
      }),
      randomCases(40, 200),
    );
  });
});

describe('of any text', () => {
  const start = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b&#38;">]><svg ${NAMESPACES} viewBox="0 0 1 1"><!-- c -->
    <style>a{fill:url(#a)}</style><![CDATA[x]]><use xlink:href="#b" style="fill:red"/>&a;</svg>`;
  test('a verdict comes out, and it holds', () => {
    const edit = fc.tuple(fc.nat(start.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = start;
        for (const [at, drop, add] of edits) text = text.slice(0, at) + add + text.slice(at + drop);
        const once = makeSvgSafe(text);
        if (once.ok) expect(makeSvgSafe(once.svg)).toEqual(once);
        else expect(once.fault).toMatch(/^(?:is|ends|declares|refers|does|has|grows|nests) /);
      }),
      RUNS,
    );
  });
});

/** Files of five megabytes that would take minutes if anything went through them twice for each part. */
describe('what was made to be slow is judged all the same:', () => {
  const root = (inside: string): string => `<svg ${NAMESPACES}>${inside}</svg>`;
  const sheet = (text: string): string => root(`<style>${text}</style>`);
  const numbered = (count: number, make: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => make(i)).join('');
  test.each([
    ['open tags', root('<g>'.repeat(1_700_000))],
    ['brackets', root('<'.repeat(5_000_000))],
    ['ampersands', root('&'.repeat(5_000_000))],
    ['comments', `${'<!---->'.repeat(700_000)}${root('')}`],
    ['comments left open', `<!-- ${'<!-- '.repeat(1_000_000)}`],
    ['instructions', `${'<?a?>'.repeat(1_000_000)}${root('')}`],
    ['blanks', `${' '.repeat(5_000_000)}${root('')}${' '.repeat(5_000_000)}x`],
    ['declarations', `<!DOCTYPE svg [${'<!ENTITY a "'.repeat(400_000)}]>${root('')}`],
    ['percent signs', `<!DOCTYPE svg [${'%'.repeat(5_000_000)}]>${root('')}`],
    ['quotes in a document type', `<!DOCTYPE svg ${'"\''.repeat(2_500_000)}`],
    [
      'entities in a row',
      `<!DOCTYPE svg [${numbered(100_000, (i) => `<!ENTITY a${i} "&a${i + 1};">`)}]>${root('&a0;')}`,
    ],
    ['empty entities', `<!DOCTYPE svg [<!ENTITY a "">]>${root('&a;'.repeat(1_600_000))}`],
    ['attributes', root(`<g ${numbered(volume(100_000, 400_000), (i) => ` a${i}="1"`)}/>`)],
    [
      'namespaces',
      root(`${numbered(250, (i) => `<g xmlns:a${i}="b">`)}${'<a9:x/>'.repeat(volume(100_000, 400_000))}`),
    ],
    ['copies', root(numbered(volume(25_000, 100_000), (i) => `<g id="a${i}"><use href="#a${i + 1}"/></g>`))],
    ['rules', sheet('a{b:c}'.repeat(800_000))],
    ['rules left open', sheet('a{'.repeat(2_500_000))],
    ['nested brackets', sheet('a{b:'.concat('('.repeat(5_000_000)))],
    ['hidden brackets', sheet('(")"'.repeat(1_200_000))],
    ['broken strings', sheet(`a{b:'\n}`.repeat(700_000))],
    ['broken declarations', sheet('a{;;;b}'.repeat(700_000))],
    ['selectors', sheet(`${'a,'.repeat(2_500_000)}a{b:c}`)],
    ['escapes', sheet('\\'.repeat(5_000_000))],
    ['comments in a sheet', sheet('/*'.repeat(2_500_000))],
    ['many sheets', root('<style>a{b:url(x)}</style>'.repeat(volume(40_000, 150_000)))],
    ['many addresses', root(numbered(volume(35_000, 140_000), (i) => `<g fill="url(#a${i})"/>`))],
    ['one long address', root(`<image href="data:image/png;base64,${'A'.repeat(5_000_000)}"/>`)],
    ['one long address of nothing', root(`<image href="data:${';'.repeat(5_000_000)}"/>`)],
    ['one long path', root(`<path d="${'M1 2'.repeat(1_200_000)}"/>`)],
    ['one long link', root(`<a href="http://a${'/..'.repeat(1_600_000)}"/>`)],
  ])('%s', (_name, source) => {
    expect(typeof makeSvgSafe(source).ok).toBe('boolean');
  });
});
