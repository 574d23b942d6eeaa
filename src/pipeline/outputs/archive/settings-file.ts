import type { ProjectStyles } from '../../../paper/project-styles.ts';
import { DECK_OPTIONS } from '../../../settings/deck-options.ts';
import { OPTION_ROWS, type OptionName, type Settings } from '../../../settings/options.ts';
import { PAPER_OPTIONS } from '../../../settings/paper-options.ts';
import { textFile } from './bag.ts';
import type { ArchiveFile } from './zip.ts';

/** What changes the bytes of a PDF, besides its deck and pictures. */
const KEPT: readonly string[] = [
  ...([
    'fragments',
    'blankSlides',
    'minScale',
    'linkBase',
    'lang',
    'author',
    'revision',
    'pdfa',
    'attachSource',
  ] as const),
  ...Object.keys(DECK_OPTIONS).filter((name) => name.startsWith('deck.') && name !== 'deck.preprocessor'),
  ...Object.keys(PAPER_OPTIONS),
  ...(['images.mode', 'images.density'] as const),
] satisfies readonly (OptionName | string)[];

/** Become files of the archive where there are any. */
const SHEETS: readonly string[] = ['handout.css', 'cheatsheet.css'] satisfies readonly OptionName[];

/** Any value by the name of its option. */
type Values = Readonly<Record<string, unknown>>;

/**
 * A config file with which Deckhand builds the deck as it was built, and asks nobody for anything. It also marks the root
 * of the project.
 *
 * @param deck path of the Markdown.
 * @param styles of the project, which become files beside it.
 */
export function settingsFiles(deck: string, settings: Settings, styles: ProjectStyles = {}): ArchiveFile[] {
  const sheets = Object.entries(styles).map(([kind, css]) => ({ kind, path: `deckhand-${kind}.css`, css }));
  const values = OPTION_ROWS.flatMap(([name, row]): [string, unknown][] => {
    const value = name.split('.').reduce<unknown>((at, part) => (at as Values)[part], settings);
    const sheet = sheets.find(({ kind }) => name === `${kind}.css`);
    if (sheet) return [[name, sheet.path]];
    return !KEPT.includes(name) || SHEETS.includes(name) || value === row.default ? [] : [[name, value]];
  });
  const { size } = settings;
  const own: [string, unknown][] = [
    ['decks', [deck]],
    ['offline', true],
    ...(size ? [['size', `${size.widthPx}x${size.heightPx}`] as [string, unknown]] : []),
  ];
  const config = nested([...own, ...values]);
  return [
    textFile('deckhand.config.json', `${JSON.stringify(config, null, 2)}\n`),
    ...sheets.map(({ path, css }) => textFile(path, css)),
  ];
}

function nested(values: readonly (readonly [string, unknown])[]): Values {
  const config: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const [group = '', own] = name.split('.');
    config[group] = own === undefined ? value : { ...(config[group] as object | undefined), [own]: value };
  }
  return config;
}
