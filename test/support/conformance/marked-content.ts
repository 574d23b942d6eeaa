import { PDFArray, type PDFContext, PDFDict, type PDFDocument, PDFName, PDFNumber, PDFStream } from 'pdf-lib';
import { contentBytes, type Operand, operationsOf } from './content.ts';
import type { Faults } from './faults.ts';
import { checkFont, readFont, type ShownFont } from './fonts.ts';
import { INTENTS, LARGEST_INTEGER, LONGEST_NAME, LONGEST_STRING } from './objects.ts';
import { isLanguage } from './structure.ts';

const name = PDFName.of;

/** ISO 32000-1, table 51, without inline images. */
const OPERATORS = new Set(
  `b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l m M MP n q Q re RG rg ri s S SC
  sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "`.split(/\s+/),
);
const PAINT = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh', 'Do', 'Tj', 'TJ', "'", '"']);
/** ISO 19005-2, 6.1.13. */
const DEEPEST_STATE = 28;

/** One MCID of a content stream, as a page or form has it. */
export interface MarkedContent {
  readonly tag: string;
  readonly id: number;
  /** Whether it paints anything, and whether it shows text or draws objects. */
  paints: boolean;
  shows: boolean;
}

export interface ReadContent {
  /** By the stream's `StructParents`, then by MCID. */
  readonly marked: ReadonlyMap<number, ReadonlyMap<number, MarkedContent>>;
}

/** ISO 14289-1, 7.1 and 7.20; ISO 19005-2, 6.2.2 and 6.2.11. Reads every content stream of a document once. */
export function checkContent(document: PDFDocument, faults: Faults): ReadContent {
  const { context } = document;
  const marked = new Map<number, Map<number, MarkedContent>>();
  const fonts = new Map<PDFDict, ShownFont>();
  const formsWithMarks = new Map<PDFStream, boolean>();
  const drawn = new Map<PDFStream, number>();
  const unseen = new Set<PDFStream>();
  document.getPages().forEach((page, i) => {
    faults.check(page.node.has(name('Resources')), 'A2 6.2.2', `page ${i + 1} inherits its resources`);
    const parents = page.node.get(name('StructParents'));
    walk(`page ${i + 1}`, contentBytes(context, page.node.Contents()), page.node.Resources(), {
      parents: parents instanceof PDFNumber ? parents.asNumber() : undefined,
      inside: 'nothing',
    });
  });
  for (const [form, hasMarks] of formsWithMarks)
    faults.check(
      !hasMarks || (drawn.get(form) ?? 0) < 2,
      'UA1 7.20',
      'a form with marked content is drawn more than once',
    );
  for (const font of fonts.values()) {
    checkFont(context, font, faults);
    for (const glyph of font.glyphs.values()) walkUnseen('a glyph', glyph, font.resources);
  }
  return { marked };

  function walk(
    where: string,
    bytes: Buffer,
    resources: PDFDict | undefined,
    from: { parents: number | undefined; inside: 'nothing' | 'artifact' | 'content' },
  ): boolean {
    const stack: ('artifact' | 'content' | 'other')[] = from.inside === 'nothing' ? [] : [from.inside];
    const base = stack.length;
    const open: MarkedContent[] = [];
    let hasMarks = false;
    let state = 0;
    let deepest = 0;
    let font: ShownFont | undefined;
    let actual = 0;
    const actuals: boolean[] = [];
    for (const { operator, operands } of operationsOf(bytes)) {
      faults.check(OPERATORS.has(operator), 'A2 6.2.2', `${where} uses the operator ${operator}`);
      for (const one of operands) checkOperand(one, where);
      if (operator === 'q') deepest = Math.max(deepest, ++state);
      else if (operator === 'Q') state--;
      else if (operator === 'BMC' || operator === 'BDC') begin(operands);
      else if (operator === 'EMC') end();
      else if (operator === 'Tf') font = fontOf(resources, operands[0]);
      else if (operator === 'gs') maskOf(where, resources, operands[0]);
      else if (operator === 'scn' || operator === 'SCN') patternOf(where, resources, operands.at(-1));
      else if (operator === 'ri')
        faults.check(INTENTS.has(String(operands[0]?.value)), 'A2 6.2.6', `${where} has another intent`);
      else if (operator === 'k' || operator === 'K') faults.add('A2 6.2.4.3', `${where} is in CMYK`);
      else if (PAINT.has(operator)) paint(operator, operands);
    }
    faults.check(state === 0, 'A2 6.2.2', `${where} does not restore its state`);
    faults.check(deepest <= DEEPEST_STATE, 'A2 6.1.13', `${where} saves its state ${deepest} deep`);
    faults.check(stack.length === base, 'UA1 7.1', `${where} leaves marked content open`);
    return hasMarks;

    function begin(given: readonly Operand[]): void {
      const tag = String(given[0]?.value);
      const properties = given[1];
      const id = properties?.type === 'dictionary' ? properties.value.get('MCID') : undefined;
      if (properties?.type === 'name')
        faults.add('ISO 32000 14.6.2', `${where} has properties that are not read`);
      const lang = properties?.type === 'dictionary' ? properties.value.get('Lang') : undefined;
      if (lang?.type === 'string')
        faults.check(isLanguage(lang.value.toString('latin1')), 'UA1 7.2', `${lang.value} is no language`);
      const replaced = properties?.type === 'dictionary' && properties.value.has('ActualText');
      actuals.push(replaced);
      if (replaced) actual++;
      if (tag === 'Artifact') {
        faults.check(!stack.includes('content'), 'UA1 7.1', `${where} has an artifact inside tagged content`);
        stack.push('artifact');
      } else if (id?.type === 'number') {
        hasMarks = true;
        faults.check(
          !stack.includes('artifact'),
          'UA1 7.1',
          `${where} has tagged content inside an artifact`,
        );
        const content = { tag, id: id.value, paints: false, shows: false };
        if (from.parents === undefined)
          faults.add('UA1 7.1', `${where} has marked content and no StructParents`);
        else {
          const ids = marked.get(from.parents) ?? new Map<number, MarkedContent>();
          faults.check(!ids.has(id.value), 'ISO 32000 14.7.4.2', `${where} uses MCID ${id.value} twice`);
          marked.set(from.parents, ids.set(id.value, content));
        }
        open.push(content);
        stack.push('content');
      } else stack.push('other');
    }

    function end(): void {
      const ended = stack.length > base ? stack.pop() : undefined;
      if (ended === undefined) faults.add('UA1 7.1', `${where} ends marked content that it did not begin`);
      if (ended === 'content') open.pop();
      if (actuals.pop()) actual--;
    }

    function paint(operator: string, given: readonly Operand[]): void {
      const inner = operator === 'Do' ? formOf(resources, given[0]) : undefined;
      const top = stack.at(-1);
      const inside = stack.includes('artifact')
        ? 'artifact'
        : stack.includes('content')
          ? 'content'
          : 'nothing';
      for (const one of open) {
        one.paints = true;
        one.shows ||= /^(Do|Tj|TJ|'|")$/.test(operator);
      }
      if (inner) {
        drawn.set(inner.form, (drawn.get(inner.form) ?? 0) + 1);
        const parents = inner.form.dict.get(name('StructParents'));
        if ((drawn.get(inner.form) ?? 0) === 1) {
          const own = inner.form.dict.lookupMaybe(name('Resources'), PDFDict);
          faults.check(own, 'A2 6.2.2', `${where} draws a form without resources of its own`);
          formsWithMarks.set(
            inner.form,
            walk(`a form on ${where}`, contentBytes(context, inner.form), own ?? resources, {
              parents: parents instanceof PDFNumber ? parents.asNumber() : undefined,
              inside,
            }),
          );
        }
        return;
      }
      faults.check(
        top !== undefined && inside !== 'nothing',
        'UA1 7.1',
        `${where} paints with ${operator} neither tagged nor as an artifact`,
      );
      for (const one of given) show(one);
    }

    function show(operand: Operand): void {
      if (operand.type === 'array') for (const one of operand.value) show(one);
      if (operand.type !== 'string' || !font) return;
      for (let i = 0; i + font.bytesPerCode <= operand.value.length; i += font.bytesPerCode) {
        const code = operand.value.readUIntBE(i, font.bytesPerCode);
        font.shown.add(code);
        const isPrivate = /[\uE000-\uF8FF]|[\u{F0000}-\u{10FFFD}]/u.test(font.toUnicode.get(code) ?? '');
        faults.check(
          !isPrivate || actual > 0 || stack.includes('artifact'),
          'A2 6.2.11.7.3',
          `${where} shows a character for private use without ActualText`,
        );
      }
    }
  }

  /** What is painted into masks, patterns and glyphs is nobody's content. */
  function walkUnseen(where: string, stream: PDFStream, resources: PDFDict | undefined): void {
    if (unseen.has(stream)) return;
    unseen.add(stream);
    walk(where, contentBytes(context, stream), resources, { parents: undefined, inside: 'artifact' });
  }

  function maskOf(where: string, resources: PDFDict | undefined, operand: Operand | undefined): void {
    const state = resourceOf(resources, 'ExtGState', operand);
    const mask = state instanceof PDFDict ? context.lookup(state.get(name('SMask'))) : undefined;
    const group = mask instanceof PDFDict ? context.lookup(mask.get(name('G'))) : undefined;
    if (group instanceof PDFStream)
      walkUnseen(`a mask on ${where}`, group, group.dict.lookupMaybe(name('Resources'), PDFDict));
  }

  function patternOf(where: string, resources: PDFDict | undefined, operand: Operand | undefined): void {
    if (operand?.type !== 'name') return;
    const pattern = resourceOf(resources, 'Pattern', operand);
    if (pattern instanceof PDFStream)
      walkUnseen(`a pattern on ${where}`, pattern, pattern.dict.lookupMaybe(name('Resources'), PDFDict));
  }

  function resourceOf(resources: PDFDict | undefined, kind: string, operand: Operand | undefined) {
    const found = context.lookup(
      resources?.lookupMaybe(name(kind), PDFDict)?.get(name(String(operand?.value))),
    );
    faults.check(found, 'A2 6.2.2', `the ${kind} ${operand?.value} is not in the resources`);
    return found;
  }

  function checkOperand(operand: Operand, where: string): void {
    if (operand.type === 'array') for (const one of operand.value) checkOperand(one, where);
    if (operand.type === 'dictionary') for (const one of operand.value.values()) checkOperand(one, where);
    if (operand.type === 'string')
      faults.check(operand.value.length <= LONGEST_STRING, 'A2 6.1.13', `a string on ${where} is too long`);
    if (operand.type === 'name')
      faults.check(operand.value.length <= LONGEST_NAME, 'A2 6.1.13', `a name on ${where} is too long`);
    if (operand.type === 'name')
      faults.check(operand.value !== 'DeviceCMYK', 'A2 6.2.4.3', `${where} is in CMYK`);
    if (operand.type === 'number')
      faults.check(
        !Number.isInteger(operand.value) || Math.abs(operand.value) <= LARGEST_INTEGER,
        'A2 6.1.13',
        `a number on ${where} is too large: ${operand.value}`,
      );
  }

  function fontOf(resources: PDFDict | undefined, operand: Operand | undefined): ShownFont | undefined {
    const dict = context.lookup(
      resources?.lookupMaybe(name('Font'), PDFDict)?.get(name(String(operand?.value))),
    );
    if (!(dict instanceof PDFDict)) {
      faults.add('A2 6.2.2', `the font ${operand?.value} is not in the resources`);
      return undefined;
    }
    const font = fonts.get(dict) ?? readFont(context, dict);
    fonts.set(dict, font);
    return font;
  }

  function formOf(
    resources: PDFDict | undefined,
    operand: Operand | undefined,
  ): { form: PDFStream } | undefined {
    const form = context.lookup(
      resources?.lookupMaybe(name('XObject'), PDFDict)?.get(name(String(operand?.value))),
    );
    if (!(form instanceof PDFStream)) {
      faults.add('A2 6.2.2', `the object ${operand?.value} is not in the resources`);
      return undefined;
    }
    return form.dict.get(name('Subtype')) === name('Form') ? { form } : undefined;
  }
}

/** The numbers of a number tree. ISO 32000-1, 7.9.7. */
export function numberTree(context: PDFContext, root: PDFDict | undefined): Map<number, unknown> {
  const found = new Map<number, unknown>();
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const nums = node.lookupMaybe(name('Nums'), PDFArray);
    for (let i = 0; nums && i + 1 < nums.size(); i += 2)
      found.set(Number(String(nums.get(i))), context.lookup(nums.get(i + 1)));
    for (const kid of node.lookupMaybe(name('Kids'), PDFArray)?.asArray() ?? []) {
      const child = context.lookup(kid);
      if (child instanceof PDFDict) waiting.push(child);
    }
  }
  return found;
}
