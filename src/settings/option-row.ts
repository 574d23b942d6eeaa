import type * as z from 'zod';

/** One option, with everything that the command line, the environment, config files and the documents need to know of it. */
export interface Row {
  /** On the command line, without its dashes; none for what only a config file may hold. */
  readonly flag?: string;
  readonly alias?: string;
  readonly env?: string;
  readonly type: 'string' | 'boolean' | 'number' | 'list' | 'map';
  readonly default: unknown;
  /** What stands for the value in the help. */
  readonly value?: string;
  /** The flag may also be given without a value. */
  readonly isValueOptional?: boolean;
  readonly help: string;
  /** Relative paths in a config file are relative to that file. */
  readonly isPath?: boolean;
  /** Makes no sense in a config file, which would have to be found first, or which outlives the one run that is meant. */
  readonly flagOnly?: boolean;
  /** In a config file `${NAME}` stands for that environment variable: secrets have no place in a repository. */
  readonly holdsSecrets?: boolean;
  /** What is in the files that are made depends on it. */
  readonly changesFiles?: boolean;
  /** One of the options that most people use: `--help` lists these first, and README.md has them. */
  readonly isCommon?: boolean;
  /** The section of the documents and the help that has it, if not the first. */
  readonly topic?: 'deck' | 'init' | 'limits' | 'paper' | 'vendor';
  readonly schema: z.ZodType;
}

export const row = <S extends z.ZodType>(options: Omit<Row, 'schema'> & { readonly schema: S }) => options;
