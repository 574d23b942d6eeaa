import { createHash } from 'node:crypto';
import { LOCK_NAME, VENDOR_FOLDER } from '../../src/images/lock.ts';

const ODD = '\u{16d40}';

/** Slides that authors write by mistake, or that make Chromium tag things as no standard has it; each with what is odd. */
export const ODD_SLIDES: readonly string[] = [
  // Headings without a level, below each other in no order, empty, and in cells.
  '###### six\n\n# one\n\n#### four\n\n<div role="heading">plain</div><div role="heading" aria-level="9">nine</div><h2></h2><table><tr><td><h3>In a cell</h3></td></tr></table>',
  // Items of no list, lists of no items, and what else HTML lets pass.
  '<li>orphan <b>item</b></li><ul role="presentation"><li>no item</li></ul><ul><p>stray</p><li>a</li><ul><li>deep</li></ul>text</ul><ul><div><li>grouped</li></div></ul>\n\n<dl><dt>a</dt><dd>b</dd><div><dt>c</dt><dd>d</dd></div></dl>',
  // Cells that overlap, reach beyond the table or are not there; captions, heads and feet too many.
  '<table><tr><td>1</td><td rowspan="2">2</td></tr><tr><td colspan="2">3</td></tr></table><table><tr><td colspan="100">all</td></tr><tr><td>a</td><td rowspan="9">b</td></tr></table><table></table><table><tr></tr></table><table><caption>A</caption><caption>B</caption><thead><tr><th>a</th></tr></thead><thead><tr><th>c</th></tr></thead><tfoot><tr><td>f</td></tr></tfoot></table><table role="presentation"><tr><td><table><tr><th>in</th></tr></table></td></tr></table>',
  // Links that are hidden, buttons, drawn, around blocks, or without anything in them.
  '<a href="https://hidden.example/" aria-hidden="true">hidden</a> <a href="https://button.example/" role="button">button</a> <svg width="200" height="40"><a href="https://drawn.example/"><text y="20">drawn link</text></a><a xlink:href="https://older.example/"><text y="38">older link</text></a></svg><svg width="90" height="40" role="img" aria-label="Named"><a href="https://named.example/"><text y="20">in it</text></a></svg><a href="https://block.example/"><div><h3>Block</h3><p>of a link</p></div></a><a href="https://blank.example/"></a>\n\n```mermaid\nflowchart LR\n A --> B\n click A "https://clicked.example/"\n```',
  // No languages.
  '<p lang="de_DE">Guten Tag</p><p lang="english (us)">hello</p><p lang="*">star</p><span lang="nl-">dash</span>',
  // Longer than PDF/A allows.
  `<img src="img/photo.png" width="50" alt="${'é'.repeat(20_000)}"><p id="${'i'.repeat(200)}">far</p><a href="#${'i'.repeat(200)}">to far</a> <a href="data:text/plain,${'d'.repeat(40_000)}">data</a>`,
  // Text that shapes masks and patterns, and what is painted twice.
  '<svg width="100" height="50"><mask id="m"><text y="20" fill="white">mask</text></mask><rect mask="url(#m)" width="100" height="50" fill="red"/><clipPath id="c"><text y="40">clip</text></clipPath><rect clip-path="url(#c)" width="100" height="50" fill="blue"/><pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><text y="10">pt</text></pattern><text y="45" fill="url(#p)">patterned</text></svg><p style="mask-image:linear-gradient(black,transparent)">masked <a href="https://masked.example/">link</a></p><div style="-webkit-box-reflect:below">mirrored</div><p style="background:linear-gradient(red,blue);background-clip:text;color:transparent">cut out</p>',
  // Characters without a glyph, where the page can put a box and where it can't.
  `<style>.odd::before{content:"${ODD} "}</style><p class="odd">before \u0007 and x\u20d7</p>\n\n![odd](img/odd.svg)`,
  // Pictures of nothing but text, and of nothing at all.
  '![words](img/words-only.svg) ![](img/nothing.svg) ![far](https://pictures.example/far.svg)',
  // Formulas in three ways.
  '$a^2$ <math><mi>b</mi><mo>=</mo><mn>2</mn></math> <span role="math" aria-label="c squared">c²</span>',
  // What is painted and has no words.
  '<hr><p style="background:linear-gradient(red,blue);border:2px dashed">ground</p><progress value=".5"></progress>\n\n- [x] done',
  // It would swallow all that follows.
  '<p>before</p><plaintext>the end of HTML',
  '# Not swallowed',
];

const FAR =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20" fill="teal"/></svg>';
/** A vendored picture: it is from another origin to the page, and needs no network. */
const LOCK = {
  version: 1,
  images: {
    'https://pictures.example/far.svg': {
      file: 'far.svg',
      sha256: createHash('sha256').update(FAR).digest('hex'),
      type: 'image/svg+xml',
      bytes: FAR.length,
      width: 30,
      height: 20,
      fetchedAt: '2026-01-31T12:00:00Z',
      fetchedFrom: 'https://pictures.example/far.svg',
      decks: ['odd.md'],
    },
  },
};

export const ODD_FILES = {
  [`${VENDOR_FOLDER}/far.svg`]: FAR,
  [`${VENDOR_FOLDER}/${LOCK_NAME}`]: JSON.stringify(LOCK),
  'img/odd.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><text x="5" y="30" font-size="20">odd ${ODD} one</text></svg>`,
  'img/words-only.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">words</text></svg>',
  'img/nothing.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>',
};
