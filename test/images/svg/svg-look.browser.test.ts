import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeSvgSafe } from '../../../src/images/svg/svg-safe.ts';
import { sharedSession } from '../../support/shared-browser.ts';
import { photograph } from '../pictures.ts';

const photo = (await photograph(40, 30).png().toBuffer()).toString('base64');
const SVG = 'xmlns="http://www.w3.org/2000/svg"';
const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';

const gradients = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg ${SVG} ${XLINK} width="200" height="120" viewBox="0 0 100 60">
  <defs>
    <linearGradient id="base"><stop offset="0" stop-color="#123"/><stop offset="1" stop-color="#fc8"/></linearGradient>
    <linearGradient id="a" xlink:href="#base" x1="0" x2="1" gradientTransform="rotate(30)"/>
    <radialGradient id="b" href="#base" fx=".2"/>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="2" fill="teal"/></pattern>
  </defs>
  <rect width="50" height="60" fill="url(#a)"/><rect x="50" width="50" height="30" fill="url('#b') red"/>
  <rect x="50" y="30" width="50" height="30" style="fill: url(&quot;#dots&quot;); stroke: black"/>
</svg>`;

const masks = `<svg ${SVG} width="160" height="160">
  <mask id="m"><rect width="100%" height="100%" fill="#fff"/><circle cx="80" cy="80" r="40" fill="#000"/></mask>
  <clipPath id="c"><path d="M10 10h140v100l-70 40L10 110z"/></clipPath>
  <filter id="f" x="-20%" width="140%"><feGaussianBlur in="SourceAlpha" stdDeviation="3"/><feOffset dx="4" dy="4" result="o"/>
    <feMerge><feMergeNode in="o"/><feMergeNode in="SourceGraphic"/></feMerge></filter>
  <g clip-path="url(#c)"><rect width="160" height="160" fill="steelblue" mask="url(#m)"/></g>
  <circle cx="80" cy="80" r="20" fill="gold" filter="url(#f)"/>
  <marker id="k" viewBox="0 0 10 10" refX="5" refY="5" orient="auto"><path d="M0 0L10 5L0 10z"/></marker>
  <path d="M10 150L150 150" stroke="black" stroke-width="2" marker-end="url(#k)"/>
</svg>`;

const styled = `<svg ${SVG} viewBox="0 0 120 60" width="240">
  <style type="text/css"><![CDATA[
    @namespace svg url(http://www.w3.org/2000/svg);
    /* boxes > lines */
    svg|rect.box { fill: #def; stroke: #036; stroke-width: 1.5px }
    g > .line:first-child, .line ~ path { stroke: crimson; fill: none }
    @media screen, print { .label { font: bold 9px sans-serif; fill: #333 } }
    :root { --accent: seagreen } .accent { fill: var(--accent) }
  ]]></style>
  <g><path class="line" d="M5 55L115 5"/><path d="M5 5L115 55"/></g>
  <rect class="box" x="10" y="10" width="40" height="25" rx="3"/><rect class="box accent" x="60" y="20" width="20" height="20"/>
  <text class="label" x="14" y="26">A &lt; B &amp; C</text>
</svg>`;

const text = `<svg ${SVG} width="300" height="90" font-family="sans-serif" font-size="14">
  <text x="5" y="20" xml:space="preserve">two  blanks   <tspan fill="red" dx="4">and a span</tspan>
 on a line</text>
  <text x="5" y="45">folded   blanks
    <tspan font-weight="bold">here</tspan></text>
  <path id="curve" d="M5 80Q150 40 290 80" fill="none"/>
  <text><textPath href="#curve" startOffset="10">along a curve, Größe é</textPath></text>
</svg>`;

const copies = `<svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink" width="120" height="120">
  <svg:defs><svg:g id="leaf"><svg:path d="M0 0C10-10 20-10 30 0C20 10 10 10 0 0" fill="green"/></svg:g>
  <svg:symbol id="sym" viewBox="0 0 10 10"><svg:circle cx="5" cy="5" r="5"/></svg:symbol></svg:defs>
  <svg:g transform="translate(60 60)"><svg:use l:href="#leaf"/><svg:use l:href="#leaf" transform="rotate(120)"/>
  <svg:use l:href="#leaf" transform="rotate(240)"/></svg:g><svg:use l:href="#sym" width="20" height="20"/>
  <svg:svg x="90" y="90" width="30" height="30" viewBox="0 0 3 3" preserveAspectRatio="none"><svg:rect width="2" height="1" fill="navy"/></svg:svg>
</svg:svg>`;

const inkscape = `<?xml version="1.0" encoding="UTF-8"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:svg="http://www.w3.org/2000/svg" ${SVG}
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  width="40mm" height="30mm" viewBox="0 0 40 30" id="svg8" sodipodi:docname="x.svg" inkscape:version="1.0">
  <sodipodi:namedview pagecolor="#ffffff" inkscape:zoom="0.35"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <metadata id="metadata5"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" transform="translate(0,-2)">
    <path style="fill:none;stroke:#000;stroke-width:.5;-inkscape-stroke:none;stroke-miterlimit:4" d="m 4,8 c 9,3 12,15 30,12"
      sodipodi:nodetypes="cc"/>
    <rect style="opacity:.6;fill:#ff6600;fill-rule:evenodd" width="10" height="8" x="6" y="14" ry="1.2"/>
  </g>
</svg>`;

const illustrator = `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
  <!ENTITY ns_ai 'http://ns.adobe.com/AdobeIllustrator/10.0/'>
  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
  <!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
  <!ENTITY colour "#c03">
  <!ENTITY st0 "fill:&colour;;stroke:#222">
  <!ATTLIST svg xmlns:a CDATA #IMPLIED a:adobe-version CDATA #IMPLIED>
]>
<svg xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" width="100" height="80"
  viewBox="0 0 100 80" style="enable-background:new 0 0 100 80;" xml:space="preserve">
<switch>
  <foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1"><i:pgfRef xlink:href="#adobe_pgf"/></foreignObject>
  <g i:extraneous="self"><circle style="&st0;" cx="50" cy="40" r="30"/><rect fill="&colour;" width="9" height="9"/></g>
</switch>
<i:pgf id="adobe_pgf"><![CDATA[eJzsvWdz4kqwMHw/]]></i:pgf>
</svg>`;

const pictures = `<svg ${SVG} ${XLINK} width="160" height="60">
  <image xlink:href="data:image/png;base64,${photo.slice(0, 76)}
${photo.slice(76)}" width="60" height="60"/>
  <image x="60" href="data:image/svg+xml,${encodeURIComponent(`<svg ${SVG} width="50" height="50"><circle cx="25" cy="25" r="20" fill="purple"/></svg>`)}" width="50" height="50"/>
  <filter id="f"><feImage href="data:image/png;base64,${photo}" width="40" height="40"/></filter>
  <rect x="115" y="5" width="40" height="40" filter="url(#f)"/>
</svg>`;

/**
 * Chromium 156 knows no entities within entities where they stand in an attribute, and paints black. What the file means is
 * what the sanitized copy has to show, whichever browser looks at it.
 */
function withoutNestedEntities(source: string): string {
  return source.replaceAll('&colour;;stroke', '#c03;stroke');
}

const DRAWINGS: readonly (readonly [string, string])[] = [
  ['gradients and patterns', gradients],
  ['masks, clips, filters and markers', masks],
  ['a style sheet in CDATA', styled],
  ['text and its white space', text],
  ['prefixes, copies and nested drawings', copies],
  ['what Inkscape writes', inkscape],
  ['what Illustrator wrote', illustrator],
  ['pictures within', pictures],
];

function safe(source: string): string {
  const result = makeSvgSafe(source);
  if (!result.ok) throw new Error(result.fault);
  return result.svg;
}

describe('librsvg draws the same pixels after as before:', () => {
  const drawn = async (svg: string): Promise<string> => {
    const { data, info } = await sharp(Buffer.from(svg), { density: 144, unlimited: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return `${info.width}x${info.height} ${data.toString('base64')}`;
  };
  test.each(DRAWINGS)('%s', async (_name, source) => {
    expect((await drawn(safe(source))) === (await drawn(source))).toBe(true);
  });
  test.each(DRAWINGS)('%s: and there is something to see', async (_name, source) => {
    const { entropy } = await sharp(Buffer.from(safe(source))).stats();
    expect(entropy).toBeGreaterThan(0.05);
  });
});

/** A label as diagrams.net writes it, and what Mermaid makes of Markdown. */
const labels = `<svg ${SVG} style="background-color: rgb(255, 255, 255);" width="221" height="141" viewBox="-0.5 -0.5 221 141">
  <defs/><g><rect x="10" y="10" width="200" height="60" rx="9" fill="#dae8fc" stroke="#6c8ebf" pointer-events="all"/>
  <g transform="translate(-0.5 -0.5)"><switch>
    <foreignObject pointer-events="none" width="100%" height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility" style="overflow: visible; text-align: left;">
      <div xmlns="http://www.w3.org/1999/xhtml" style="display: flex; align-items: unsafe center; justify-content: unsafe center; width: 198px; height: 1px; padding-top: 40px; margin-left: 11px;">
        <div data-drawio-colors="color: rgb(0, 0, 0); " style="box-sizing: border-box; font-size: 0px; text-align: center;">
          <div style="display: inline-block; font-size: 12px; font-family: Helvetica; color: rgb(0, 0, 0); line-height: 1.2;">Read <b>all</b> of <font color="#c00">it</font><br/>&#xa0;and <img width="20" height="15" src="data:image/png;base64,${photo}"/> <i>twice</i></div>
        </div></div></foreignObject>
    <text x="110" y="44" font-size="12px" text-anchor="middle">Read all of it…</text></switch></g>
  <foreignObject x="10" y="80" width="200" height="60"><div xmlns="http://www.w3.org/1999/xhtml" class="label">
    <style>.label td { border: 1px solid navy; padding: 2px } .label ul { margin: 0 }</style>
    <table><tbody><tr><td>a</td><td rowspan="2">b <sub>2</sub></td></tr></tbody></table><ul><li>one</li></ul>
    <math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math></div></foreignObject></g>
</svg>`;

/** The first frame of an animation is what a page is printed with. */
const animated = `<svg ${SVG} width="60" height="60"><rect width="20" height="20" fill="red">
  <animate attributeName="width" values="40;20" dur="99999999s" fill="freeze"/><animateTransform attributeName="transform" type="rotate" values="20;40" dur="99999999s"/></rect>
  <circle r="9" cx="40" cy="40"><set attributeName="fill" to="blue"/></circle></svg>`;

/** Chromium's own idea of a file, from a picture of it. */
describe('Chromium draws the same pixels after as before:', () => {
  const sources = [...DRAWINGS, ['labels of HTML', labels] as const, ['an animation', animated] as const];
  const shots: [string, string][] = [];
  beforeAll(() =>
    sharedSession().withPage(async (page) => {
      for (const [, source] of sources) {
        const shot = async (svg: string): Promise<string> => {
          const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
          await page.setContent(`<body style="margin:0"><img src="${url}" style="display:block">`);
          const size = await page.$eval('img', async (img) => {
            await img.decode();
            return `${img.naturalWidth}x${img.naturalHeight}`;
          });
          return `${size} ${await page.screenshot({ encoding: 'base64' })}`;
        };
        shots.push([await shot(withoutNestedEntities(source)), await shot(safe(source))]);
      }
    }),
  );
  test.each(sources.map(([name], index) => [name, index] as const))('%s', (_name, index) => {
    const [before, after] = shots[index] ?? [];
    expect(after === before && before !== undefined).toBe(true);
  });
});
