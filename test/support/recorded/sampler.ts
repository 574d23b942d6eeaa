import type { RecordedCourse } from './courses.ts';

/** Something of everything that a page can hold, and of what authors get wrong. */
const SLIDES = [
  '### Begins low\n\n**Strong**, *stressed*, `typed`, <sub>low</sub>, <mark>marked</mark>, <span lang="de">Hallo</span> fi fl',
  '# Lists\n\n1. one\n   - inner **bold** point\n2. two, [a link](https://example.org/)\n\n   and more\n\n- [ ] open\n- [x] closed\n\n<dl><dt>Term</dt><dd>Meaning</dd></dl>\n\n<ul style="list-style:none"><li>bare</li></ul>',
  '## Tables\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<table><caption>Uneven</caption><thead><tr><th>A</th><th colspan="2">B</th></tr></thead><tbody><tr><th scope="row">x</th><td>1</td><td>2</td></tr><tr><td rowspan="9">y</td><td>3</td></tr><tr><td>4</td><td>5</td><td>6</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>',
  '##### Pictures\n\n![A square](img/photo.png)\n\n![](img/photo.png)\n\n<img src="img/photo.png">\n\n<figure><img src="img/photo.png" alt="Framed"><figcaption>Below it</figcaption></figure>\n\n[![Leads on](img/photo.png)](https://example.com/) [![](img/photo.png)](https://example.com/x)',
  '<svg width="90" height="40" role="img" aria-label="A red bar"><rect width="50" height="20" fill="red"/></svg>\n<svg width="90" height="40"><text x="5" y="30">drawn words</text></svg>\n\n<div style="opacity:.5">Faded <a href="https://example.net/">link</a> <img src="img/photo.png" alt="faded"></div>\n<p style="filter:blur(1px)">blurred</p><p style="transform:rotate(4deg)">turned</p><p style="mix-blend-mode:multiply">blended</p>\n<p style="box-shadow:0 0 9px red;border:3px dashed green">boxed</p>\n\n> Quoted\n\n<details open><summary>Sum</summary>told</details><hr><aside>Aside</aside>',
  '\u{16d40} has no glyph; \u05e9\u05dc\u05d5\u05dd; \u2192 \u{1f389}\n\n```js [1|2-3]\nconst a = 1;\nlet b = 2;\nrun();\n```\n\n- one <!-- .element: class="fragment" -->\n- two <!-- .element: class="fragment fade-out" -->',
  '<!-- .slide: data-background-color="#234" data-background-image="img/photo.png" id="last" -->\nOn colour $x^2$\n\n$$\\sum_{i=1}^n i$$\n\n<input value="typed"> <button>Press</button> <iframe src="https://example.org/"></iframe>\n\n<ruby>A<rp>(</rp><rt>a</rt><rp>)</rp></ruby> <progress value=".5"></progress>\n\n[back](#/1) and [mail](mailto:someone@example.org) and [another deck](tongue.md#/0), [all of it](tongue.md)\n\n<svg width="90" height="20"><a href="tongue.md#greeting"><text y="15">drawn link</text></a></svg>\n\n<img src="img/photo.png" width="80" height="45" alt="Mapped" usemap="#map"><map name="map"><area href="#/2" coords="0,0,40,45" alt="Left half"><area href="https://example.org/area" shape="circle" coords="60,20,20"></map>\n\nNote:\nSpoken *words*\n\n- and a list',
];
export const SAMPLER_MARKDOWN = `---
title: Sampler <of> & "everything"
author: Ada Example
lang: en-GB
description: One of each
keywords: [first, second & third]
url: https://example.org/sampler
revision: r7
---

${SLIDES.join('\n\n---\n\n')}
`;

const TONGUE = '---\nlang: "not a tag"\n---\n\n# Hello\n\n<p id="greeting">there</p>\n';

/** One deck with all of that, and one that it links to, whose language is none. */
export const SAMPLER: RecordedCourse = {
  name: 'sampler',
  config: { decks: ['sampler.md', 'tongue.md'] },
  files: { 'sampler.md': SAMPLER_MARKDOWN, 'tongue.md': TONGUE },
};
