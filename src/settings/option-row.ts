import type * as z from 'zod';

/** Where an option may be given. An environment variable goes with the command line. */
export type Where = 'command line' | 'configuration file' | 'front matter';

/** One option, with everything that the command line, the environment, configuration files, decks and documents need. */
export interface Row {
  /**
   * Default: on the command line, if it has a flag, and in a configuration file. Some options make no sense in a file: the
   * file would have to be found first, or the option is meant for a single run.
   */
  readonly where?: readonly Where[];
  /** Its name on the command line, without dashes. */
  readonly flag?: string;
  readonly alias?: string;
  readonly env?: string;
  readonly type: 'string' | 'boolean' | 'number' | 'list' | 'map';
  readonly default: unknown;
  /** Placeholder for the value in the help. */
  readonly value?: string;
  /** The flag may also be given without a value. */
  readonly isValueOptional?: boolean;
  readonly help: string;
  /** The value is a path; in a configuration file it is relative to that file. */
  readonly isPath?: boolean;
  /** In a configuration file `${NAME}` is replaced with that environment variable, because secrets must not be in a repository. */
  readonly holdsSecrets?: boolean;
  /** It changes the contents of the created files. */
  readonly changesFiles?: boolean;
  /** One of the options that most people use: `--help` lists these first, and README.md has them. */
  readonly isCommon?: boolean;
  /** Its section in the documents and the help, if not the first one. */
  readonly topic?: 'deck' | 'init' | 'limits' | 'paper' | 'vendor';
  readonly schema: z.ZodType;
  /** Checks values in decks: people write them by hand, and YAML reads much text as other types. */
  readonly deckSchema?: z.ZodType;
  /**
   * In front matter its values are strings, even if they look like numbers (the title `1.10` is not 1.1); or those of the
   * listed keys below it are.
   */
  readonly isText?: true | readonly string[];
  /** Without a valid value a deck would have other slides; other invalid values are ignored. */
  readonly isEssential?: boolean;
}

export const row = <S extends z.ZodType>(options: Omit<Row, 'schema'> & { readonly schema: S }) => options;

/** Whether an option may be given there. */
export function isGiven({ where = ['command line', 'configuration file'] }: Row, place: Where): boolean {
  return where.includes(place);
}
