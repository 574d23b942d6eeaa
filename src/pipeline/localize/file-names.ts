import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, Reference } from '../../model/model.ts';
import { pictureUrl } from '../site/picture-url.ts';
import { locateProjectFile } from '../site/project-files.ts';
import { sitePath } from '../site/site-path.ts';
import { isProjectUrl } from '../site/site-urls.ts';

/** A note about each file whose name on disk differs from that in the deck. */
export async function fileNameDiagnostics(deck: Deck): Promise<Diagnostic[]> {
  const named = new Map<string, Reference>();
  for (const reference of deck.references) {
    const url = pictureUrl(reference.url, reference.via ?? deck.site.url);
    if (url && !named.has(url)) named.set(url, reference);
  }
  const notes = [...named].map(async ([url, reference]) => {
    const found = isProjectUrl(url) ? await locateProjectFile(url, deck) : undefined;
    return typeof found === 'object' && found.isRenamed ? [noteOn(found.file, reference, deck)] : [];
  });
  return (await Promise.all(notes)).flat();
}

function noteOn(file: string, { url, line, slide }: Reference, { root, source }: Deck): Diagnostic {
  const path = sitePath(root, file);
  const message = `${url} is the file ${path}, whose name differs`;
  const hint = /[?#]/.test(url)
    ? 'in an address, write %3F for a question mark and %23 for #'
    : 'use the exact name: other systems distinguish upper and lower case, and forms of accents';
  const place = { deck: source.path, line, ...(slide === undefined ? {} : { slide }), url };
  return diagnostic('FILE_NAME_DIFFERS', message, place, hint);
}
