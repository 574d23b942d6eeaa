import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { DeckFile, DeckLink, LaidOutSlide, Layout } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import { decodeOrKeep } from '../../text/decode.ts';
import { escapeHtml, unescapeHtml } from '../../text/html.ts';
import { deckLinkUrl } from '../site/site-urls.ts';
import { atLeastOne, showsSlide, slideFiles } from '../slides/slide-files.ts';
import { slideWithHash } from '../slides/slide-with-hash.ts';

/** A document without broken links; links without a target are reported. */
export interface LinkedDocument {
  readonly html: string;
  readonly links: readonly DeckLink[];
  /** The address for each linked id that the document does not show. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Matches HTML as the browser writes it, where text contains no `<`. */
const LINK = /(<(?:a|area)\b[^>]*?\shref=")(#[^"]*)(?=")/g;
const ID = /\sid="([^"]*)"/g;

/**
 * Makes links to slides that a document does not show lead to another file that does: from the cheatsheet to the slides, and
 * from a handout to a slide that is not on paper.
 *
 * @param only the kinds of output that the build creates.
 */
export function linkOwnSlides(
  html: string,
  { outputName }: Pick<DeckFile, 'outputName'>,
  kind: OutputKind,
  layout: Layout,
  only: readonly OutputKind[],
): LinkedDocument {
  const ids = new Set([...html.matchAll(ID)].map(([, id = '']) => unescapeHtml(id)));
  const slideOf = slideWithHash(layout.slides);
  const links = new Map<string, DeckLink>();
  const elsewhere = new Map<string, string>();
  const dead = new Set<string>();
  const linked = html.replace(LINK, (whole, before: string, written: string) => {
    const href = unescapeHtml(written);
    const id = decodeOrKeep(href.slice(1));
    if (ids.has(id)) return whole;
    const slide = slideOf(href);
    const kinds =
      slide && atLeastOne(slideFiles(only).filter((one) => one !== kind && showsSlide(one, slide.handout)));
    if (!kinds) {
      // If the text itself contains the number, nothing is lost.
      if (before.includes(' class="slide"')) return before.replace(/href="$/, 'data-slide="') + written;
      dead.add(href);
      return whole;
    }
    const destination = slide.names.includes(id) ? id : slide.id;
    const url = deckLinkUrl(outputName, destination);
    const words = `${layout.metadata.title}, slide ${slide.label}`;
    elsewhere.set(id, url);
    links.set(url, { url, outputName, destination, words, kinds });
    return before + escapeHtml(url);
  });
  const diagnostics = [...dead].map((href) => leftOut(href, kind, layout, slideOf(href)));
  return { html: linked, links: [...links.values()], elsewhere, diagnostics };
}

function leftOut(
  href: string,
  kind: OutputKind,
  layout: Layout,
  target: LaidOutSlide | undefined,
): Diagnostic {
  const holder = layout.slides.find(({ pages }) =>
    pages.some(({ links }) => links.some((link) => link.href === href)),
  );
  const which = target ? `slide ${target.number}` : `a slide (${href})`;
  const message = `a link leads to ${which}, which is not in the ${kind}; there the link is plain text`;
  const place = { deck: layout.path, line: holder?.line, slide: holder?.number, url: href };
  return diagnostic('LINK_LEFT_OUT', message, place);
}
