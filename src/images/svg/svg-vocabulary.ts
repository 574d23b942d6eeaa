/** Namespaces that may be used in an SVG file; browsers show nothing for others. */
export const NAMESPACE = {
  svg: 'http://www.w3.org/2000/svg',
  html: 'http://www.w3.org/1999/xhtml',
  mathml: 'http://www.w3.org/1998/Math/MathML',
  xlink: 'http://www.w3.org/1999/xlink',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const;

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/**
 * https://www.w3.org/TR/SVG2/eltindex.html without elements that run, play or embed something, and without the fonts, cursors
 * and color profiles of SVG 1.1, which no browser supports.
 */
const SVG_ELEMENTS = names(`
  a animate animateMotion animateTransform circle clipPath defs desc discard ellipse feBlend feColorMatrix
  feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
  feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
  fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient
  marker mask mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath
  title tspan use view`);

/** HTML elements in labels, as diagrams.net and Mermaid write them. */
const HTML_ELEMENTS = names(`
  html head body a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
  dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label li main mark
  menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong style sub sup table tbody td tfoot th
  thead time tr tt u ul var wbr`);

/** https://www.w3.org/TR/mathml-core/ and the layout elements of MathML 3. */
const MATHML_ELEMENTS = names(`
  math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
  ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics`);

const HTML_ATTRIBUTES = names(`
  abbr align alt bgcolor border cellpadding cellspacing class clear color cols colspan compact dir face frame height
  hspace id lang noshade nowrap reversed role rows rowspan rules scope size span start style title type valign value
  vspace width`);

/** Attributes that could load, send or run something, in SVG or if an SVG is read as HTML. */
const HARMFUL_ATTRIBUTES = names(`
  action archive attributionsrc background cite classid codebase content contentscripttype data download
  dynsrc formaction formmethod formtarget imagesrcset is longdesc lowsrc manifest nonce ping poster profile slot src
  srcdoc srcset target usemap xmlns`);

export function isKnownElement(namespace: string, name: string): boolean {
  switch (namespace) {
    case NAMESPACE.svg:
      return SVG_ELEMENTS.has(name);
    case NAMESPACE.html:
      return HTML_ELEMENTS.has(name);
    case NAMESPACE.mathml:
      return MATHML_ELEMENTS.has(name);
    default:
      return false;
  }
}

/** Attributes without a namespace. Values are checked elsewhere, as are `href`, `src` of images and `style`. */
export function isKnownAttribute(namespace: string, name: string): boolean {
  const lowerCase = name.toLowerCase();
  if (lowerCase.startsWith('on') || HARMFUL_ATTRIBUTES.has(lowerCase)) return false;
  return namespace !== NAMESPACE.html || HTML_ATTRIBUTES.has(name) || name.startsWith('aria-');
}

/** What an animation must not change: targets of links and event handlers. */
export function isHarmlessTarget(attributeName: string): boolean {
  const local = attributeName.trim().toLowerCase().replace(/^.*:/, '');
  return !/^(?:href|src|on.*|style|.*\s.*)$/.test(local) && !HARMFUL_ATTRIBUTES.has(local);
}
