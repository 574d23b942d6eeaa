import { type MarkedToken, marked, type Token, type Tokens } from 'marked';
import {
  instead,
  joined,
  mapped,
  part,
  type Traced,
  traced,
  untraced,
  withoutIndentation,
} from './traced.ts';

/** The settings in a deck's `revealOptions.markdown` that the parser uses. */
export type MarkdownFlags = Readonly<Record<string, boolean>> | undefined;

/**
 * A slide's Markdown as the HTML that reveal.js makes of it, with the same parser and major version, as far as it matters for
 * the resources of the slide: all HTML that the author wrote, an `<img>` for each image, and text and tags between them. The
 * position of every character of a URL in the Markdown is known.
 */
export function slideHtml(markdown: string, flags: MarkdownFlags = {}): Traced {
  const page: Page = { parts: [], definitions: new Map() };
  const { gfm = true, breaks = false, pedantic = false } = flags;
  const tokens = marked.lexer(markdown, { ...marked.getDefaults(), gfm, breaks, pedantic });
  writeBlocks(page, tokens, traced(markdown));
  // A definition may come after the images that use it.
  return joined(page.parts.map((one) => (typeof one === 'function' ? one() : one)));
}

interface Page {
  readonly parts: (Traced | (() => Traced))[];
  /** The URLs of definitions, by label. */
  readonly definitions: Map<string, Traced>;
}

function writeBlocks(page: Page, tokens: readonly Token[], source: Traced): void {
  for (const [token, own] of placed(tokens, source)) writeBlock(page, token, own);
}

function writeInline(page: Page, tokens: readonly Token[] | undefined, source: Traced): void {
  for (const [token, own] of placed(tokens ?? [], source)) writeSpan(page, token, own);
}

/** Each token with its part of the text. */
function* placed(tokens: readonly Token[], source: Traced): Generator<[MarkedToken, Traced]> {
  let cursor = 0;
  for (const token of tokens) {
    const end = cursor + token.raw.length;
    const found = indexNear(source.text, token.raw, cursor);
    // Where a line of a quote has no mark, the parser repeats text. Line by line it still matches.
    if (found === -1) yield [token as MarkedToken, withoutIndentation(part(source, cursor, end), token.raw)];
    else yield [token as MarkedToken, part(source, found, found + token.raw.length)];
    cursor = found === -1 ? end : found + token.raw.length;
  }
}

/** How far after the last token the next one may begin: only marks and indentation are between them. */
const GAP_CHARS = 1_000;

/**
 * Position of a text, not far after another position; -1 if it is not there. Searching to the end would take quadratic time.
 */
function indexNear(text: string, wanted: string, from: number): number {
  if (text.startsWith(wanted, from)) return from;
  const found = text.slice(from, from + wanted.length + GAP_CHARS).indexOf(wanted);
  return found === -1 ? -1 : from + found;
}

function writeBlock(page: Page, token: MarkedToken, own: Traced): void {
  switch (token.type) {
    case 'blockquote':
      page.parts.push(untraced('<blockquote>'));
      writeBlocks(page, token.tokens, withoutIndentation(own, token.text));
      page.parts.push(untraced('</blockquote>\n'));
      break;
    case 'list':
      page.parts.push(untraced(token.ordered ? '<ol>' : '<ul>'));
      for (const [item, itself] of placed(token.items, own)) writeItem(page, item as Tokens.ListItem, itself);
      page.parts.push(untraced(token.ordered ? '</ol>\n' : '</ul>\n'));
      break;
    case 'table':
      writeTable(page, token, own);
      break;
    case 'heading':
    case 'paragraph':
      page.parts.push(untraced('<p>'));
      writeInline(page, token.tokens, within(own, token.text));
      page.parts.push(untraced('</p>\n'));
      break;
    case 'text':
      if (token.tokens) writeInline(page, token.tokens, within(own, token.text));
      else writeSpan(page, token, own);
      break;
    case 'def':
      page.definitions.set(token.tag, definedUrl(token, own));
      break;
    case 'code':
      page.parts.push(untraced('<pre></pre>\n'));
      break;
    case 'hr':
      page.parts.push(untraced('<hr>\n'));
      break;
    case 'html':
    case 'space':
      page.parts.push(own);
      break;
    default:
      writeSpan(page, token, own);
  }
}

function writeSpan(page: Page, token: MarkedToken, own: Traced): void {
  switch (token.type) {
    case 'image':
      writeImage(page, token, own);
      break;
    case 'link':
      page.parts.push(untraced('<a>'));
      writeInline(page, token.tokens, linkText(token, own));
      page.parts.push(untraced('</a>'));
      break;
    case 'em':
    case 'strong':
    case 'del': {
      const mark = (own.text.length - token.text.length) / 2;
      page.parts.push(untraced(`<${token.type}>`));
      writeInline(page, token.tokens, part(own, mark, own.text.length - mark));
      page.parts.push(untraced(`</${token.type}>`));
      break;
    }
    case 'html':
      page.parts.push(own);
      break;
    case 'br':
      page.parts.push(untraced('<br>'));
      break;
    case 'codespan':
      page.parts.push(untraced('<code></code>'));
      break;
    case 'escape':
      page.parts.push(escaped(part(own, 1)));
      break;
    case 'text':
      page.parts.push(token.escaped ? own : escaped(own));
      break;
  }
}

function writeItem(page: Page, item: Tokens.ListItem, own: Traced): void {
  page.parts.push(untraced('<li>'));
  const tokens = item.task ? item.tokens.flatMap(withoutCheckbox) : item.tokens;
  writeBlocks(page, tokens, withoutIndentation(own, item.text));
  page.parts.push(untraced('</li>\n'));
}

/** The parser puts the checkbox of a task in front of its first text, so that is not found there. */
function withoutCheckbox(token: Token): Token[] {
  if (token.type === 'checkbox') return [];
  const { tokens = [], text = '' } = token as Tokens.Generic;
  const box = tokens[0];
  if (box?.type !== 'checkbox') return [token];
  const rest = { raw: token.raw.slice(box.raw.length), text: text.slice(box.raw.length) };
  return [{ ...token, ...rest, tokens: tokens.slice(1) } as Token];
}

function writeTable(page: Page, { header, rows }: Tokens.Table, own: Traced): void {
  page.parts.push(untraced('<table>'));
  const lines = own.text.split('\n');
  let start = 0;
  lines.forEach((line, number) => {
    const row = number === 0 ? header : rows[number - 2];
    if (row) writeRow(page, row, part(own, start, start + line.length));
    start += line.length + 1;
  });
  page.parts.push(untraced('</table>\n'));
}

function writeRow(page: Page, row: readonly Tokens.TableCell[], line: Traced): void {
  const source = mapped(line, /\\\|/g, () => '|');
  let cursor = 0;
  page.parts.push(untraced('<tr>'));
  for (const { text, tokens } of row) {
    const found = source.text.indexOf(text, cursor);
    page.parts.push(untraced('<td>'));
    writeInline(page, tokens, found === -1 ? untraced(text) : part(source, found, found + text.length));
    page.parts.push(untraced('</td>'));
    if (found !== -1) cursor = found + text.length;
  }
  page.parts.push(untraced('</tr>\n'));
}

/** After a label in brackets comes the URL, the label of a definition, or nothing. */
function writeImage(page: Page, token: Tokens.Image, own: Traced): void {
  // The parser drops URLs that it cannot encode.
  if (token.href === '' || /\p{Surrogate}/u.test(token.href)) return;
  const label = mapped(traced(own.text.slice(2), 2), /\\[[\]]/g, (found) => found.slice(1));
  const labelEnd = token.text === '' ? 2 : (label.to[token.text.length - 1] ?? 2);
  const opening = /^\]\(\s*<?/.exec(own.text.slice(labelEnd));
  const reference = /^\](?:\[([\s\S]*)\])?$/.exec(own.text.slice(labelEnd))?.[1];
  const url = (): Traced => {
    if (opening) return unescapedUrl(part(own, labelEnd + opening[0].length), token.href);
    const tag = (reference || own.text.slice(2, labelEnd)).replace(/\s+/g, ' ').toLowerCase();
    const defined = page.definitions.get(tag);
    return defined?.text === token.href ? defined : untraced(token.href);
  };
  page.parts.push(instead(part(own, 0, 1), '<'), untraced('img src="'));
  page.parts.push(() => encodedUrl(url()));
  // Only whether there is a description matters here.
  page.parts.push(untraced(`" alt="${token.text.trim() === '' ? '' : 'described'}">`));
}

/**
 * With the characters that the parser encodes in the `src` of its `<img>`, but that a browser would leave alone or interpret:
 * otherwise another URL would be requested.
 */
function encodedUrl(url: Traced): Traced {
  const { text } = url;
  const query = text.indexOf('?');
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return mapped(url, /["\\\t [\]|^`{}]/g, (found, index) => {
    if (found === '"') return '&quot;';
    const isLeftAlone = found === ' ' ? index >= start && index < end : query === -1 || index < query;
    return isLeftAlone && found !== '\\' && found !== '\t' ? found : encodeURIComponent(found);
  });
}

function definedUrl(token: Tokens.Def, own: Traced): Traced {
  const opening = /^\s*\[(?:\\[\s\S]|[^\\\]])*\]:\s*<?/.exec(own.text);
  return opening ? unescapedUrl(part(own, opening[0].length), token.href) : untraced(token.href);
}

/** In Markdown, a backslash may precede any punctuation: https://spec.commonmark.org/0.31.2/#backslash-escapes */
function unescapedUrl(source: Traced, url: string): Traced {
  const unescaped = mapped(source, /\\[\p{P}\p{S}]/gu, (found) => found.slice(1));
  return unescaped.text.startsWith(url) ? part(unescaped, 0, url.length) : untraced(url);
}

function linkText({ text }: Tokens.Link, own: Traced): Traced {
  const label = mapped(part(own, 1), /\\[[\]]/g, (found) => found.slice(1));
  return label.text.startsWith(text) ? part(label, 0, text.length) : untraced(text);
}

/** The text of a block: in one piece, or without the indentation of its lines. */
function within(own: Traced, text: string): Traced {
  const start = own.text.indexOf(text);
  return start === -1 ? withoutIndentation(own, text) : part(own, start, start + text.length);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '&': '&amp;',
};

/** As the parser writes text: entities are not decoded. */
function escaped(own: Traced): Traced {
  return mapped(
    own,
    /[<>"']|&(?!(?:#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,
    (found) => ENTITIES[found] ?? found,
  );
}
