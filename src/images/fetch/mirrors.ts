/** Another source: a URL that starts with `from` is fetched from `to` followed by the rest of the URL. */
export interface Mirror {
  /** Compared with the URL as the WHATWG parser writes it (scheme and host in lower case). */
  readonly from: string;
  /** Its scheme, host and port may be private, because the user configured exactly that origin. */
  readonly to: string;
  /** Value of the header `Authorization` for requests to this mirror. The address itself contains no credentials. */
  readonly authorization?: string | undefined;
}

/** The URL that is requested instead, and which private origin may answer. */
export interface Mirrored {
  readonly url: string;
  /** Set only if a mirror applied. */
  readonly exemptOrigin: string | undefined;
  /** For that origin. */
  readonly authorization?: string | undefined;
}

/** Applies the mirror with the longest matching `from`. The fragment is removed, as it is never sent to a server. */
export function applyMirrors(url: string, mirrors: readonly Mirror[]): Mirrored {
  if (!URL.canParse(url)) return { url, exemptOrigin: undefined };
  const parsed = new URL(url);
  parsed.hash = '';
  const { href } = parsed;
  const mirror = mirrors
    .filter(({ from }) => href.startsWith(from))
    .reduce<Mirror | undefined>((a, b) => (a && a.from.length >= b.from.length ? a : b), undefined);
  if (!mirror) return { url: href, exemptOrigin: undefined };
  return {
    url: mirror.to + href.slice(mirror.from.length),
    exemptOrigin: URL.canParse(mirror.to) ? new URL(mirror.to).origin : undefined,
    authorization: mirror.authorization,
  };
}

/**
 * The URL that is actually requested first. It is also the cache key, so that a mirror's bytes are never used for the
 * original host.
 */
export function fetchedUrl(url: string, mirrors: readonly Mirror[] = []): string {
  return applyMirrors(url, mirrors).url;
}
