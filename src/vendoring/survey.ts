import { dirname, join, relative } from 'node:path';
import { type ImageLock, VENDOR_FOLDER } from '../images/lock.ts';
import type { FoundAsset, FoundImage } from '../images/source.ts';
import { DeckError, type Diagnostic } from '../model/diagnostics.ts';
import type { Deck, DeckFile } from '../model/model.ts';
import type { SitePath } from '../model/paths.ts';
import { isSiteUrl, type ResolvedUrl } from '../model/urls.ts';
import { failedDeck } from '../pipeline/failure.ts';
import { inputOf } from '../pipeline/inputs/index.ts';
import { resolveAlone } from '../pipeline/links/deck-links.ts';
import { localizeDeck } from '../pipeline/localize/localize.ts';
import { resourceDiagnostics } from '../pipeline/localize/resource-diagnostics.ts';
import { measureDeck } from '../pipeline/present/measure.ts';
import { readDeck } from '../pipeline/read/read-deck.ts';
import type { RunPorts } from '../pipeline/run-ports.ts';
import { requestedUrl } from '../pipeline/site/picture-url.ts';
import { findProjectFile } from '../pipeline/site/project-files.ts';
import { sitePath } from '../pipeline/site/site-path.ts';
import type { Settings } from '../settings/options.ts';

/** The web resources that a deck needs, and the vendored files that it refers to. */
export interface Survey {
  readonly deck: Deck;
  /** Path of the deck's file below its project's root. */
  readonly path: SitePath;
  readonly remote: ReadonlyMap<ResolvedUrl, FoundImage | FoundAsset>;
  /** URLs of locked images whose file is missing or has changed. */
  readonly damaged: ReadonlySet<string>;
  /** Names of files in the vendor folder. */
  readonly files: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A deck that cannot be read, so that its images are unknown. */
export interface FailedSurvey {
  readonly source: DeckFile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a deck and lays it out, as a build would: some images are only requested by the rendered page.
 *
 * @param lockOf returns the lock of a project, without entries that will be fetched again.
 */
export async function surveyDeck(
  source: DeckFile,
  settings: Settings,
  lockOf: (deck: Deck) => Promise<ImageLock>,
  ports: RunPorts,
): Promise<Survey | FailedSurvey> {
  try {
    const { value: deck, diagnostics } = await readDeck(
      source,
      { cwd: ports.cwd, size: settings.size, sourceDateEpoch: 0 },
      ports.parse,
    );
    const resources = localizeDeck(deck, ports.images, await lockOf(deck));
    const options = {
      fragments: 'final',
      minScale: 0,
      timeoutMs: settings.timeout * 1000,
      signal: ports.signal,
    } as const;
    const site = await inputOf(deck.source).open(deck, options);
    await ports.session.withPage((page) => measureDeck(deck, site, options, resources, resolveAlone, page));
    const localized = await resources.all();
    const remote = new Map<ResolvedUrl, FoundImage | FoundAsset>();
    const files = new Set<string>();
    for (const [url, found] of [...localized.images, ...localized.assets]) {
      const canonical = requestedUrl(url);
      if (!isSiteUrl(canonical)) remote.set(canonical, found);
      else files.add(vendoredName(deck, await findProjectFile(canonical, deck)));
    }
    return {
      deck,
      path: sitePath(deck.root, source.file),
      remote,
      damaged: new Set(localized.damaged.map(({ url }) => url)),
      files,
      diagnostics: [...diagnostics, ...resourceDiagnostics(deck, localized)],
    };
  } catch (error) {
    ports.signal?.throwIfAborted();
    if (error instanceof DeckError) return { source, diagnostics: error.diagnostics };
    return { source, diagnostics: failedDeck(source, error).diagnostics };
  }
}

function vendoredName(deck: Deck, file: string | undefined): string {
  if (file === undefined || dirname(file) !== join(deck.root, VENDOR_FOLDER)) return '';
  return relative(dirname(file), file);
}
