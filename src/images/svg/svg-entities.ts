import { SvgFault } from './svg-fault.ts';

/** Limit of characters to which all entities of a document may expand: old Illustrator files need some thousands. */
const MAX_EXPANDED = 1_000_000;

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of an entity; undefined for an external one. */
type Declared = ReadonlyMap<string, string | undefined>;

/**
 * Replacement texts of entities, from `<!ENTITY name "value">` in the document type
 * (https://www.w3.org/TR/xml/#sec-entity-decl). Nothing outside of the document is read, and together they may not expand to
 * more than a million characters.
 *
 * @param doctype the text between `<!DOCTYPE` and its `>`.
 * @returns replacement texts by name; reading one that is not available throws an {@link SvgFault}.
 */
export function entityTable(doctype: string): Record<string, string> {
  const table: Record<string, string> = Object.assign(Object.create(null), PREDEFINED);
  const declared = declarations(doctype);
  const values = new Map<string, string>();
  let expanded = 0;
  const spend = (text: string): string => {
    expanded += text.length;
    if (expanded > MAX_EXPANDED) throw new SvgFault('declares XML entities that expand without limit');
    return text;
  };
  const expand = (name: string, open: readonly string[]): string => {
    if (Object.hasOwn(PREDEFINED, name)) return PREDEFINED[name] ?? '';
    const known = values.get(name);
    if (known !== undefined) return spend(known);
    if (open.includes(name) || open.length > 100) {
      throw new SvgFault('declares XML entities that expand without limit');
    }
    const literal = declared.get(name);
    if (literal === undefined) throw new SvgFault(reasonFor(name, declared));
    const replacement = characters(literal);
    if (replacement.includes('<')) throw new SvgFault('declares XML entities that contain markup');
    const value = replacement.replace(/&([^;&\s]*);/g, (reference, inner: string) =>
      inner.startsWith('#') ? characters(reference) : expand(inner, [...open, name]),
    );
    values.set(name, value);
    return spend(value);
  };
  for (const name of declared.keys()) {
    if (Object.hasOwn(PREDEFINED, name)) continue;
    Object.defineProperty(table, name, { get: () => expand(name, []) });
  }
  return table;
}

function reasonFor(name: string, declared: Declared): string {
  return declared.has(name) ? 'refers to an external XML entity' : 'is not well-formed XML: undefined entity';
}

/** Character references are replaced where an entity is declared. */
function characters(text: string): string {
  return text.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const valid = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid || code === 9 || code === 10 || code === 13 ? String.fromCodePoint(code) : whole;
  });
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!ENTITY\s+(%\s+)?([^\s"'<>%]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\b)|<![A-Z]+|"[^"]*"|'[^']*'|%[^\s;"'<>%]+;/g;

function declarations(doctype: string): Declared {
  const start = subsetStart(doctype);
  const declared = new Map<string, string | undefined>();
  if (start < 0) return declared;
  for (const [token, parameter, name, a, b] of doctype.slice(start).matchAll(TOKEN)) {
    // The declarations of such an entity are not known, so all later ones are ignored.
    if (token.startsWith('%')) throw new SvgFault('refers to an external XML entity');
    // The first of two declarations counts.
    if (name !== undefined && parameter === undefined && !declared.has(name)) declared.set(name, a ?? b);
  }
  return declared;
}

/** Where the declarations begin: the public and system identifiers before them may contain any character. */
function subsetStart(doctype: string): number {
  const quotes = /"[^"]*"|'[^']*'|\[/g;
  for (let found = quotes.exec(doctype); found; found = quotes.exec(doctype)) {
    if (found[0] === '[') return quotes.lastIndex;
  }
  return -1;
}
