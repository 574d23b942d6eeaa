import { describe, expect, test } from 'vitest';
import {
  pathUrl,
  type StandIns,
  standAlone,
  wholeSheet,
} from '../../../../src/pipeline/outputs/archive/styles.ts';

const SITE = 'http://deck.invalid';

const standIns = (sheets: Readonly<Record<string, string>> = {}): StandIns => ({
  picture: (url) => (url.startsWith(`${SITE}/img/`) ? url.replace(SITE, '../source') : undefined),
  font: (url) => (url.endsWith('/used.woff2') ? 'data:font/woff2;base64,AAAA' : undefined),
  sheet: async (url) => sheets[url],
});
const whole = (css: string, sheets?: Readonly<Record<string, string>>): Promise<string> =>
  wholeSheet(css, `${SITE}/css/own.css`, standIns(sheets));
const folded = (css: string): string => css.replace(/\s+/g, ' ').trim();

describe('a stylesheet of a presentation', () => {
  test('takes its pictures from the archive', async () => {
    expect(await whole('a { background: url("../img/a.png") }')).toBe(
      'a { background: url("../source/img/a.png") }',
    );
  });

  test('keeps the part of a drawing that it names', async () => {
    expect(await whole('a { mask: url(/img/m.svg#x) }')).toBe('a { mask: url(../source/img/m.svg#x) }');
  });

  test('asks for nothing that is not there', async () => {
    const css = 'a { background: url(gone.png); cursor: url(hand.cur), auto }';
    expect(await whole(css)).toBe('a { background: url(data:,); cursor: url(data:,), auto }');
  });

  test('carries the fonts that are used, and no others', async () => {
    const css = '@font-face { src: url(used.woff2) } @font-face { src: url(other.woff2) }';
    expect(await whole(css)).toBe(
      '@font-face { src: url(data:font/woff2;base64,AAAA) } @font-face { src: url(data:,) }',
    );
  });

  test('has what it imports in its place, with the pictures of that', async () => {
    const css = '@charset "utf-8"; @import "more/b.css"; @import url(c.css); a { color: red }';
    const sheets = {
      [`${SITE}/css/more/b.css`]: '@import "../c.css"; b { background: url(../../img/b.png) }',
      [`${SITE}/css/c.css`]: 'c {}',
    };
    expect(folded(await whole(css, sheets))).toBe(
      'c {} b { background: url(../source/img/b.png) } c {} a { color: red }',
    );
  });

  test('keeps the conditions of what it imports', async () => {
    const css = '@import url("b.css") layer(base) supports(display: grid) screen and (color);';
    const sheets = { [`${SITE}/css/b.css`]: 'b {}' };
    expect(folded(await whole(css, sheets))).toBe(
      '@layer base { @supports (display: grid) { @media screen and (color) { b {} } } }',
    );
  });

  test('ends where it imports itself', async () => {
    expect(
      await whole('@import "own.css"; a {}', { [`${SITE}/css/own.css`]: '@import "own.css"; a {}' }),
    ).toMatch(/a \{\}/);
  });
});

test('a style attribute takes its pictures from the archive', () => {
  const css = 'background: url(/img/a.png), url(gone.png)';
  expect(standAlone(css, `${SITE}/decks/`, standIns(), { form: 'declarations' })).toBe(
    'background: url(../source/img/a.png), url(data:,)',
  );
});

test('a path as a URL needs no quotes, and survives being decoded and encoded', () => {
  const url = pathUrl("img/it's (50%) ü+&=@$;.png");
  expect(url).not.toMatch(/[\s'"()]/);
  expect(decodeURIComponent(url)).toBe("img/it's (50%) ü+&=@$;.png");
  expect(decodeURIComponent(encodeURI(decodeURI(url)))).toBe(decodeURIComponent(url));
});
