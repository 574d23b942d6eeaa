import { type Document, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { lineCounter } from '../../../../text/lines.ts';

/** A string in the front matter. */
export interface WrittenText {
  readonly text: string;
  /** Where it begins in the deck's text; undefined if it is written in another form, with escapes or on several lines. */
  readonly offset?: number;
}

export interface FrontMatterPlaces {
  /** Line of a key in the file, by its path of keys; 1 if the front matter does not contain it. */
  readonly lineOf: (...path: readonly string[]) => number;
  /** The strings at a path of keys: the value, or the items of the list. */
  readonly textsAt: (...path: readonly string[]) => readonly WrittenText[];
}

/** The positions of keys and values of the front matter in the deck's text, in which the YAML begins at an offset. */
export function frontMatterPlaces(
  document: Document.Parsed,
  source: string,
  start: number,
): FrontMatterPlaces {
  const lineAt = lineCounter(source);
  const written = ({ value, range }: Scalar): WrittenText => {
    const text = String(value);
    if (!range) return { text };
    const [from, to] = [start + range[0], start + range[1]];
    const quote = /^["']/.test(source.slice(from, to)) ? 1 : 0;
    const isVerbatim = source.slice(from + quote, to - quote) === text;
    return isVerbatim ? { text, offset: from + quote } : { text };
  };
  return {
    lineOf: (...path) => {
      const parent = path.length > 1 ? document.getIn(path.slice(0, -1)) : document.contents;
      const pairs = isMap<Scalar>(parent) ? parent.items : [];
      const key = pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === path.at(-1))?.key;
      return key?.range ? lineAt(start + key.range[0]) : 1;
    },
    textsAt: (...path) => {
      const node = document.getIn(path, true);
      return (isSeq(node) ? node.items : [node]).filter((one) => isScalar(one)).map(written);
    },
  };
}
