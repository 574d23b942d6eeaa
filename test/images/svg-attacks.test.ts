import { describe, expect, test } from 'vitest';
import { withBrowserSession } from '../../src/browser/session.ts';
import { makeSvgSafe } from '../../src/images/svg-safe.ts';
import { chromium } from '../support/chromium.ts';

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const HTML = 'xmlns="http://www.w3.org/1999/xhtml"';
const root = (inside: string, attributes = ''): string => `<svg ${SVG} ${attributes}>${inside}</svg>`;
const html = (inside: string): string => root(`<foreignObject><div ${HTML}>${inside}</div></foreignObject>`);
const sheet = (css: string): string => root(`<style>${css}</style><rect/>`);
const embedded = (svg: string): string =>
  root(`<image href="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"/>`);

/** Every attack speaks of `evil` wherever it would run or load something. */
const ATTACKS: readonly (readonly [name: string, source: string])[] = [
  ['a script', root('<script>evil()</script>')],
  ['a script in CDATA', root('<script><![CDATA[evil()]]></script>')],
  ['a script with an address', root('<script href="https://evil.test/x.js"/>')],
  ['a script with an old address', root('<script xlink:href="https://evil.test/x.js"/>')],
  [
    'a script with a prefix',
    `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>evil()</s:script></s:svg>`,
  ],
  ['a script of HTML', root(`<script ${HTML}>evil()</script>`)],
  [
    'a script of HTML with a prefix',
    root(`<h:script xmlns:h="http://www.w3.org/1999/xhtml">evil()</h:script>`),
  ],
  ['a script in capitals', root('<SCRIPT>evil()</SCRIPT>')],
  ['a script of no namespace', root('<script xmlns="">evil()</script>')],
  ['a script in a namespace of its own', root('<x:script xmlns:x="urn:x">evil()</x:script>')],
  ['a script in metadata', root('<metadata><script>evil()</script></metadata>')],
  ['a script in a title', root('<title><script>evil()</script></title>')],
  [
    'a script of MathML',
    html('<math xmlns="http://www.w3.org/1998/Math/MathML"><script>evil()</script></math>'),
  ],
  ['a handler of SVG Tiny', root('<handler type="text/ecmascript">evil()</handler>')],
  ['a listener', root('<listener event="click" handler="#evil"/>')],
  ['onload', root('', 'onload="evil()"')],
  ['onclick', root('<rect onclick="evil()"/>')],
  ['a handler in mixed case', root('<rect oNcLiCk="evil()"/>')],
  ['a handler of an animation', root('<animate attributeName="x" onbegin="evil()"/>')],
  ['a handler of HTML', html('<img src="x" onerror="evil()"/>')],
  [
    'a handler with a prefix',
    root('<rect xmlns:ev="http://www.w3.org/2001/xml-events" ev:onclick="evil()"/>'),
  ],
  ['an iframe', html('<iframe src="https://evil.test/"/>')],
  ['an iframe with a document', html('<iframe srcdoc="evil"/>')],
  ['an object', html('<object data="https://evil.test/"/>')],
  ['an embed', html('<embed src="https://evil.test/"/>')],
  ['a link to a style sheet', html('<link rel="stylesheet" href="https://evil.test/"/>')],
  ['a refresh', html('<meta http-equiv="refresh" content="0;url=https://evil.test/"/>')],
  ['a base', html('<base href="https://evil.test/"/>')],
  ['a form', html('<form action="https://evil.test/"><input name="evil"/></form>')],
  ['a button with an action', html('<button formaction="https://evil.test/">evil</button>')],
  ['audio', html('<audio src="https://evil.test/"/>')],
  ['a video', html('<video poster="https://evil.test/"><source src="https://evil.test/"/></video>')],
  ['a picture with sources', html('<picture><source srcset="https://evil.test/"/></picture>')],
  ['a picture from outside', html('<img src="https://evil.test/a.png"/>')],
  ['a set of pictures', html('<img srcset="https://evil.test/a.png 2x"/>')],
  ['an old background', html('<table background="https://evil.test/a.png"><tr><td/></tr></table>')],
  ['a template', html('<template><script>evil()</script></template>')],
  ['an element nobody knows', html('<evil-element/>')],
  ['a link that runs', root('<a href="javascript:evil()"><rect/></a>')],
  ['a link that runs, the old way', root('<a xlink:href="javascript:evil()"><rect/></a>')],
  ['a link that runs, in capitals', root('<a href="JaVaScRiPt:evil()"><rect/></a>')],
  ['a link that runs, with a line break', root('<a href="java&#10;script:evil()"><rect/></a>')],
  ['a link that runs, with a tabulator', root('<a href="java&#9;script&#9;:evil()"><rect/></a>')],
  ['a link that runs, after blanks', root('<a href="  &#13; javascript:evil()"><rect/></a>')],
  [
    'a link that runs, from an entity',
    `<!DOCTYPE svg [<!ENTITY j "javascript:evil()">]>${root('<a href="&j;"/>')}`,
  ],
  ['a link to VBScript', root('<a href="vbscript:evil()"><rect/></a>')],
  ['a link to a document of its own', root('<a href="data:text/html,evil"><rect/></a>')],
  ['a link of HTML that runs', html('<a href="javascript:evil()">x</a>')],
  ['a link that tells others', root('<a href="https://good.test/" ping="https://evil.test/"><rect/></a>')],
  ['an animated link', root('<a><animate attributeName="href" values="javascript:evil()"/></a>')],
  [
    'an animated link with a prefix',
    root('<a><animate attributeName="xlink:href" to="javascript:evil()"/></a>'),
  ],
  ['a link that is set', root('<a><set attributeName=" href " to="javascript:evil()"/></a>')],
  [
    'a link set through another prefix',
    root(
      '<a xmlns:y="http://www.w3.org/1999/xlink"><set attributeName="y:href" to="javascript:evil()"/></a>',
    ),
  ],
  ['a handler that is set', root('<rect><set attributeName="onclick" to="evil()"/></rect>')],
  [
    'an animated fill from outside',
    root('<rect><animate attributeName="fill" values="red;url(https://evil.test/#a)"/></rect>'),
  ],
  ['an image from outside', root('<image href="https://evil.test/a.png"/>')],
  ['an image without a scheme', root('<image href="//evil.test/a.png"/>')],
  ['an image beside the file', root('<image href="evil.png"/>')],
  ['an image from the disk', root('<image xlink:href="file:///etc/evil"/>')],
  [
    'an image with both addresses',
    root('<image href="https://evil.test/" xlink:href="https://evil.test/"/>'),
  ],
  ['an image that is a page', root('<image href="data:text/html,&lt;script>evil()&lt;/script>"/>')],
  ['an image that is XML', root('<image href="data:text/xml,&lt;evil/>"/>')],
  ['a copy from outside', root('<use href="https://evil.test/a.svg#x"/>')],
  ['a copy of data', root('<use href="data:image/svg+xml,evil"/>')],
  ['a filter with an image from outside', root('<filter><feImage href="https://evil.test/a.png"/></filter>')],
  ['a gradient from outside', root('<linearGradient xlink:href="https://evil.test/a.svg#x"/>')],
  ['a path for text from outside', root('<text><textPath href="https://evil.test/#p">x</textPath></text>')],
  [
    'a font from outside',
    root(
      '<font-face><font-face-src><font-face-uri xlink:href="https://evil.test/f"/></font-face-src></font-face>',
    ),
  ],
  ['a colour profile from outside', root('<color-profile name="x" xlink:href="https://evil.test/p.icc"/>')],
  ['a cursor from outside', root('<cursor xlink:href="https://evil.test/c.png"/>')],
  ['a base for addresses', root('<image href="#a" xml:base="https://evil.test/"/>')],
  ['a fill from outside', root('<rect fill="url(https://evil.test/a.svg#x)"/>')],
  ['a fill from outside in quotes', root(`<rect fill="url( 'https://evil.test/#x' ) red"/>`)],
  ['a fill from outside with an escape', root('<rect fill="\\75 rl(https://evil.test/#x)"/>')],
  ['a filter from outside', root('<rect filter="url(//evil.test/#x)"/>')],
  ['a mask beside the file', root('<rect mask="url(evil.svg#x)"/>')],
  ['a marker from outside', root('<path marker-end="url(https://evil.test/#x)"/>')],
  ['a style attribute that loads', root('<rect style="fill:url(https://evil.test/#x)"/>')],
  ['a style attribute with an escape', root('<rect style="fill:u\\72l(https://evil.test/#x)"/>')],
  ['a style attribute with a comment', root('<rect style="fill:/**/url(/**/https://evil.test/#x)"/>')],
  ['a style attribute with a variable', root('<rect style="--a:url(https://evil.test/#x);fill:var(--a)"/>')],
  ['a style attribute of HTML', html('<p style="background:url(https://evil.test/)">x</p>')],
  ['a sheet that loads', sheet('rect{background:url(https://evil.test/)}')],
  ['a sheet in CDATA that loads', sheet('<![CDATA[rect{background:url(https://evil.test/)}]]>')],
  ['a sheet that imports', sheet('@import "https://evil.test/a.css";')],
  ['a sheet that imports with url', sheet('@import url(https://evil.test/a.css);')],
  ['a sheet that imports with an escape', sheet('@\\69mport "https://evil.test/a.css";')],
  ['a sheet that imports in capitals', sheet('@IMPORT "https://evil.test/a.css";')],
  ['a sheet that imports after a comment', sheet('/**/@import/**/"https://evil.test/a.css";')],
  ['a sheet in pieces', sheet('@imp<!-- -->ort "https://evil.test/a.css";')],
  ['a sheet with a set of images', sheet('rect{background:image-set("https://evil.test/a.png" 1x)}')],
  ['a sheet with a prefixed set', sheet('rect{background:-webkit-image-set(url(https://evil.test/a) 1x)}')],
  ['a sheet with src()', sheet('rect{background:src("https://evil.test/a.png")}')],
  ['a sheet with image()', sheet('rect{background:image("https://evil.test/a.png")}')],
  ['a sheet with a cross-fade', sheet('rect{background:cross-fade("https://evil.test/a.png", red)}')],
  ['a sheet with a font from outside', sheet('@font-face{font-family:a;src:url(https://evil.test/f.woff2)}')],
  ['a sheet with a broken address', sheet('rect{background:url(https://evil.test/ x)}')],
  ['a sheet with an address left open', sheet('rect{background:url(https://evil.test/')],
  ['a sheet with a string left open', sheet('rect{content:"\n;background:url(https://evil.test/)}')],
  ['a sheet with a nested rule', sheet('g{rect{background:url(https://evil.test/)}}')],
  ['a sheet for media', sheet('@media all{rect{background:url(https://evil.test/)}}')],
  ['a sheet with a condition', sheet('@supports (background:url(https://evil.test/)){rect{x:y}}')],
  ['a sheet with a variable', sheet(':root{--a:url(https://evil.test/)}')],
  ['a sheet with a behaviour', sheet('rect{behavior:url(#evil)}')],
  ['a sheet with a binding', sheet('rect{-moz-binding:url(#evil)}')],
  ['a sheet with an expression', sheet('rect{width:expression(evil())}')],
  ['a sheet for other documents', sheet('@document url(https://evil.test/){rect{x:y}}')],
  ['a sheet of HTML', html('<style>p{background:url(https://evil.test/)}</style>')],
  ['a sheet with an instruction', `<?xml-stylesheet href="https://evil.test/a.css"?>${root('')}`],
  ['an instruction within', root('<?evil x?>')],
  ['a comment', root('<!-- evil -->')],
  ['a document type from outside', `<!DOCTYPE svg SYSTEM "https://evil.test/a.dtd">${root('')}`],
  [
    'a default from the document type',
    `<!DOCTYPE svg [<!ATTLIST rect onclick CDATA "evil()">]>${root('<rect/>')}`,
  ],
  ['an entity that nobody asks for', `<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/evil">]>${root('')}`],
  ['a picture within that runs', embedded(root('<script>evil()</script>'))],
  ['a picture within that loads', embedded(root('<image href="https://evil.test/"/>'))],
  [
    'a picture within in plain text',
    root(`<image href="data:image/svg+xml,${encodeURIComponent(root('<script>evil()</script>'))}"/>`),
  ],
  [
    'a picture within with a character set',
    root(
      `<image href="data:image/svg+xml;charset=utf8,${encodeURIComponent(root('', 'onload="evil()"'))}"/>`,
    ),
  ],
  ['a picture within a picture', embedded(embedded(root('<script>evil()</script>')))],
  ['a picture too deep within', embedded(embedded(embedded(root('', 'onload="evil()"'))))],
  ['a picture within of another root', embedded('<html onload="evil()"/>')],
  ['a source of diagrams.net', root('', 'content="&lt;mxfile&gt;evil&lt;/mxfile&gt;"')],
  [
    "an editor's data",
    root('<sodipodi:namedview xmlns:sodipodi="urn:s" evil="1"><evil/></sodipodi:namedview>'),
  ],
];

/** With all that lies in it unpacked. */
function unpacked(svg: string): string {
  return svg.replace(/data:image\/svg\+xml;base64,([\w+/=]*)/g, (_, packed: string) =>
    unpacked(Buffer.from(packed, 'base64').toString()),
  );
}

function safe(source: string): string {
  const result = makeSvgSafe(source);
  if (!result.ok) throw new Error(result.fault);
  return result.svg;
}

describe('nothing is left of', () => {
  test.each(ATTACKS)('%s', (_name, source) => {
    expect(unpacked(safe(source))).not.toMatch(/evil|script|\son\w+=|<!|<\?|@import/i);
  });

  test.each(ATTACKS)('%s, and a second look finds nothing more to do', (_name, source) => {
    const once = safe(source);
    expect(safe(once)).toBe(once);
  });
});

/** Opened as a page of its own, where a browser allows an SVG everything. */
describe('Chromium', () => {
  /** The attacks that made the browser ask for something or run something. */
  async function successful(sources: readonly string[]): Promise<readonly number[]> {
    return withBrowserSession(chromium, (session) =>
      session.withPage(async (page) => {
        const noticed = new Set<number>();
        let current = -1;
        await page.setRequestInterception(true);
        page.on('request', (request) => {
          const own = request.isNavigationRequest() && request.url().startsWith('data:image/svg+xml;base64,');
          const inner = request.url().startsWith('data:');
          if (!own && !inner) noticed.add(current);
          void (own || inner ? request.continue() : request.abort());
        });
        page.on('pageerror', () => noticed.add(current));
        for (const [index, source] of sources.entries()) {
          current = index;
          await page
            .goto(`data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`)
            .catch(() => undefined);
          await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => undefined);
        }
        return [...noticed];
      }),
    );
  }

  test('falls for many of them as they are', async () => {
    expect((await successful(ATTACKS.map(([, source]) => source))).length).toBeGreaterThan(30);
  });

  test('asks for nothing and runs nothing once they are made safe', async () => {
    expect(await successful(ATTACKS.map(([, source]) => safe(source)))).toEqual([]);
  });
});

describe('refused is', () => {
  const entities = (declarations: string, use = '&a;'): string =>
    `<!DOCTYPE svg [${declarations}]>${root(`<text>${use}</text>`)}`;
  const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i} "${`&a${i + 1};`.repeat(10)}">`);
  const copies = (levels: number, each: number): string =>
    Array.from(
      { length: levels },
      (_, i) => `<g id="a${i}">${`<use href="#a${i + 1}"/>`.repeat(each)}</g>`,
    ).join('');
  test.each([
    [
      'entities that laugh',
      entities(`${laughs.join('')}<!ENTITY a12 "ha">`, '&a0;'),
      'declares XML entities that grow without bound',
    ],
    [
      'one long entity, often',
      entities(`<!ENTITY a "${'x'.repeat(50_000)}">`, '&a;'.repeat(100)),
      'declares XML entities that grow without bound',
    ],
    [
      'an entity that holds itself',
      entities('<!ENTITY a "&b;"><!ENTITY b "&a;">'),
      'declares XML entities that grow without bound',
    ],
    [
      'an entity from outside',
      entities('<!ENTITY a SYSTEM "file:///etc/passwd">'),
      'refers to an XML entity outside of itself',
    ],
    [
      'an entity with a public name',
      entities('<!ENTITY a PUBLIC "x" "https://evil.test/">'),
      'refers to an XML entity outside of itself',
    ],
    [
      'a parameter entity',
      entities('<!ENTITY % p SYSTEM "https://evil.test/">%p;'),
      'refers to an XML entity outside of itself',
    ],
    [
      'an entity with markup',
      entities('<!ENTITY a "<script>x</script>">'),
      'declares XML entities that hold markup',
    ],
    [
      'an entity with hidden markup',
      entities('<!ENTITY a "&#60;script>">'),
      'declares XML entities that hold markup',
    ],
    ['an unknown entity', root('<text>&nbsp;</text>'), 'is not well-formed XML: undefined entity'],
    [
      'a name that every object has',
      root('<text>&constructor;</text>'),
      'is not well-formed XML: undefined entity',
    ],
    [
      'copies of copies',
      root(`${copies(9, 10)}<rect id="a9"/>`),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'copies under other spellings',
      root(`${copies(9, 10)}<rect id="a9"/>`).replaceAll('#a', '#%61'),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'patterns of patterns',
      root(
        Array.from(
          { length: 9 },
          (_, i) => `<pattern id="p${i}">${`<rect fill="url(#p${i + 1})"/>`.repeat(10)}</pattern>`,
        ).join(''),
      ),
      'grows to more than 1000000 elements when it is drawn',
    ],
    [
      'a picture of many elements, copied often',
      root(
        `<g id="a">${`<use href="#b"/>`.repeat(100)}</g>${`<use href="#a"/>`.repeat(100)}<image id="b" href="data:image/svg+xml,${encodeURIComponent(root('<g/>'.repeat(200)))}"/>`,
      ),
      'grows to more than 1000000 elements when it is drawn',
    ],
    ['too many elements', root('<g/>'.repeat(500_001)), 'has more than 500000 elements'],
    ['too deep a nesting', root('<g>'.repeat(300)), 'nests its elements more than 256 deep'],
    [
      'another namespace',
      '<svg xmlns="urn:x"/>',
      'does not declare the SVG namespace, so browsers do not show it',
    ],
    ['no namespace', '<svg/>', 'does not declare the SVG namespace, so browsers do not show it'],
    ['another root', '<g xmlns="http://www.w3.org/2000/svg"/>', 'has another root element than svg'],
    ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>', 'ends before its root element is closed'],
    [
      'a prefix that is not declared',
      '<svg xmlns="http://www.w3.org/2000/svg"><x:g/></svg>',
      'is not well-formed XML: unbound namespace prefix: "x"',
    ],
  ])('%s', (_name, source, fault) => {
    expect(makeSvgSafe(source)).toEqual({ ok: false, fault });
  });
});

describe('copies that never end', () => {
  test.each([
    ['of an element within itself', '<g id="a"><use href="#a"/><rect/></g>', '<g id="a"><use/><rect/></g>'],
    [
      'of two that hold each other',
      '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
      '<g id="a"><use/></g><g id="b"><use/></g>',
    ],
    ['of itself', '<use id="a" href="#a"/>', '<use id="a"/>'],
  ])('%s show nothing', (_name, inside, left) => {
    expect(safe(root(inside))).toBe(`<svg xmlns="http://www.w3.org/2000/svg">${left}</svg>`);
  });

  test('leave others as they are', () => {
    expect(safe(root('<g id="a"><use href="#a"/><use href="#b"/></g><rect id="b"/>'))).toContain(
      '<use href="#b"/>',
    );
  });

  test('of a hundred thousand are found', () => {
    const ring = Array.from(
      { length: 100_000 },
      (_, i) => `<g id="a${i}"><use href="#a${(i + 1) % 100_000}"/></g>`,
    );
    expect(safe(root(ring.join('')))).not.toContain('href');
  });
});
