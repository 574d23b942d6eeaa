import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { dataUrl } from '../model/data-url.ts';
import { type Embedded, type SafeAttribute, safeAttributes } from './svg-attributes.ts';
import { safeStyleSheet } from './svg-css.ts';
import { SvgFault } from './svg-fault.ts';
import { parseSvg } from './svg-parse.ts';
import { createSvgReferences, type SvgReference } from './svg-references.ts';
import { svgText } from './svg-text.ts';
import { parseDataUrl, rasterUrl } from './svg-url.ts';
import { isHarmlessTarget, isKnownElement } from './svg-vocabulary.ts';

/** A safe SVG that looks the same, or the end of the sentence `the SVG …`. */
export type SafeSvg =
  | { readonly ok: true; readonly svg: string }
  | { readonly ok: false; readonly fault: string };

/**
 * Maximum number of elements of a document, including those of embedded images: the most detailed maps have a tenth of it.
 */
const MAX_ELEMENTS = 500_000;
/** The same after each `use` is replaced by its copy. Chromium draws a million in about ten seconds. */
const MAX_DRAWN = 1_000_000;
/** Maximum nesting of images. */
const MAX_NESTED = 2;

/**
 * The same image without anything that could run, load or expand: scripts, event handlers, frames, players, forms, processing
 * instructions, the document type with its entities, comments, and all external references. The rest is serialized again, so
 * that nothing remains that was not understood.
 *
 * Elements, attributes of HTML and CSS rules stay only if they are known to be harmless
 * (https://www.w3.org/TR/SVG2/conform.html#secure-static-mode names what a browser itself would not run in an `img`,
 * but a rendition is also opened by other programs). Links to the web stay: following one is up to the reader.
 *
 * Applying it twice changes nothing.
 */
export function makeSvgSafe(text: string): SafeSvg {
  try {
    return { ok: true, svg: rewritten(text, { elements: 0, drawn: 0 }, 0) };
  } catch (error) {
    if (error instanceof SvgFault) return { ok: false, fault: error.message };
    throw error;
  }
}

/** What all documents of one file share. */
interface Spent {
  elements: number;
  drawn: number;
}

/** An element that is kept and still open. */
interface Open {
  readonly name: string;
  readonly namespace: string;
  /** The stylesheet so far, for a `style` element. */
  sheet?: string;
  /** Its start tag has no `>` yet, because it may be empty. */
  bare: boolean;
}

function rewritten(text: string, spent: Spent, nested: number): string {
  const written = createWriter();
  const references = createSvgReferences();
  const embed = (url: string): Embedded | undefined => embedded(url, spent, nested);
  let dropped = 0;
  parseSvg(text, {
    open: (tag, attributes) => {
      if (++spent.elements > MAX_ELEMENTS) throw new SvgFault(`has more than ${MAX_ELEMENTS} elements`);
      if (dropped > 0 || written.isInSheet() || !isHarmless(tag, attributes)) {
        dropped++;
        return;
      }
      const { local: name, uri: namespace } = tag;
      const safe = safeAttributes(name, namespace, attributes, embed);
      const copied = written.open(name, namespace, safe.attributes);
      const refersTo = safe.ids.map((id): SvgReference => ({ id, removable: copied }));
      references.open(safe.id, refersTo, 1 + safe.weight);
    },
    text: (piece) => {
      if (dropped === 0) written.text(piece);
    },
    close: () => {
      if (dropped > 0) dropped--;
      else {
        written.close();
        references.close();
      }
    },
  });
  const { elements, endless } = references.expansion();
  spent.drawn += elements;
  if (spent.drawn > MAX_DRAWN)
    throw new SvgFault(`grows to more than ${MAX_DRAWN} elements when it is drawn`);
  return written.finish(endless);
}

function isHarmless({ uri, local }: SaxesTagNS, attributes: readonly SaxesAttributeNS[]): boolean {
  if (!isKnownElement(uri, local)) return false;
  return attributes.every(({ name, value }) => {
    if (name === 'attributeName') return isHarmlessTarget(value);
    return local !== 'style' || name !== 'type' || /^\s*(?:text\/css)?\s*$/i.test(value);
  });
}

/** An embedded image, made safe; undefined if it is no image, or nested too deeply. */
function embedded(url: string, spent: Spent, nested: number): Embedded | undefined {
  const raster = rasterUrl(url);
  if (raster !== undefined) return { url: raster, weight: 0 };
  const data = parseDataUrl(url);
  if (data?.type !== 'image/svg+xml' || nested >= MAX_NESTED) return undefined;
  const drawnBefore = spent.drawn;
  try {
    const svg = rewritten(svgText(data.bytes), spent, nested + 1);
    const weight = spent.drawn - drawnBefore;
    return { url: dataUrl('image/svg+xml', Buffer.from(svg)), weight };
  } catch (error) {
    if (error instanceof SvgFault) return undefined;
    throw error;
  } finally {
    // It counts as often as the element that shows it.
    spent.drawn = drawnBefore;
  }
}

interface Writer {
  isInSheet(): boolean;
  /** @returns the index of the piece with the `href` of a `use`, so that it can be removed. */
  open(name: string, namespace: string, attributes: readonly SafeAttribute[]): number | undefined;
  text(text: string): void;
  close(): void;
  /** @param without indices of pieces to remove. */
  finish(without: readonly number[]): string;
}

function createWriter(): Writer {
  const pieces: string[] = [];
  const path: Open[] = [];
  const write = (piece: string): void => {
    const parent = path.at(-1);
    if (parent?.bare) pieces.push('>');
    if (parent) parent.bare = false;
    pieces.push(piece);
  };
  return {
    isInSheet: () => path.at(-1)?.sheet !== undefined,
    open: (name, namespace, attributes) => {
      write(`<${name}`);
      if (path.at(-1)?.namespace !== namespace) pieces.push(` xmlns="${namespace}"`);
      path.push({ name, namespace, bare: true, sheet: name === 'style' ? '' : undefined });
      let copied: number | undefined;
      for (const { name: attribute, value } of attributes) {
        if (name === 'use' && attribute === 'href') copied = pieces.length;
        pieces.push(` ${attribute}="${escaped(value)}"`);
      }
      return copied;
    },
    text: (text) => {
      const parent = path.at(-1);
      if (parent?.sheet !== undefined) parent.sheet += text;
      else if (text !== '') write(escaped(text, /[&<>\r]/g));
    },
    close: () => {
      const { name, sheet } = path.at(-1) ?? { name: '' };
      const css = sheet === undefined ? '' : safeStyleSheet(sheet).css;
      if (css !== '') write(escaped(css, /[&<>\r]/g));
      pieces.push(path.pop()?.bare ? '/>' : `</${name}>`);
    },
    finish: (without) => {
      for (const piece of without) pieces[piece] = '';
      return pieces.join('');
    },
  };
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** In an attribute, other white space than a space would be lost. */
function escaped(text: string, special = /[&<>"\t\n\r]/g): string {
  return text.replace(special, (character) => REFERENCES[character] ?? `&#${character.charCodeAt(0)};`);
}
