import * as z from 'zod';
import { PRINT_SIZES, parsePrintSize } from '../paper/print-size.ts';
import { DECK_KEYS } from './deck-keys.ts';
import { type Row, row } from './option-row.ts';

const deckRow = <S extends z.ZodType>(
  options: Omit<Row, 'schema' | 'topic' | 'default'> & { readonly schema: S },
) => row({ changesFiles: true, ...options, default: undefined, topic: 'deck' });

const { shape } = DECK_KEYS;
const text = z.string().min(1).optional();

/**
 * Front matter settings for all decks of a run, which override those of the decks. Flags are those of reveal-md:
 * https://github.com/webpro/reveal-md
 */
export const DECK_OPTIONS = {
  'deck.title': deckRow({
    flag: 'title',
    type: 'string',
    value: 'TEXT',
    help: 'title of the deck',
    schema: text,
  }),
  'deck.theme': deckRow({
    flag: 'theme',
    alias: 't',
    type: 'string',
    value: 'THEME',
    help: 'name, path or URL of the theme',
    schema: text,
  }),
  'deck.highlightTheme': deckRow({
    flag: 'highlight-theme',
    type: 'string',
    value: 'STYLE',
    help: 'highlight.js style for code',
    schema: text,
  }),
  'deck.css': deckRow({
    flag: 'css',
    type: 'list',
    value: 'FILES',
    help: 'additional stylesheets, separated by commas',
    schema: shape.css,
  }),
  'deck.separator': deckRow({
    flag: 'separator',
    alias: 's',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates slides',
    schema: text,
  }),
  'deck.verticalSeparator': deckRow({
    flag: 'vertical-separator',
    alias: 'S',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates the vertical slides of a stack',
    schema: text,
  }),
  'deck.notesSeparator': deckRow({
    flag: 'notes-separator',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates a slide from its speaker notes',
    schema: text,
  }),
  'deck.assetsDir': deckRow({
    flag: 'assets-dir',
    type: 'string',
    value: 'NAME',
    help: 'path prefix that stands for the working directory in decks; default: _assets',
    schema: text,
  }),
  'deck.template': deckRow({
    flag: 'template',
    type: 'string',
    value: 'FILE',
    help: 'reveal-md template; its styles, logo and footer are used, its scripts are not run',
    schema: text,
  }),
  'deck.preprocessor': deckRow({
    flag: 'preprocessor',
    type: 'string',
    value: 'FILE',
    help: 'program that changes the Markdown before it is read; it runs only if you name it here',
    flagOnly: true,
    schema: text,
  }),
  'deck.printSize': deckRow({
    flag: 'print-size',
    type: 'string',
    value: 'SIZE',
    help: `page size of the slides PDF: ${PRINT_SIZES}`,
    schema: z
      .string()
      .refine((size) => parsePrintSize(size) !== undefined, { error: `must be ${PRINT_SIZES}` })
      .optional(),
  }),
  print: deckRow({
    flag: 'print',
    type: 'string',
    value: 'FILE',
    isValueOptional: true,
    help: 'write the slides PDF of one deck to this file, and nothing else unless --only or --output is given, too',
    flagOnly: true,
    changesFiles: false,
    schema: z
      .string()
      .refine((file) => !/\.(?:md|markdown)$/i.test(file), { error: 'must be the name of a PDF' })
      .optional(),
  }),
  glob: deckRow({
    flag: 'glob',
    type: 'string',
    value: 'PATTERN',
    help: 'glob pattern of the decks in a folder; default: all Markdown files',
    changesFiles: false,
    schema: text,
  }),
} as const;
