import { dirname, relative, sep } from 'node:path';
import type { ImageLock } from '../images/lock.ts';
import type { Deck } from '../model/model.ts';
import { pictureUrl } from '../pipeline/site/picture-url.ts';

export interface Rewritten {
  /** The file's new text; all characters outside of replaced URLs are unchanged. */
  readonly text: string;
  /** Number of replaced URLs. */
  readonly places: number;
  /** Addresses of vendored images that the deck contains in several pieces: their author has to replace them. */
  readonly left: readonly { readonly url: string; readonly line?: number | undefined }[];
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly path: string;
}

/**
 * Replaces addresses of vendored images in a deck's text with the paths of the files, at exact positions.
 *
 * @param original the file's own text, including byte order mark and line ends, which the positions of references do not
 * count.
 */
export function rewriteDeck(original: string, deck: Deck, lock: ImageLock): Rewritten {
  const replacements = new Map<number, Replacement>();
  const left: { url: string; line: number | undefined }[] = [];
  for (const { url, line, span, via } of deck.references) {
    const canonical = via === undefined ? pictureUrl(url, deck.site.url) : undefined;
    const entry = canonical === undefined ? undefined : lock.find(canonical);
    if (!entry || canonical === undefined) continue;
    // Several references may use one definition, which is replaced once.
    if (span)
      replacements.set(span[0], { from: span[0], to: span[1], path: pathTo(deck, lock.fileOf(entry)) });
    else left.push({ url: canonical, line });
  }
  const at = originalOffsets(original);
  let text = '';
  let end = 0;
  for (const { from, to, path } of [...replacements.values()].sort((a, b) => a.from - b.from)) {
    text += original.slice(end, at(from)) + path;
    end = at(to);
  }
  return { text: text + original.slice(end), places: replacements.size, left };
}

/** Relative to the deck's folder, with `/`. Our file and folder names need no escapes; those of the project may. */
function pathTo(deck: Deck, file: string): string {
  const path = relative(dirname(deck.source.file), file).split(sep);
  return path.map(encodeURIComponent).join('/');
}

/** Offsets in the original by those in a text without byte order mark and with `\n` for `\r\n` and `\r`. */
function originalOffsets(original: string): (offset: number) => number {
  const start = original.startsWith('\uFEFF') ? 1 : 0;
  const pairs: number[] = [];
  let shrunk = 0;
  for (const match of original.slice(start).matchAll(/\r\n/g)) pairs.push(match.index - shrunk++);
  return (offset) => {
    let before = 0;
    for (const at of pairs) {
      if (at >= offset) break;
      before += 1;
    }
    return start + offset + before;
  };
}
