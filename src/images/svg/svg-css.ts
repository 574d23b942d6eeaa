import { type CssNode, generate, ident, type List, type ListItem, parse, walk } from 'css-tree';
import { fontUrl, fragmentOf, rasterUrl, withoutControls } from './svg-url.ts';
import { NAMESPACE } from './svg-vocabulary.ts';

/** CSS that loads nothing, and the ids that it refers to with `url(#id)`. */
export interface SafeCss {
  readonly css: string;
  readonly ids: readonly string[];
}

/** Addresses that only identify a namespace. */
const NAMESPACES: ReadonlySet<string> = new Set(Object.values(NAMESPACE));

const NOTHING: SafeCss = { css: '', ids: [] };

/** More nesting than any author writes would overflow css-tree's stack. */
const MAX_DEPTH = 32;
/** Limit of brackets, semicolons and commas in one stylesheet: more are only in generated ones, and take seconds. */
const MAX_PIECES = 100_000;
/** css-tree reads the whole text again for each error, so the time is errors times characters. */
const MAX_FAULT_WORK = 100_000_000;

/** Rules that load nothing themselves. `@import`, `@charset`, `@document` and unknown rules are not in the list. */
const AT_RULES = new Set([
  'media',
  'supports',
  'font-face',
  'keyframes',
  '-webkit-keyframes',
  'layer',
  'container',
  'namespace',
  'property',
  'counter-style',
  'font-feature-values',
  'font-palette-values',
  'starting-style',
  'scope',
  'page',
]);

/**
 * Functions that take an address as a plain string, or that used to run scripts; `url` is a function here only if spelled
 * with escapes.
 */
const LOADERS =
  /^(?:url|url-prefix|domain|document|src|image|(?:-webkit-)?image-set|(?:-webkit-|-moz-)?cross-fade|(?:-moz-)?element|(?:-webkit-)?canvas|paint|expression)$/;

/** Text without any of these cannot load anything; a comment or an escape can hide them. */
const SUSPICIOUS =
  /\\|\/\*|@|url|src|image|cross-fade|element|canvas|paint|expression|document|behavior|binding/i;

/** A whole stylesheet; parts that cannot be parsed are dropped, as browsers do. */
export function safeStyleSheet(css: string): SafeCss {
  return settled(css, 'stylesheet');
}

/** The content of a `style` attribute. */
export function safeDeclarations(css: string): SafeCss {
  return SUSPICIOUS.test(css) ? settled(css, 'declarationList') : { css, ids: [] };
}

/** One value, as in a presentation attribute: empty if it would load something. */
export function safeValue(value: string): SafeCss {
  // No value contains an at-rule: it would rely on a parser that continues after a semicolon.
  if (/@(?:import|namespace|font-face)/i.test(value)) return NOTHING;
  return SUSPICIOUS.test(value) ? settled(value, 'value') : { css: value, ids: [] };
}

type Context = 'stylesheet' | 'declarationList' | 'value';

/** Serialized CSS must parse to the same result. Otherwise it was not understood, and is dropped. */
function settled(css: string, context: Context): SafeCss {
  const once = cleaned(css, context);
  const twice = cleaned(once.css, context);
  return once.css === twice.css ? once : NOTHING;
}

function cleaned(css: string, context: Context): SafeCss {
  const tree = parsed(css, context);
  if (tree === undefined) return NOTHING;
  const ids: string[] = [];
  // A part of a single value cannot be dropped.
  if (context === 'value') return isSafe(tree, ids) ? { css: generate(tree), ids } : NOTHING;
  walk(tree, {
    enter(node: CssNode, item: ListItem<CssNode> | undefined, list: List<CssNode> | undefined) {
      const goes = list !== undefined && item !== undefined && !stays(node, ids);
      if (goes) list.remove(item);
      // Declarations are checked as a whole.
      return goes || node.type === 'Declaration' ? walk.skip : undefined;
    },
  });
  return { css: generate(tree), ids };
}

function parsed(css: string, context: Context): CssNode | undefined {
  if (css === '' || isExcessive(css)) return undefined;
  let faults = 0;
  const onParseError = (fault: Error): void => {
    if (++faults * css.length > MAX_FAULT_WORK || context === 'value') throw fault;
  };
  try {
    return parse(css, { context, parseCustomProperty: true, onParseError });
  } catch {
    // Otherwise only a stack overflow is thrown: css-tree accepts any text.
    return undefined;
  }
}

/** Whether a rule or a declaration may stay; its contents are checked later. */
function stays(node: CssNode, ids: string[]): boolean {
  switch (node.type) {
    case 'Declaration':
      return !/behavior|binding/i.test(ident.decode(node.property)) && isSafe(node.value, ids);
    case 'Rule':
      return isSafe(node.prelude, []);
    case 'Atrule':
      if (!AT_RULES.has(node.name.toLowerCase())) return false;
      return node.prelude === null || namesNothing(node.prelude);
    case 'Raw':
    case 'Comment':
    case 'CDO':
    case 'CDC':
      return false;
    default:
      return true;
  }
}

/** Understood completely, and without an external address. Collects the ids, normalizes `data:` URLs. */
function isSafe(tree: CssNode, ids: string[]): boolean {
  let safe = true;
  walk(tree, (node) => {
    if (isLoader(node)) safe = false;
    else if (node.type === 'Url') {
      const address = withoutControls(node.value);
      const id = fragmentOf(address);
      const embedded = id === undefined ? (rasterUrl(address) ?? fontUrl(address)) : address;
      if (id !== undefined) ids.push(id);
      if (embedded === undefined) safe = false;
      else node.value = embedded;
    }
  });
  return safe;
}

function isLoader(node: CssNode): boolean {
  return (
    node.type === 'Raw' || (node.type === 'Function' && LOADERS.test(ident.decode(node.name).toLowerCase()))
  );
}

/** The same for a prelude, where an address can only be a namespace. */
function namesNothing(prelude: CssNode): boolean {
  let named = false;
  walk(prelude, (node) => {
    if (node.type === 'Url' || node.type === 'String') named ||= !NAMESPACES.has(node.value);
    else named ||= isLoader(node);
  });
  return !named;
}

/** Matches escapes, strings and comments as a whole, so that brackets in them do not count. */
const BRACKETS =
  /\\[\s\S]|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|\/\*[\s\S]*?(?:\*\/|$)|[()[\]{};,]/g;

function isExcessive(css: string): boolean {
  let depth = 0;
  let pieces = 0;
  for (const [token] of css.matchAll(BRACKETS)) {
    if (token === '(' || token === '[' || token === '{') depth++;
    else if (token === ')' || token === ']' || token === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH || ++pieces > MAX_PIECES) return true;
  }
  return false;
}
