import * as z from 'zod';
import { isLanguageTag } from '../text/language.ts';
import { row } from './option-row.ts';

/** Metadata of the files, and the standards that they conform to. */
export const FILE_OPTIONS = {
  lang: row({
    flag: 'lang',
    env: 'DECKHAND_LANG',
    type: 'string',
    default: 'en',
    value: 'TAG',
    help: 'language of decks that do not set lang, such as de or pt-BR; screen readers use it',
    changesFiles: true,
    schema: z.string().refine(isLanguageTag, { error: 'must be a language tag like en, de or pt-BR' }),
  }),
  author: row({
    flag: 'author',
    env: 'DECKHAND_AUTHOR',
    type: 'string',
    default: undefined,
    value: 'NAME',
    help: 'author of decks that do not set it',
    changesFiles: true,
    schema: z.string().min(1).optional(),
  }),
  revision: row({
    flag: 'revision',
    env: 'DECKHAND_REVISION',
    type: 'string',
    default: undefined,
    value: 'TEXT',
    help: 'revision of decks that do not set it; default: their last commit',
    changesFiles: true,
    schema: z.string().min(1).optional(),
  }),
  pdfa: row({
    flag: 'pdfa',
    env: 'DECKHAND_PDFA',
    type: 'string',
    default: '2a',
    value: 'LEVEL',
    help: 'PDF/A level of the PDFs: 2a, 3b or none',
    changesFiles: true,
    schema: z.enum(['2a', '3b', 'none']),
  }),
  attachSource: row({
    flag: 'attach-source',
    env: 'DECKHAND_ATTACH_SOURCE',
    type: 'boolean',
    default: false,
    help: 'attach the Markdown and the lock file of vendored images to each PDF, which makes it PDF/A-3b',
    changesFiles: true,
    schema: z.boolean(),
  }),
} as const;
