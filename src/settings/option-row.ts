import type * as z from 'zod';

/** Where an option may be given. An environment variable goes with the command line. */
export type Where = 'command line' | 'configuration file' | 'front matter';

/** One option, with everything that the command line, the environment, config files, decks and documents need to know of it. */
export interface Row {
  /**
   * None: on the command line, if it has a flag, and in a configuration file. Some make no sense in a file, which would have
   * to be found first, or which outlives the one run that is meant.
   */
  readonly where?: readonly Where[];
  /** On the command line, without its dashes. */
  readonly flag?: string;
  readonly alias?: string;
  readonly env?: string;
  readonly type: 'string' | 'boolean' | 'number' | 'list' | 'map';
  readonly default: unknown;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
  /** Relative paths in a config file are relative to that file. */
  readonly isPath?: boolean;
  /** In a config file `${NAME}` stands for that environment variable: secrets have no place in a repository. */
  readonly holdsSecrets?: boolean;
  /** What is in the files that are made depends on it. */
  readonly changesFiles?: boolean;
  /** The section of the documents and the help that has it, if not the first. */
  readonly topic?: 'deck' | 'init' | 'limits' | 'paper' | 'vendor';
  readonly schema: z.ZodType;
  /** What a deck says of itself is checked by this: people write it by hand, and YAML takes much text for something else. */
  readonly deckSchema?: z.ZodType;
  /**
   * In front matter its values are texts, however much they look like numbers (the title `1.10` is not 1.1); or those of the
   * keys below it are.
   */
  readonly isText?: true | readonly string[];
  /** Without its right value a deck would have other slides; any other wrong value is as if nobody had given it. */
  readonly isEssential?: boolean;
}

export const row = <S extends z.ZodType>(options: Omit<Row, 'schema'> & { readonly schema: S }) => options;

/** Whether an option may be given there. */
export function isGiven({ where = ['command line', 'configuration file'] }: Row, place: Where): boolean {
  return where.includes(place);
}
