import type { CodeEntry } from './entry.ts';

const VENDOR = 'Keep images in the repository with `deckhand vendor`.';

/** Images, stylesheets and fonts: fetching and decoding them. An image's codes begin with `IMAGE_`. */
export const IMAGE_CODES = {
  IMAGE_NOT_FOUND: {
    severity: 'warning',
    meaning: 'a local image does not exist or cannot be read',
    cause: 'The path is misspelled, or is relative to another folder than the deck.',
    remedy: 'Check the path: see [Images in decks](decks.md#images).',
  },
  IMAGE_OUTSIDE_ROOT: {
    severity: 'warning',
    meaning: 'a local image is outside the project of its deck',
    cause:
      'A path with `..`, or a symbolic link. The project is the nearest parent folder with a Deckhand configuration, a `package.json` or a `.git`.',
    remedy:
      'Move the image into the project, or put a `deckhand.config.yaml` into the folder that holds both.',
  },
  IMAGE_OFFLINE: {
    severity: 'warning',
    meaning: 'a remote image is not in the cache, and --offline is set',
    cause: 'It has never been fetched on this machine.',
    remedy: `Build once without \`--offline\`. ${VENDOR}`,
  },
  IMAGE_HTTP_STATUS: {
    severity: 'warning',
    meaning: 'a server answered a request for an image with an error',
    cause:
      'With 404 or 410 the image is gone; with 401 or 403 the server requires a login or refuses programs.',
    remedy:
      'Correct the address, use `--image-mirror` if it moved, `--image-archive` if it is gone, or `images.headers` for a login.',
  },
  IMAGE_UNREACHABLE: {
    severity: 'warning',
    meaning: 'the server of a remote image cannot be reached',
    cause:
      'The host name does not exist, the connection is refused, the certificate is invalid, or there is no network.',
    remedy: `Check the address and the network. ${VENDOR}`,
  },
  IMAGE_TIMEOUT: {
    severity: 'warning',
    meaning: 'the server of a remote image did not answer, or was too slow',
    cause: 'A server that hangs or is overloaded. The time limits are options.',
    remedy: `Try again later, or raise \`--image-total-timeout\`. ${VENDOR}`,
  },
  IMAGE_TOO_LARGE: {
    severity: 'warning',
    meaning: 'an image has more bytes or pixels than the limit',
    cause: 'By default 50 MiB and 100 million pixels.',
    remedy: 'Make the image smaller, or raise `--image-max-megabytes` or `--image-max-megapixels`.',
  },
  IMAGE_FORBIDDEN_ADDRESS: {
    severity: 'warning',
    meaning: 'the URL of an image leads to an address that is not public, or is not http or https',
    cause: 'Decks may only load from public addresses; this also applies to redirects.',
    remedy:
      'For a server of your own use `--image-mirror`: see [What is refused](images.md#what-is-refused).',
  },
  IMAGE_TOO_MANY_REDIRECTS: {
    severity: 'warning',
    meaning: 'the URL of an image redirects too often',
    cause: 'More than five redirects (`--image-max-redirects`), often a loop to a login page.',
    remedy: 'Use the final address of the image.',
  },
  IMAGE_NOT_AN_IMAGE: {
    severity: 'warning',
    meaning: 'the file is not an image',
    cause: 'Often an HTML page, such as a login or an error page, or a page about the image.',
    remedy: 'Use the address of the image file itself (“Copy image address” in a browser).',
  },
  IMAGE_BROKEN: {
    severity: 'warning',
    meaning: 'an image is damaged and cannot be decoded',
    cause: 'The file is truncated or invalid, although some viewers may show a part of it.',
    remedy: 'Export or download the image again.',
  },
  IMAGE_CHANGED: {
    severity: 'error',
    meaning: 'an image is no longer the one that it was when the build began',
    cause: 'Its file, or what its server has, was replaced while the deck was built.',
    remedy: 'Build again.',
  },
  IMAGE_FROM_ARCHIVE: {
    severity: 'warning',
    meaning: 'the address of an image is dead; the copy of the configured archive is used',
    cause: '`--image-archive` is set and had a copy.',
    remedy: VENDOR,
  },
  IMAGE_STALE: {
    severity: 'info',
    meaning: 'a cached image is old, and its server could not be asked whether it changed',
    cause: 'The server did not answer. The cached copy is used.',
    remedy: 'Nothing, or vendor the image.',
  },
  IMAGE_LATE: {
    severity: 'info',
    meaning: 'an image is requested only by the rendered page, not by the Markdown',
    cause: 'For example from a style. It is fetched while the deck is open, which is slower.',
    remedy: 'Nothing.',
  },
  IMAGE_LOCK_DAMAGED: {
    severity: 'warning',
    meaning: 'a vendored image is missing or differs from the lock file',
    cause: 'The file was removed or edited after `deckhand vendor`.',
    remedy: 'Run `deckhand vendor --update URL`, and commit the result.',
  },
  LOCK_INVALID: {
    severity: 'error',
    meaning: 'the lock file of vendored images cannot be read',
    cause: 'It was edited by hand, or has merge conflicts.',
    remedy: 'Restore `images.lock.json` from the repository, or remove it and run `deckhand vendor`.',
  },
  STYLE_UNAVAILABLE: {
    severity: 'warning',
    meaning: 'a stylesheet from the web is not available',
    cause: 'As for images: the message has the reason. The deck is built without it.',
    remedy: 'Keep a copy in the project, and use its path.',
  },
  FONT_UNAVAILABLE: {
    severity: 'warning',
    meaning: 'a font from the web is not available',
    cause: 'As for images: the message has the reason. Another font is used.',
    remedy: 'Keep a copy in the project, and use its path.',
  },
} as const satisfies Record<string, CodeEntry>;
