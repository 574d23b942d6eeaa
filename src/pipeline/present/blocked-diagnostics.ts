import type { ResourceRequest } from '../../browser/gateway.ts';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, Reference } from '../../model/model.ts';
import { isSiteUrl, withoutSite } from '../../model/urls.ts';

/** Diagnostics for requests of a page that were not answered. */
export function blockedDiagnostic(
  deck: Deck,
  { url, kind }: Pick<ResourceRequest, 'url' | 'kind'>,
  [reference]: readonly Reference[],
): Diagnostic {
  const shown = reference?.url.trim() ?? withoutSite(url);
  const place = {
    deck: deck.source.path,
    ...(reference ? { line: reference.line } : {}),
    ...(reference?.slide === undefined ? {} : { slide: reference.slide }),
    url: shown,
  };
  const via = reference?.via === undefined ? '' : ` (requested by ${withoutSite(reference.via)})`;
  if (kind === 'stylesheet' && isSiteUrl(url)) {
    const hint = 'keep stylesheets in the project, next to the deck or in a folder above it';
    return diagnostic('STYLE_NOT_FOUND', `stylesheet ${shown} is not in the project${via}`, place, hint);
  }
  const message = `the page requested a ${kind} that is not allowed: ${shown}${via}`;
  return diagnostic('RESOURCE_BLOCKED', message, place, 'keep what the deck needs in its project');
}
