import { createHash } from 'node:crypto';
import type { FoundAsset, FoundImage } from '../images/source.ts';
import type { Deck, Layout } from '../model/model.ts';
import type { BuildInputs, Digests } from '../model/report.ts';
import { isSiteUrl, withoutSite } from '../model/urls.ts';
import { OPTION_ROWS } from '../settings/options.ts';
import { manifest } from '../system/package-root.ts';
import { decodeOrKeep } from '../text/decode.ts';
import type { OutputOptions } from './contract/output.ts';
import type { Localized } from './localize/localize.ts';
import { sitePath } from './site/site-path.ts';
import { isProjectUrl } from './site/site-urls.ts';

/** What the stages have read for a deck. */
export interface ReadParts {
  readonly deck: Pick<Deck, 'commit' | 'date' | 'root' | 'sources'>;
  readonly localized: Pick<Localized, 'assets' | 'files' | 'images'>;
  readonly layouts: readonly Pick<Layout, 'deckLinks'>[];
}

export interface InputsContext {
  readonly version: string;
  readonly browserVersion: string;
  readonly fontsDigest: string;
}

/** The settings of a run, with the contents of the project's own stylesheets. */
type StyledOptions = Partial<OutputOptions>;

/**
 * Collects everything that a deck's build depends on, after everything was read. It contains no secrets, and no paths of this
 * machine.
 */
export function buildInputs(
  { deck, localized, layouts }: ReadParts,
  settings: StyledOptions,
  { version, browserVersion, fontsDigest }: InputsContext,
): BuildInputs {
  const found = [...localized.images, ...localized.assets].map(([url, one]) => [url, digestOf(one)] as const);
  const ofProject = [...found, ...localized.files].filter(([url]) => isProjectUrl(url));
  const ofWeb = found.filter(([url]) => !isSiteUrl(url));
  const read = deck.sources.map(({ file, content }) => [sitePath(deck.root, file), sha256(content)] as const);
  const { dependencies } = manifest();
  return {
    files: sorted([...read, ...ofProject.map(([url, digest]) => [pathOf(url), digest] as const)]),
    remote: sorted(ofWeb),
    links: sha256(JSON.stringify(layouts.map(({ deckLinks }) => deckLinks))),
    settings: changingSettings(settings),
    versions: { deckhand: version, browser: browserVersion, zlib: process.versions.zlib, ...dependencies },
    fonts: fontsDigest,
    date: deck.date.toISOString(),
    ...(deck.commit === undefined ? {} : { commit: deck.commit }),
  };
}

/** The content of the project's own stylesheets counts, not their paths. */
function changingSettings({ styles = {}, ...settings }: StyledOptions): BuildInputs['settings'] {
  const sheets: Readonly<Record<string, string | undefined>> = {
    'handout.css': styles.handout,
    'cheatsheet.css': styles.cheatsheet,
  };
  const values = OPTION_ROWS.filter(([, row]) => row.changesFiles).map(([name]) => {
    const css = sheets[name];
    return [name, css === undefined ? optionValue(settings, name) : sha256(css)] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function optionValue(settings: object, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part], settings);
}

function pathOf(url: string): string {
  return decodeOrKeep(withoutSite(url));
}

function digestOf(found: FoundImage | FoundAsset): string {
  if (!found.ok) return 'missing';
  return 'image' in found ? found.image.sha256 : sha256(found.asset.bytes);
}

function sorted(entries: readonly (readonly [string, string])[]): Digests {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
