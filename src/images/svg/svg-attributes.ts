import type { SaxesAttributeNS } from 'saxes';
import { type SafeCss, safeDeclarations, safeValue } from './svg-css.ts';
import { fragmentOf, linkUrl, withoutControls } from './svg-url.ts';
import { isKnownAttribute, NAMESPACE } from './svg-vocabulary.ts';

export interface SafeAttribute {
  readonly name: string;
  readonly value: string;
}

/** The attributes that an element keeps, and what they mean for the rest of the document. */
export interface SafeAttributes {
  readonly attributes: readonly SafeAttribute[];
  readonly id?: string;
  /** Ids of elements that are needed to draw it. */
  readonly ids: readonly string[];
  /** Ids of elements of the image that it shows. */
  readonly weight: number;
}

/** An image within the document, made safe. */
export interface Embedded {
  readonly url: string;
  readonly weight: number;
}

interface Judged {
  readonly value: string;
  readonly ids?: readonly string[];
  readonly weight?: number;
}

/** Attributes that are only compared with others: nothing reads them as an address or as CSS. */
const INERT = /^(?:id|class|attributeName|requiredExtensions|requiredFeatures|systemLanguage)$/;

/** @param embed makes the image of a `data:` URL safe; returns undefined if that is not possible. */
export function safeAttributes(
  element: string,
  namespace: string,
  attributes: readonly SaxesAttributeNS[],
  embed: (url: string) => Embedded | undefined,
): SafeAttributes {
  const hasHref = attributes.some(({ name }) => name === 'href');
  const kept: SafeAttribute[] = [];
  const ids: string[] = [];
  let weight = 0;
  for (const attribute of attributes) {
    const name = plainName(attribute, hasHref);
    if (name === undefined) continue;
    const judged = judge({ element, namespace, name, value: attribute.value }, embed);
    if (judged === undefined) continue;
    kept.push({ name, value: judged.value });
    ids.push(...(judged.ids ?? []));
    weight += judged.weight ?? 0;
  }
  return { attributes: kept, id: kept.find(({ name }) => name === 'id')?.value, ids, weight };
}

/** The name with the canonical prefix; undefined for another namespace, which browsers ignore. */
function plainName({ uri, local, name }: SaxesAttributeNS, hasHref: boolean): string | undefined {
  if (uri === '') return name;
  if (uri === NAMESPACE.xml) return local === 'space' || local === 'lang' ? `xml:${local}` : undefined;
  // https://www.w3.org/TR/SVG2/linking.html#XLinkRefAttrs: without the prefix it has the same meaning and takes precedence.
  return uri === NAMESPACE.xlink && local === 'href' && !hasHref ? 'href' : undefined;
}

interface Attribute extends SafeAttribute {
  readonly element: string;
  readonly namespace: string;
}

function judge(attribute: Attribute, embed: (url: string) => Embedded | undefined): Judged | undefined {
  const { element, namespace, name, value } = attribute;
  if (name === 'href') return judgeHref(attribute, embed);
  if (name === 'src' && element === 'img' && namespace === NAMESPACE.html) return pictureOf(value, embed);
  if (!isKnownAttribute(namespace, name)) return undefined;
  if (name === 'style') return unlessEmpty(safeDeclarations(value));
  if (INERT.test(name)) return { value };
  if (/\/\/|(?:javascript|vbscript|data):/i.test(withoutControls(value))) {
    // An image that a presentation attribute paints with is the only address that is allowed here.
    return value.includes('url(') ? unlessEmpty(safeValue(value)) : undefined;
  }
  if (/^(?:aria|data)-/.test(name) || !/\(|@import/i.test(value)) return { value };
  return name === 'values' ? judgeList(value) : unlessEmpty(safeValue(value));
}

function judgeHref(
  { element, namespace, value }: Attribute,
  embed: (url: string) => Embedded | undefined,
): Judged | undefined {
  if (element === 'a') {
    const address = linkUrl(value);
    return address === undefined ? undefined : { value: address };
  }
  if (namespace !== NAMESPACE.svg) return undefined;
  const address = withoutControls(value);
  const id = fragmentOf(address);
  if (id !== undefined) return { value: address, ids: [id] };
  return element === 'image' || element === 'feImage' ? pictureOf(value, embed) : undefined;
}

function pictureOf(value: string, embed: (url: string) => Embedded | undefined): Judged | undefined {
  const embedded = embed(withoutControls(value));
  return embedded && { value: embedded.url, weight: embedded.weight };
}

/** The values of an animation, in order. */
function judgeList(value: string): Judged | undefined {
  const parts: SafeCss[] = [];
  for (const part of value.split(';')) {
    const safe = safeValue(part);
    if (safe.css === '' && part !== '') return undefined;
    parts.push(safe);
  }
  return { value: parts.map(({ css }) => css).join(';'), ids: parts.flatMap(({ ids }) => ids) };
}

function unlessEmpty({ css, ids }: SafeCss): Judged | undefined {
  return css === '' ? undefined : { value: css, ids };
}
