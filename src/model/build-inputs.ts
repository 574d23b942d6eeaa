/** By name: a hex SHA-256, or `missing` for what was requested and not found. */
export type Digests = Readonly<Record<string, string>>;

/** Everything that the files of a deck depend on: equal inputs give equal bytes. */
export interface BuildInputs {
  /** Files of the project, by their path from its root. */
  readonly files: Digests;
  /** Files from the web, by their URL. */
  readonly remote: Digests;
  /** Hash of the targets of the deck's links to other decks of the build. */
  readonly links: string;
  /** Options that change files, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Versions of Deckhand, of its dependencies and of the browser. */
  readonly versions: Readonly<Record<string, string>>;
  /** Hash of the fonts that the browser chooses from. */
  readonly fonts: string;
  /** The date in the files. */
  readonly date: string;
  /** The deck's last commit. */
  readonly commit?: string;
}
