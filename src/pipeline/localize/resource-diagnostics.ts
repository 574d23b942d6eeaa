import type { Provenance } from '../../images/model/model.ts';
import type { FoundAsset, FoundImage } from '../../images/source.ts';
import { type Diagnostic, type DiagnosticCode, diagnostic, type Place } from '../../model/diagnostics.ts';
import type { Deck, Reference } from '../../model/model.ts';
import { isSiteUrl, type ResolvedUrl, withoutSite } from '../../model/urls.ts';
import { requestedUrl } from '../site/picture-url.ts';
import { isMountUrl } from '../site/site-urls.ts';
import type { Localized } from './localize.ts';

/** Hints for failures that do not have their own. */
const HINTS: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  IMAGE_UNREACHABLE: 'build again later, or name another source with --image-mirror or --image-archive',
  IMAGE_TIMEOUT: 'build again later, or name another source with --image-mirror or --image-archive',
  IMAGE_HTTP_STATUS: 'correct the address, or use --image-archive to find an old copy',
};

/** One diagnostic for each missing resource, at the first place that uses it, and other notes about resources. */
export function resourceDiagnostics(deck: Deck, localized: Localized): Diagnostic[] {
  const { images, assets, named } = localized;
  const byCanonical = new Map<ResolvedUrl, FoundImage | FoundAsset>();
  for (const [url, found] of [...images, ...assets]) byCanonical.set(requestedUrl(url), found);
  const damaged = localized.damaged.map(({ url, file }) => {
    const message = `the vendored file ${file} is missing or differs from the lock file, so the image was fetched again`;
    const hint = 'restore it from the repository, or fetch it again with deckhand vendor --update';
    return diagnostic(
      'IMAGE_LOCK_DAMAGED',
      message,
      placeOf(deck, url, named.get(requestedUrl(url))?.[0]),
      hint,
    );
  });
  const found = [...byCanonical].flatMap(([url, one]) => diagnosticsOf(deck, url, one, named.get(url) ?? []));
  return [...damaged, ...found];
}

function diagnosticsOf(
  deck: Deck,
  url: string,
  found: FoundImage | FoundAsset,
  references: readonly Reference[],
): Diagnostic[] {
  const [first, ...others] = references;
  const place = placeOf(deck, url, first);
  const isLate = first === undefined && !isMountUrl(url);
  const late = isLate ? [diagnostic('IMAGE_LATE', 'only the rendered page requests it', place)] : [];
  if (found.ok) return [...late, ...provenanceDiagnostics(found.provenance, place)];
  const { code, message, hint } = found.failure;
  const more = others.length > 0 ? ` (and on ${others.length} more)` : '';
  return [
    ...late,
    diagnostic(code satisfies DiagnosticCode, `${message}${more}${viaOf(first)}`, place, hint ?? HINTS[code]),
  ];
}

function provenanceDiagnostics(provenance: Provenance | undefined, place: Place): Diagnostic[] {
  if (!provenance) return [];
  const { archived, fetchedUrl, fetchedAt, stale } = provenance;
  const old = stale
    ? [diagnostic('IMAGE_STALE', `the copy of ${fetchedAt.slice(0, 10)} is used: ${stale}`, place)]
    : [];
  if (!archived) return old;
  const message = `its address is dead; the copy comes from ${new URL(fetchedUrl).host}`;
  const hint = 'store it in the repository with deckhand vendor';
  return [...old, diagnostic('IMAGE_FROM_ARCHIVE', message, place, hint)];
}

function placeOf(deck: Deck, url: string, reference: Reference | undefined): Place {
  const isLocal = isSiteUrl(url);
  const shown = isLocal ? withoutSite(reference?.url ?? url) : url;
  return {
    deck: deck.source.path,
    ...(reference ? { line: reference.line } : {}),
    ...(reference?.file === undefined ? {} : { file: reference.file }),
    ...(reference?.slide === undefined ? {} : { slide: reference.slide }),
    url: shown,
  };
}

/** An image in a stylesheet has no line in the deck. */
function viaOf(reference: Reference | undefined): string {
  return reference?.via === undefined ? '' : ` (requested by ${withoutSite(reference.via)})`;
}
