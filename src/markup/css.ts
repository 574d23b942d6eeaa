import { tokenize, tokenTypes } from 'css-tree/tokenizer';
import { ident, string, url } from 'css-tree/utils';
import type { Reference } from '../model/model.ts';
import { lineCounter } from '../text/lines.ts';

/** A resource that CSS refers to. */
export interface CssReference {
  readonly kind: Reference['kind'];
  /** With escapes resolved; relative to the stylesheet. */
  readonly url: string;
  /** Where the URL begins in the CSS, after its quote, in UTF-16 units. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** Line of the CSS, from 1. */
  readonly line: number;
}

export interface CssOptions {
  /** A whole stylesheet, the content of a `style` attribute, or one value of `background`. */
  readonly form?: 'stylesheet' | 'declarations' | 'value';
  /** Also what only a screen shows. */
  readonly onScreen?: boolean;
}

/** Properties whose images are never printed. */
const NEVER_PRINTED = new Set(['cursor', 'behavior', '-ms-behavior']);

/** The functions that take a URL as a plain string: https://www.w3.org/TR/css-images-4/#image-set-notation */
const IMAGE_SETS = new Set(['image-set', '-webkit-image-set']);

/** Statements that may come before an `@import`: https://www.w3.org/TR/css-cascade-5/#at-import */
const BEFORE_IMPORT = new Set(['charset', 'import', 'layer']);

interface Token {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** The open functions and blocks around a token. */
interface Bracket {
  readonly closedBy: number;
  /** For a function. */
  readonly name?: string;
  readonly isFontFace?: boolean;
}

/** The part of a rule or declaration that was read so far. */
interface Statement {
  readonly atRule?: string;
  readonly property?: string;
  /** Its first word, until anything but a colon follows. */
  readonly word?: string;
  readonly isEmpty: boolean;
}

const NO_STATEMENT: Statement = { isEmpty: true };

const CLOSING = new Map([
  [tokenTypes.Function, tokenTypes.RightParenthesis],
  [tokenTypes.LeftParenthesis, tokenTypes.RightParenthesis],
  [tokenTypes.LeftSquareBracket, tokenTypes.RightSquareBracket],
  [tokenTypes.LeftCurlyBracket, tokenTypes.RightCurlyBracket],
]);
const IGNORED = new Set([tokenTypes.WhiteSpace, tokenTypes.Comment, tokenTypes.CDO, tokenTypes.CDC]);

/**
 * The resources that CSS refers to: images, imported stylesheets and fonts, in the order of the text. Only tokens are read,
 * so an error affects only its own declaration, and newer CSS is supported, too.
 */
export function cssReferences(css: string, options: CssOptions = {}): CssReference[] {
  const found: CssReference[] = [];
  const lineOf = lineCounter(css);
  const reader = new CssReader(css, options, (kind, token) => {
    const place = urlPlace(css, token);
    const written = place.url.trim();
    if (written === '' || written.startsWith('#') || CARRIES_ITSELF.test(written)) return;
    found.push({ ...place, kind, url: written, line: lineOf(place.from) });
  });
  tokenize(css, (type, start, end) => reader.read({ type, start, end }));
  return found;
}

/** URLs that request nothing: they contain their data, or refer to a part of the page. */
export const CARRIES_ITSELF = /^(?:data|blob|javascript|about):/i;

class CssReader {
  readonly #css: string;
  readonly #found: (kind: Reference['kind'], token: Token) => void;
  readonly #form: NonNullable<CssOptions['form']>;
  readonly #onScreen: boolean;
  readonly #open: Bracket[] = [];
  #statement: Statement;
  #mayImport: boolean;

  constructor(
    css: string,
    { form = 'stylesheet', onScreen = false }: CssOptions,
    found: (kind: Reference['kind'], token: Token) => void,
  ) {
    this.#css = css;
    this.#form = form;
    this.#onScreen = onScreen;
    this.#found = found;
    this.#mayImport = form === 'stylesheet';
    this.#statement = this.#emptyStatement();
  }

  read(token: Token): void {
    const { type } = token;
    if (IGNORED.has(type)) return;
    if (type === tokenTypes.Url) this.#meetUrl(token);
    else if (type === tokenTypes.String) this.#meetString(token);
    const closedBy = CLOSING.get(type);
    if (type === tokenTypes.Semicolon && !this.#isInParentheses()) this.#endStatement();
    else if (type === tokenTypes.RightCurlyBracket) this.#closeBlock();
    else if (type === tokenTypes.LeftCurlyBracket) this.#openBlock();
    else if (type === this.#open.at(-1)?.closedBy) this.#open.pop();
    else {
      this.#continueStatement(token);
      if (closedBy !== undefined) this.#open.push({ closedBy, name: this.#functionName(token) });
    }
  }

  #meetUrl(token: Token): void {
    const kind = this.#kindOfUrl();
    if (kind) this.#found(kind, token);
  }

  #meetString(token: Token): void {
    const name = this.#open.at(-1)?.name ?? '';
    if (name === 'url' || IMAGE_SETS.has(name)) this.#meetUrl(token);
    else if (name === '' && this.#isAtImport()) this.#found('stylesheet', token);
  }

  /** Undefined if a URL is only a name, or is never fetched for print. */
  #kindOfUrl(): Reference['kind'] | undefined {
    if (this.#isAtImport()) return 'stylesheet';
    const { atRule, property } = this.#statement;
    if (atRule !== undefined || property === undefined) return undefined;
    if (NEVER_PRINTED.has(property) && !this.#onScreen) return undefined;
    const block = this.#open.findLast(({ closedBy }) => closedBy === tokenTypes.RightCurlyBracket);
    if (this.#form === 'stylesheet' && !block) return undefined;
    if (!block?.isFontFace) return 'image';
    return property === 'src' ? 'font' : undefined;
  }

  /** Directly after the keyword: conditions may follow. An `@import` in a wrong place is ignored. */
  #isAtImport(): boolean {
    const { atRule, isEmpty } = this.#statement;
    const opened = this.#open.filter(({ name }) => name !== 'url').length;
    return this.#mayImport && atRule === 'import' && isEmpty && opened === 0;
  }

  #continueStatement(token: Token): void {
    if (this.#isInParentheses()) {
      // The string in `@import url("…")` is the next token.
      if (token.type === tokenTypes.String) this.#statement = { ...this.#statement, isEmpty: false };
      return;
    }
    const { atRule, property, word, isEmpty } = this.#statement;
    if (atRule === undefined && property === undefined && isEmpty && token.type === tokenTypes.AtKeyword)
      this.#statement = { atRule: this.#name(token.start + 1, token.end), isEmpty: true };
    else if (property !== undefined) return;
    else if (word !== undefined && token.type === tokenTypes.Colon)
      this.#statement = { property: word, isEmpty: false };
    else if (atRule === undefined && isEmpty && token.type === tokenTypes.Ident)
      this.#statement = { word: this.#name(token.start, token.end), isEmpty: false };
    else {
      const isUrl = token.type === tokenTypes.Function && this.#functionName(token) === 'url';
      this.#statement = { atRule, isEmpty: isEmpty && isUrl };
    }
  }

  #openBlock(): void {
    this.#endStatement({ closedBy: tokenTypes.RightCurlyBracket });
  }

  #closeBlock(): void {
    const isBlock = ({ closedBy }: Bracket): boolean => closedBy === tokenTypes.RightCurlyBracket;
    this.#open.length = Math.max(this.#open.findLastIndex(isBlock), 0);
    this.#statement = this.#emptyStatement();
  }

  #endStatement(block?: Bracket): void {
    const { atRule } = this.#statement;
    const isHarmless = atRule !== undefined && BEFORE_IMPORT.has(atRule) && !block;
    const isNothing = atRule === undefined && this.#statement.isEmpty && !block;
    if (!isHarmless && !isNothing) this.#mayImport = false;
    if (block) this.#open.push({ ...block, isFontFace: atRule === 'font-face' });
    this.#statement = this.#emptyStatement();
  }

  #emptyStatement(): Statement {
    return this.#form === 'value' ? { property: 'background', isEmpty: false } : NO_STATEMENT;
  }

  #isInParentheses(): boolean {
    const last = this.#open.at(-1);
    return last !== undefined && last.closedBy !== tokenTypes.RightCurlyBracket;
  }

  #functionName(token: Token): string | undefined {
    return token.type === tokenTypes.Function ? this.#name(token.start, token.end - 1) : undefined;
  }

  #name(from: number, to: number): string {
    return ident.decode(this.#css.slice(from, to)).toLowerCase();
  }
}

/** Position of the URL in a `url(…)` or a string, without white space, and its text without escapes. */
function urlPlace(css: string, { type, start, end }: Token): { url: string; from: number; to: number } {
  const text = css.slice(start, end);
  if (type === tokenTypes.String) {
    const isClosed = text.length > 1 && text.endsWith(text.charAt(0));
    const inside = text.slice(1, isClosed ? -1 : undefined);
    return { url: string.decode(text), ...trimmed(inside, start + 1) };
  }
  const open = text.indexOf('(') + 1;
  const inside = text.slice(open, text.endsWith(')') ? -1 : undefined);
  return { url: url.decode(`url(${text.slice(open)}`), ...trimmed(inside, start + open) };
}

function trimmed(text: string, offset: number): { from: number; to: number } {
  const from = offset + text.length - text.trimStart().length;
  return { from, to: Math.max(from, offset + text.trimEnd().length) };
}
