import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFName,
  type PDFObject,
  PDFRawStream,
} from 'pdf-lib';

/** An operand of a content stream: number, name (`/Name`), string (bytes), array or dictionary (as written), keyword. */
export type Operand =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'name'; readonly value: string }
  | { readonly type: 'string'; readonly value: Buffer }
  | { readonly type: 'array'; readonly value: readonly Operand[] }
  | { readonly type: 'dictionary'; readonly value: ReadonlyMap<string, Operand> }
  | { readonly type: 'word'; readonly value: string };

export interface Operation {
  readonly operator: string;
  readonly operands: readonly Operand[];
}

/** The bytes of a content stream, or of several that make one. */
export function contentBytes(context: PDFContext, object: PDFObject | undefined): Buffer {
  const found = context.lookup(object);
  if (found instanceof PDFArray)
    return Buffer.concat(found.asArray().flatMap((one) => [contentBytes(context, one), Buffer.from('\n')]));
  if (!(found instanceof PDFRawStream)) return Buffer.alloc(0);
  const filter = found.dict.get(PDFName.of('Filter'));
  if (filter === undefined) return Buffer.from(found.contents);
  if (filter === PDFName.of('FlateDecode') && !found.dict.has(PDFName.of('DecodeParms')))
    return inflateSync(found.contents);
  return Buffer.from(decodePDFRawStream(found).decode());
}

const SPACE = /[\0\t\n\f\r ]/;
const END = /[\0\t\n\f\r ()<>[\]{}/%]/;

/** Reads a content stream by the grammar of ISO 32000-1, 7.2 and 7.8, whoever wrote it. */
export function operationsOf(bytes: Buffer): Operation[] {
  const text = bytes.toString('latin1');
  let at = 0;
  const operations: Operation[] = [];
  let operands: Operand[] = [];
  for (;;) {
    skipSpace();
    if (at >= text.length) break;
    const token = next();
    if (token.type !== 'word' || /^(true|false|null)$/.test(token.value)) {
      operands.push(token);
      continue;
    }
    if (token.value === 'BI') throw new Error('inline images are not read');
    operations.push({ operator: token.value, operands });
    operands = [];
  }
  if (operands.length > 0) throw new Error('operands without an operator');
  return operations;

  function skipSpace(): void {
    for (; at < text.length; at++) {
      if (text[at] === '%') while (at < text.length && !/[\r\n]/.test(text[at] ?? '')) at++;
      else if (!SPACE.test(text[at] ?? '')) return;
    }
  }

  function next(): Operand {
    const char = text[at] ?? '';
    if (char === '/') return { type: 'name', value: name() };
    if (char === '(') return { type: 'string', value: literal() };
    if (text.startsWith('<<', at)) return dictionary();
    if (char === '<') return { type: 'string', value: hex() };
    if (char === '[') return array();
    const word = run();
    if (word === '') throw new Error(`unexpected ${char} at ${at}`);
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return { type: 'number', value: Number(word) };
    return { type: 'word', value: word };
  }

  function run(): string {
    const from = at;
    while (at < text.length && !END.test(text[at] ?? '')) at++;
    return text.slice(from, at);
  }

  function name(): string {
    at++;
    return run().replace(/#([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }

  function literal(): Buffer {
    let depth = 0;
    let value = '';
    for (; at < text.length; at++) {
      const char = text[at] ?? '';
      if (char === '\\') {
        const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
        const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
        const following = text[at + 1] ?? '';
        value += octal
          ? String.fromCharCode(Number.parseInt(octal, 8))
          : following === '\n'
            ? ''
            : (escaped[following] ?? following);
        at += octal ? octal.length : 1;
      } else {
        if (char === '(' && depth++ === 0) continue;
        if (char === ')' && --depth === 0) break;
        value += char;
      }
    }
    at++;
    return Buffer.from(value, 'latin1');
  }

  function hex(): Buffer {
    const end = text.indexOf('>', at);
    const digits = text.slice(at + 1, end).replace(/\s/g, '');
    at = end + 1;
    if (digits.length % 2 === 1) throw new Error('a hexadecimal string has an odd number of digits');
    return Buffer.from(digits, 'hex');
  }

  function array(): Operand {
    at++;
    const value: Operand[] = [];
    for (skipSpace(); text[at] !== ']'; skipSpace()) value.push(next());
    at++;
    return { type: 'array', value };
  }

  function dictionary(): Operand {
    at += 2;
    const value = new Map<string, Operand>();
    for (skipSpace(); !text.startsWith('>>', at); skipSpace()) {
      const key = next();
      skipSpace();
      value.set(String(key.value), next());
    }
    at += 2;
    return { type: 'dictionary', value };
  }
}
