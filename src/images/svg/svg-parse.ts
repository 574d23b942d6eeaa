import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { entityTable } from './svg-entities.ts';
import { SvgFault } from './svg-fault.ts';

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * Maximum nesting of elements: that of libxml2, and so of most programs that read SVG. Chromium allows 5,000; no drawing
 * comes close to either.
 */
const MAX_DEPTH = 256;

export interface SvgHandlers {
  open(tag: SaxesTagNS, attributes: readonly SaxesAttributeNS[]): void;
  /** Text or a CDATA section, with entities replaced. */
  text(text: string): void;
  close(): void;
}

/**
 * Reads an SVG as strictly as a browser does. Comments, processing instructions and the document type are skipped.
 *
 * @throws an {@link SvgFault}, and anything that a handler throws.
 */
export function parseSvg(text: string, handlers: SvgHandlers): void {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    forceXMLVersion: true,
    defaultXMLVersion: '1.0',
  });
  let depth = 0;
  let ended = false;
  let started = false;
  parser.ENTITIES = entityTable('');
  parser.on('error', (error) => {
    if (ended) throw new SvgFault('ends before its root element is closed');
    throw new SvgFault(`is not well-formed XML: ${error.message.replace(/\.$/, '')}`);
  });
  parser.on('doctype', (doctype) => {
    parser.ENTITIES = entityTable(doctype);
  });
  parser.on('opentag', (tag) => {
    if (!started) checkRoot(tag);
    started = true;
    if (++depth > MAX_DEPTH) throw new SvgFault(`nests elements more than ${MAX_DEPTH} levels deep`);
    handlers.open(tag, Object.values(tag.attributes));
  });
  parser.on('closetag', () => {
    depth--;
    handlers.close();
  });
  const inRoot = (piece: string): void => {
    if (depth > 0) handlers.text(piece);
  };
  parser.on('text', inRoot);
  parser.on('cdata', inRoot);
  parser.write(text);
  ended = true;
  parser.close();
}

function checkRoot({ uri, local }: SaxesTagNS): void {
  if (uri !== SVG_NAMESPACE) {
    throw new SvgFault('does not declare the SVG namespace, so browsers do not display it');
  }
  if (local !== 'svg') throw new SvgFault('has a root element other than svg');
}

/** The root element's attributes by name, without those of other namespaces; empty if the root is no SVG. */
export function rootAttributes(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const stop = new SvgFault('is read far enough');
  try {
    parseSvg(text, {
      open: (_tag, attributes) => {
        for (const { uri, name, value } of attributes) if (uri === '') found.set(name, value);
        throw stop;
      },
      text: () => undefined,
      close: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof SvgFault)) throw error;
  }
  return found;
}
