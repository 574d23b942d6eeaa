import { describe, expect, test } from 'vitest';
import { SLIDES } from '../../../../../src/pipeline/contract/input.ts';
import { staticOptions } from '../../../../../src/pipeline/inputs/reveal-md/template/template-options.ts';
import { templatePage } from '../../../../../src/pipeline/inputs/reveal-md/template/template-page.ts';

/** As `lib/template/reveal.html` of reveal-md has it, in short, with what a project adds. */
const page = (
  more: { head?: string; beside?: string; body?: string; scripts?: string } = {},
): string => `<!doctype html>
<html lang="en" class="course">
  <head>
    <meta charset="utf-8" /><title>{{{title}}}</title>
    {{#absoluteUrl}}<meta property="og:title" content="{{{title}}}" />{{/absoluteUrl}}
    <link rel="stylesheet" href="{{{base}}}/dist/reset.css" />
    <link rel="stylesheet" href="{{{base}}}/dist/reveal.css" />
    <link rel="stylesheet" href="{{{themeUrl}}}" id="theme" />
    <link rel="stylesheet" href="{{{base}}}{{{highlightThemeUrl}}}" />
    {{#cssPaths}}
    <link rel="stylesheet" href="{{{.}}}" />
    {{/cssPaths}} {{#watch}}
    <script>document.write('livereload');</script>
    {{/watch}}${more.head ?? ''}
  </head>
  <body class="dark" onload="go()">${more.body ?? ''}
    <div class="reveal">
      <div class="slides"><section data-markdown {{{slidifyAttributes}}}><textarea data-template>{{{markdown}}}</textarea></section></div>${more.beside ?? ''}
    </div>
    <script src="{{{base}}}/dist/reveal.js"></script>
    <script src="{{{base}}}/plugin/markdown/markdown.js"></script>
    ${
      more.scripts ??
      `<script>
      var defaultOptions = { controls: true, center: true, slideNumber: true, plugins: [RevealMarkdown] };
      var options = extend(defaultOptions, {{{revealOptionsStr}}}, queryOptions);
    </script>
    {{#scriptPaths}}<script src="{{{.}}}"></script>{{/scriptPaths}}
    <script>Reveal.initialize(options);</script>`
    }
  </body>
</html>`;

const read = (more?: Parameters<typeof page>[0], values = {}) => {
  const found = templatePage(page(more), values);
  if (!found) throw new Error('there is no place for slides');
  return found;
};

const OWN = ['/dist/reset.css', '/dist/reveal.css'].map((href) => ({
  kind: 'sheet',
  href,
  isOfRevealMd: true,
}));

describe('a template', () => {
  test('that is reveal-md’s own adds nothing', () => {
    const found = read();
    expect(found.styles).toEqual([...OWN, { kind: 'theme' }, { kind: 'highlightTheme' }, { kind: 'css' }]);
    expect(found.bodyHtml.replace(/\s+/g, ' ').trim()).toBe(
      `<div class="reveal"> <div class="slides">${SLIDES}</div> </div>`,
    );
    expect([found.scripts, found.pictures, found.takesOptions]).toEqual([[], [], true]);
    expect(found.reveal).toEqual({
      options: { controls: true, center: true, slideNumber: true },
      unread: [],
    });
  });

  test('gives its styles in the order of its page', () => {
    const head = `<link rel="stylesheet" href="/_assets/a.css"><style media="screen">b {}</style>
      <link href="https://example.org/c.css" rel="stylesheet"><link rel="icon" href="x.ico">`;
    expect(read({ head, body: '<style>d {}</style>' }).styles.slice(4)).toEqual([
      { kind: 'css' },
      { kind: 'sheet', href: '/_assets/a.css', isOfRevealMd: false },
      { kind: 'inline', css: 'b {}', media: 'screen' },
      { kind: 'sheet', href: 'https://example.org/c.css', isOfRevealMd: false },
      { kind: 'inline', css: 'd {}' },
    ]);
  });

  test.each([
    ['{{{base}}}/dist/theme/white.css', { kind: 'named-theme', name: 'white' }],
    ['dist/theme/moon.css', { kind: 'named-theme', name: 'moon' }],
    ['/css/highlight/base16/zenburn.css', { kind: 'named-highlight', name: 'base16/zenburn' }],
  ])('may name what reveal-md serves: %s', (href, style) => {
    expect(read({ head: `<link rel="stylesheet" href="${href}">` }).styles).toContainEqual(
      expect.objectContaining(style),
    );
  });

  test('returns the content next to the slides, with the metadata of the deck', () => {
    const beside =
      '<footer onclick="x()">{{author}} · {{event}} {{^none}}!{{/none}}</footer><img src="logo.svg">';
    const found = read({ beside, body: '<header>H</header>' }, { author: 'A & B', event: 'Conf' });
    expect(found.bodyHtml).toContain('<header>H</header>');
    expect(found.bodyHtml).toContain('<footer>A &amp; B · Conf !</footer><img src="logo.svg">');
    expect(found.pictures).toEqual(['logo.svg']);
    expect(found.bodyAttributes).toEqual([{ name: 'class', value: 'dark' }]);
    expect(found.htmlAttributes).toEqual([{ name: 'class', value: 'course' }]);
  });

  test('loses all that would run or load something', () => {
    const body =
      '<iframe src="x"></iframe><object data="y"></object><base href="https://a"><meta http-equiv="refresh" content="0">';
    const scripts = '<script>alert(1)</script><svg onload="z()"><script>w()</script></svg>';
    const { bodyHtml } = read({ body, scripts });
    expect(bodyHtml).not.toMatch(/<(?:iframe|object|base|meta|script)|\son\w+=/i);
  });

  test('names scripts that are not reveal-md’s', () => {
    const scripts =
      '<script src="_assets/live.js"></script><script>draw();</script><script type="application/json">{}</script>';
    expect(read({ scripts }).scripts).toEqual(['_assets/live.js', '“draw();…”']);
  });

  test('may know only its own options', () => {
    const scripts =
      '<script>Reveal.initialize({ width: 1600, height: 900, /* x */ center: false, plugins: [A], slideNumber: number });</script>';
    expect(read({ scripts })).toMatchObject({
      takesOptions: false,
      reveal: { options: { width: 1600, height: 900, center: false }, unread: ['slideNumber'] },
    });
  });

  test('of reveal-md 2 and 3 is read, too', () => {
    const found = templatePage(
      `<html><head><link rel="stylesheet" href="{{{base}}}/css/reveal.css">
<link rel="stylesheet" href="{{{base}}}/{{theme}}.css"><link rel="stylesheet" href="{{{base}}}/css/highlight/{{highlightTheme}}.css">
<link rel="stylesheet" href="{{{base}}}/css/print/{{#print}}pdf{{/print}}{{^print}}paper{{/print}}.css" media="print">
{{#cssPaths}}<link rel="stylesheet" href="{{{base}}}/{{{.}}}">{{/cssPaths}}</head>
<body><div class="reveal"><div class="slides">{{{slides}}}</div></div>
<script src="{{{base}}}/lib/js/head.min.js"></script><script src="{{{base}}}/js/reveal.js"></script>
<script>var defaultOptions = { center: false, dependencies: deps }; var options = {{{ revealOptionsStr }}};</script>
<script>Reveal.initialize(options);</script></body></html>`,
      { theme: 'house' },
    );
    expect(found?.styles).toMatchObject([
      { href: '/css/reveal.css', isOfRevealMd: true },
      { href: '/house.css', isOfRevealMd: false },
      { kind: 'named-highlight', name: 'base16/zenburn' },
      { href: '/css/print/paper.css', isOfRevealMd: true },
      { kind: 'css' },
    ]);
    expect(found).toMatchObject({ scripts: [], takesOptions: true, reveal: { options: { center: false } } });
  });

  test('without a place for slides is none', () => {
    expect(templatePage('<html><body><div class="reveal"></div></body></html>', {})).toBeUndefined();
  });
});

describe('options of reveal.js in a script', () => {
  test.each([
    ['Reveal.initialize({width: 5})', { width: 5 }],
    ['Reveal.initialize({ ...{}, width: 5 })', { width: 5 }],
    [
      "const revealConfig = {\n  // x\n  transition: 'none', // y\n  margin: .1,\n}",
      { transition: 'none', margin: 0.1 },
    ],
    [
      'let options={math:{TeX:{Macros:{RR:"\\\\mathbb R"}}}}',
      { math: { TeX: { Macros: { RR: '\\mathbb R' } } } },
    ],
    ['Reveal.initialize(options)', {}],
    ['Reveal.initialize({"__proto__": {"a": 1}})', {}],
    ['Reveal.initialize({', {}],
  ])('are read without running it: %s', (script, options) => {
    expect(staticOptions(script).options).toEqual(options);
  });
});
