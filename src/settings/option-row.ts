import type * as z from 'zod';

/** One option, with everything that the command line, the environment, configuration files and the documents need. */
export interface Row {
  /** Its name on the command line, without dashes; missing if only a configuration file may set it. */
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
  /** It makes no sense in a configuration file: the file would have to be found first, or the option is meant for a single run. */
  readonly flagOnly?: boolean;
  /** In a configuration file `${NAME}` is replaced with that environment variable, because secrets must not be in a repository. */
  readonly holdsSecrets?: boolean;
  /** It changes the contents of the created files. */
  readonly changesFiles?: boolean;
  /** One of the options that most people use: `--help` lists these first, and README.md has them. */
  readonly isCommon?: boolean;
  /** Its section in the documents and the help, if not the first one. */
  readonly topic?: 'deck' | 'init' | 'limits' | 'paper' | 'vendor';
  readonly schema: z.ZodType;
}

export const row = <S extends z.ZodType>(options: Omit<Row, 'schema'> & { readonly schema: S }) => options;
