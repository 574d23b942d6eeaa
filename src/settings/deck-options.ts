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
 * What the front matter of a deck may say, said of all decks of a run: it counts more than what they say themselves. Flags
 * are those of reveal-md: https://github.com/webpro/reveal-md
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
    help: 'theme: a name, a path or a URL',
    schema: text,
  }),
  'deck.highlightTheme': deckRow({
    flag: 'highlight-theme',
    type: 'string',
    value: 'STYLE',
    help: 'style of code: a name from highlight.js',
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
    help: 'separator of slides',
    schema: text,
  }),
  'deck.verticalSeparator': deckRow({
    flag: 'vertical-separator',
    alias: 'S',
    type: 'string',
    value: 'REGEXP',
    help: 'separator of the slides of a stack',
    schema: text,
  }),
  'deck.notesSeparator': deckRow({
    flag: 'notes-separator',
    type: 'string',
    value: 'REGEXP',
    help: 'separator between a slide and its speaker notes',
    schema: text,
  }),
  'deck.assetsDir': deckRow({
    flag: 'assets-dir',
    type: 'string',
    value: 'NAME',
    help: 'name that stands for the working directory in paths of decks; default: _assets',
    schema: text,
  }),
  'deck.template': deckRow({
    flag: 'template',
    type: 'string',
    value: 'FILE',
    help: 'template of reveal-md, for its styles, logo and footer; its scripts are not run',
    schema: text,
  }),
  'deck.preprocessor': deckRow({
    flag: 'preprocessor',
    type: 'string',
    value: 'FILE',
    help: 'program of the project that changes the Markdown first; it is run only if it is named here',
    flagOnly: true,
    schema: text,
  }),
  'deck.printSize': deckRow({
    flag: 'print-size',
    type: 'string',
    value: 'SIZE',
    help: `page of the slides PDF, filled with the slide as far as possible: ${PRINT_SIZES}`,
    schema: z
      .string()
      .refine((size) => parsePrintSize(size) !== undefined, { error: `must be ${PRINT_SIZES}` })
      .optional(),
  }),
  print: deckRow({
    flag: 'print',
    type: 'string',
    help: 'FILE: write the slides PDF of one deck to this file, and nothing else unless --only or --output is given, too',
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
    help: 'pattern of decks in folders; default: all Markdown files',
    changesFiles: false,
    schema: text,
  }),
} as const;
