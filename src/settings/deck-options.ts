import * as z from 'zod';
import { PRINT_SIZES, parsePrintSize } from '../paper/print-size.ts';
import { type Row, row } from './option-row.ts';

type Words = Omit<Row, 'default' | 'deckSchema' | 'schema' | 'topic'>;

/** A setting that a deck may have, and that the command line or a configuration file may set for all decks. */
const deckRow = <S extends z.ZodType, D extends z.ZodType>(
  options: Words & { readonly schema: S; readonly deckSchema: D },
) => ({
  where: ['command line', 'configuration file', 'front matter'] as Row['where'],
  changesFiles: true,
  ...options,
  default: undefined,
  topic: 'deck' as const,
});

/** A setting that only a deck may have. */
const frontMatterRow = <D extends z.ZodType>(options: Words & { readonly deckSchema: D }) => ({
  ...options,
  where: ['front matter'] as const,
  schema: options.deckSchema,
  default: undefined,
  topic: 'deck' as const,
});

/** For the command line, where all values are strings. */
const text = z.string().min(1).optional();

const ownText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const ownTexts = z.union([ownText, z.array(ownText)]).transform((value) => [value].flat());
const expression = z.string().min(1);
/** `a, b` is a list of two, as in HTML. */
const splitAtCommas = (texts: readonly string[]): string[] =>
  texts.flatMap((one) => one.split(',')).flatMap((one) => one.trim() || []);
const sections = ownTexts.nullish().transform((value) => value ?? undefined);
const record = z.record(z.string(), z.unknown());

/**
 * The settings of a deck: in its front matter or in reveal-md.json, or for all decks of a run, which overrides them. Keys and
 * flags of reveal-md keep their meaning: https://github.com/webpro/reveal-md
 */
export const DECK_OPTIONS = {
  'deck.title': deckRow({
    flag: 'title',
    type: 'string',
    value: 'TEXT',
    help: 'title of the deck; default: its first heading',
    schema: text,
    deckSchema: ownText,
    isText: true,
  }),
  'deck.subtitle': frontMatterRow({
    type: 'string',
    help: 'subtitle, for the cover of the handout',
    deckSchema: ownText,
    isText: true,
  }),
  'deck.url': frontMatterRow({
    type: 'string',
    help: 'web address of the deck, for its relative links',
    deckSchema: z.url({ protocol: /^https?$/ }),
  }),
  'deck.author': frontMatterRow({
    type: 'string',
    help: 'author; default: --author',
    deckSchema: ownTexts.transform((names) => names.join(', ')),
    isText: true,
  }),
  'deck.lang': frontMatterRow({
    type: 'string',
    help: 'language tag, such as de or pt-BR; default: --lang',
    deckSchema: ownText,
    isText: true,
  }),
  'deck.date': frontMatterRow({
    type: 'string',
    help: 'date, such as 2026-03-31; default: that of the last commit or change',
    deckSchema: ownText,
    isText: true,
  }),
  'deck.revision': frontMatterRow({
    type: 'string',
    help: 'revision; default: --revision, otherwise the last commit',
    deckSchema: ownText,
    isText: true,
  }),
  'deck.description': frontMatterRow({
    type: 'string',
    help: 'subject of the deck, for the properties of its files',
    deckSchema: ownText,
    isText: true,
  }),
  'deck.keywords': frontMatterRow({
    type: 'list',
    help: 'keywords, for the properties of its files',
    deckSchema: ownTexts.transform(splitAtCommas),
    isText: true,
  }),
  'deck.cheatsheet': frontMatterRow({
    type: 'map',
    help: 'sections of the cheatsheet: those to include (take), or to exclude (leave)',
    deckSchema: z.strictObject({ take: sections, leave: sections }),
    isText: ['take', 'leave'],
  }),
  'deck.theme': deckRow({
    flag: 'theme',
    alias: 't',
    type: 'string',
    value: 'THEME',
    help: 'name, path or URL of the theme',
    schema: text,
    deckSchema: ownText,
    isText: true,
  }),
  'deck.highlightTheme': deckRow({
    flag: 'highlight-theme',
    type: 'string',
    value: 'STYLE',
    help: 'highlight.js style for code',
    schema: text,
    deckSchema: ownText,
    isText: true,
  }),
  'deck.separator': deckRow({
    flag: 'separator',
    alias: 's',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates slides',
    schema: text,
    deckSchema: expression,
    isEssential: true,
  }),
  'deck.verticalSeparator': deckRow({
    flag: 'vertical-separator',
    alias: 'S',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates the vertical slides of a stack',
    schema: text,
    deckSchema: expression,
    isEssential: true,
  }),
  'deck.notesSeparator': deckRow({
    flag: 'notes-separator',
    type: 'string',
    value: 'REGEXP',
    help: 'regular expression that separates a slide from its speaker notes',
    schema: text,
    deckSchema: expression,
    isEssential: true,
  }),
  'deck.css': deckRow({
    flag: 'css',
    type: 'list',
    value: 'FILES',
    help: 'additional stylesheets, separated by commas',
    schema: ownTexts.optional(),
    deckSchema: ownTexts,
    isText: true,
  }),
  'deck.math': frontMatterRow({
    type: 'map',
    help: 'false switches formulas off; otherwise options of KaTeX',
    deckSchema: z.union([z.boolean(), z.string(), record]),
  }),
  'deck.mermaid': frontMatterRow({
    type: 'map',
    help: 'false shows Mermaid blocks as code; otherwise options of Mermaid',
    deckSchema: z.union([z.boolean(), record]),
  }),
  'deck.revealOptions': frontMatterRow({
    type: 'map',
    help: 'options of reveal.js, such as width, height, margin and slideNumber',
    deckSchema: record,
  }),
  'deck.assetsDir': deckRow({
    flag: 'assets-dir',
    type: 'string',
    value: 'NAME',
    help: 'path prefix that stands for the working directory in decks; default: _assets',
    schema: text,
    deckSchema: ownText,
  }),
  'deck.template': deckRow({
    flag: 'template',
    type: 'string',
    value: 'FILE',
    help: 'reveal-md template; its styles, logo and footer are used, its scripts are not run',
    schema: text,
    deckSchema: ownText,
  }),
  'deck.preprocessor': deckRow({
    where: ['command line', 'front matter'],
    flag: 'preprocessor',
    type: 'string',
    value: 'FILE',
    help: 'program that changes the Markdown before it is read; it runs only if the command line names it',
    schema: text,
    deckSchema: ownText,
  }),
  'deck.scripts': frontMatterRow({
    type: 'list',
    help: 'scripts of the page; not run',
    deckSchema: ownTexts,
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
    deckSchema: ownText,
  }),
  print: row({
    where: ['command line'],
    flag: 'print',
    type: 'string',
    default: undefined,
    value: 'FILE',
    isValueOptional: true,
    help: 'write the slides PDF of one deck to this file, and nothing else unless --only or --output is given, too',
    topic: 'deck',
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
    deckSchema: ownText,
  }),
} as const satisfies Record<string, Row>;
