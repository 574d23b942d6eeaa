import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { cssReferences } from '../../../../markup/css.ts';
import { type Diagnostic, diagnostic, type Place } from '../../../../model/diagnostics.ts';
import { messageOf } from '../../../../model/errors.ts';
import type { Reference, Stylesheet } from '../../../../model/model.ts';
import { lineCounter } from '../../../../text/lines.ts';
import { liesWithin } from '../../../site/project-root.ts';
import type { AskedKeys } from '../configuration/asked-keys.ts';
import { type ConfigPlaces, configFolders } from '../configuration/config-files.ts';
import type { RevealMdPlaces } from '../model/addresses.ts';
import type { DeckTemplate, TemplateStyle } from '../model/markdown-deck.ts';
import { styleReferences } from '../styles/style-references.ts';
import { findHighlightTheme, findStyles, findTheme } from '../styles/themes.ts';
import type { StaticOptions } from './template-options.ts';
import { type PageStyle, type TemplatePage, templatePage } from './template-page.ts';

/** A page of the project around slides, as far as it affects print. */
export interface ReadTemplate {
  readonly template?: DeckTemplate;
  /** The deck's options for reveal.js, merged with those of the page. */
  readonly revealOptions: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  readonly files: readonly { readonly file: string; readonly bytes: Uint8Array }[];
  readonly diagnostics: readonly Diagnostic[];
}

type TemplatePlaces = ConfigPlaces & RevealMdPlaces;

/** The name of reveal-md's own template, which is not a file of the project. */
const OWN = 'template/reveal.html';

/** Reads the template that a deck names, if any: https://github.com/webpro/reveal-md#custom-template */
export async function readTemplate(asked: AskedKeys, places: TemplatePlaces): Promise<ReadTemplate> {
  const { keys, placeOf, revealOptions, values } = asked;
  const name = keys.template;
  const none = { revealOptions, references: [], files: [], diagnostics: [] };
  if (name === undefined || name === OWN) return none;
  const without = (reason: string): ReadTemplate => {
    const message = `the template ${name} ${reason}; the default page of reveal-md is used`;
    const hint =
      'its path is relative to the working directory, to the deck, or to a folder between that and the project’s root';
    return { ...none, diagnostics: [diagnostic('TEMPLATE_UNUSABLE', message, placeOf('template'), hint)] };
  };
  const file = await findTemplate(name, places);
  if (file === undefined) return without('is not in the project');
  const bytes = await readFile(file);
  const text = new TextDecoder().decode(bytes);
  let page: TemplatePage | undefined;
  try {
    page = templatePage(text, { ...values, title: keys.title ?? '' });
  } catch (error) {
    return without(`cannot be read: ${messageOf(error).split('\n')[0]}`);
  }
  if (!page) return without('has no element with the class “slides”');
  const path = relative(places.cwd ?? places.root, file)
    .split(sep)
    .join('/');
  const lineAt = lineCounter(text);
  const placeIn = (words: string): Place & { readonly line: number } => ({
    ...{ deck: places.deck, file: path },
    line: lineAt(Math.max(0, text.indexOf(words))),
  });
  const styles = page.styles.map((style) => resolved(style, places, placeIn));
  return {
    template: { ...page, styles: styles.flatMap(({ style }) => style) },
    revealOptions: withOptionsOf(page, revealOptions),
    references: [
      ...(await Promise.all(styles.map(({ style, at }) => referencesOf(style, at, places)))).flat(),
      ...page.pictures.map((url) => ({ kind: 'image' as const, url, ...lineOf(placeIn(url)) })),
    ],
    files: [{ file, bytes }],
    diagnostics: [...styles.flatMap(({ diagnostics }) => diagnostics), ...notFollowed(name, page, placeIn)],
  };
}

async function findTemplate(name: string, places: ConfigPlaces): Promise<string | undefined> {
  for (const folder of configFolders(places)) {
    const file = resolve(folder, name);
    const isFile = await stat(file).then(
      (stats) => stats.isFile(),
      () => false,
    );
    const homes = [places.root, ...(places.cwd === undefined ? [] : [places.cwd])];
    if (isFile && homes.some((home) => liesWithin(home, file))) return file;
  }
  return undefined;
}

/** A page with reveal-md's placeholder for options uses those of decks; any other page has only its own. */
function withOptionsOf({ takesOptions, reveal }: TemplatePage, own: AskedKeys['revealOptions']) {
  const isKnown = !reveal.unread.includes('slideNumber');
  // By default reveal.js shows no slide numbers; the page of reveal-md does.
  const inPage = { ...(isKnown ? { slideNumber: false } : {}), ...reveal.options };
  return takesOptions ? { ...inPage, ...own } : { ...own, ...inPage };
}

interface Resolved {
  readonly style: readonly TemplateStyle[];
  readonly at: Pick<Reference, 'line' | 'file'>;
  readonly diagnostics: readonly Diagnostic[];
}

function resolved(
  style: PageStyle,
  places: TemplatePlaces,
  placeIn: (words: string) => Place & { readonly line: number },
): Resolved {
  const words = 'href' in style ? style.href : 'css' in style ? style.css : '';
  const place = placeIn(words);
  const at = lineOf(place);
  const found = { ...places, placeOf: () => place };
  const media = 'media' in style && style.media !== undefined ? { media: style.media } : {};
  // A project may have files at reveal-md's own paths; those that it does not have are not needed.
  const sheets = (href: string, isOfRevealMd: boolean): Resolved => {
    const [named, diagnostics] = findStyles([href], found);
    const all = named
      .filter((one) => !isCoreOfRevealJs(one))
      .map((sheet) => ({ kind: 'sheet' as const, sheet, ...media }));
    return { style: all, at, diagnostics: isOfRevealMd ? [] : diagnostics };
  };
  switch (style.kind) {
    case 'named-theme':
    case 'named-highlight': {
      const find = style.kind === 'named-theme' ? findTheme : findHighlightTheme;
      const [sheet, unknown] = find(style.name, found);
      if (unknown.length === 0) return { style: [{ kind: 'sheet', sheet, ...media }], at, diagnostics: [] };
      return sheets(style.href, false);
    }
    case 'sheet':
      return sheets(style.href, style.isOfRevealMd);
    case 'inline':
    case 'theme':
    case 'highlightTheme':
    case 'css':
      return { style: [style], at, diagnostics: [] };
    default:
      return style satisfies never;
  }
}

/**
 * A project may contain the reveal.js that it was made with. Slides are laid out by the version that comes with Deckhand,
 * with its own styles; those of another version would move slides off their page.
 */
function isCoreOfRevealJs(style: Stylesheet): boolean {
  if (!('file' in style)) return false;
  const css = readFileSync(style.file, 'utf8');
  return /\.slides\s*>\s*section\.past\b/.test(css) && /\.reveal\s+\.(?:controls|progress)\b/.test(css);
}

async function referencesOf(
  styles: readonly TemplateStyle[],
  at: Resolved['at'],
  places: TemplatePlaces,
): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const style of styles) {
    if (style.kind === 'inline')
      references.push(...cssReferences(style.css).map(({ kind, url }) => ({ kind, url, ...at })));
    if (style.kind !== 'sheet') continue;
    if ('url' in style.sheet) references.push({ kind: 'stylesheet', url: style.sheet.name, ...at });
    references.push(...(await styleReferences(style.sheet, at, places)));
  }
  return references;
}

function lineOf({ line = 1, file }: Place): Resolved['at'] {
  return { line, ...(file === undefined ? {} : { file }) };
}

function notFollowed(
  name: string,
  { scripts, reveal }: TemplatePage,
  placeIn: (words: string) => Place,
): Diagnostic[] {
  const { unread }: StaticOptions = reveal;
  const diagnostics: Diagnostic[] = [];
  const [first = ''] = scripts;
  if (first !== '') {
    const message = `the scripts of the template ${name} are not run: ${scripts.join(', ')}`;
    const hint =
      'its styles, and what it shows next to the slides, are used. You need not do anything if the pages look right';
    diagnostics.push(
      diagnostic('TEMPLATE_SCRIPTS_LEFT_OUT', message, placeIn(first.replace(/^“|…”$/g, '')), hint),
    );
  }
  if (unread.length > 0) {
    const message = `the template ${name} sets options of reveal.js that only its script knows: ${unread.join(', ')}`;
    const hint = 'if pages should use them, write them into reveal.json';
    const told = diagnostic('TEMPLATE_SCRIPTS_LEFT_OUT', message, placeIn(unread[0] ?? ''), hint);
    diagnostics.push({ ...told, severity: 'info' });
  }
  return diagnostics;
}
