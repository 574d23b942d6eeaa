import type { ProjectStyles } from '../../../paper/project-styles.ts';
import { OPTION_ROWS, type OptionName, type Settings } from '../../../settings/options.ts';
import { textFile } from './bag.ts';
import type { ArchiveFile } from './zip.ts';

/** Options that change the files of a build but not those in an archive, or that have no meaning on other machines. */
const LEFT: readonly string[] = [
  'slides',
  'size',
  'imageFormat',
  'scale',
  'deck.preprocessor',
] satisfies readonly OptionName[];

/** Options that become files of the archive. */
const SHEETS: readonly string[] = ['handout.css', 'cheatsheet.css'] satisfies readonly OptionName[];

/** Any value by the name of its option. */
type Values = Readonly<Record<string, unknown>>;

/**
 * A configuration file with which Deckhand rebuilds the deck, without a network. It also marks the root of the project.
 *
 * @param deck path of its file.
 * @param styles stylesheets of the project, which become files next to it.
 */
export function settingsFiles(deck: string, settings: Settings, styles: ProjectStyles = {}): ArchiveFile[] {
  const sheets = Object.entries(styles).map(([kind, css]) => ({ kind, path: `deckhand-${kind}.css`, css }));
  const values = OPTION_ROWS.flatMap(([name, row]): [string, unknown][] => {
    const value = name.split('.').reduce<unknown>((at, part) => (at as Values)[part], settings);
    const sheet = sheets.find(({ kind }) => name === `${kind}.css`);
    if (sheet) return [[name, sheet.path]];
    const isKept = row.changesFiles && !LEFT.includes(name) && !SHEETS.includes(name);
    return isKept && value !== row.default ? [[name, value]] : [];
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
