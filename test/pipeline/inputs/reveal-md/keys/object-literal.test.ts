import fc from 'fast-check';
import JSON5 from 'json5';
import { describe, expect, test } from 'vitest';
import { properties } from '../../../../../src/pipeline/inputs/reveal-md/keys/object-literal.ts';
import { randomCases } from '../../../../support/random-cases.ts';

const read = (text: string) =>
  properties(text, 0).map(({ key, valueFrom, valueTo }) => [key, text.slice(valueFrom, valueTo).trim()]);

describe('the properties of an object literal', () => {
  test.each([
    [
      '{"a": 1, b: \'x\', `c`: 2,}',
      [
        ['a', '1'],
        ['b', "'x'"],
        ['c', '2'],
      ],
    ],
    [
      '{ // {\n a: "}", /* , b: 1 */ c: [1, {d: 2}], }',
      [
        ['a', '"}"'],
        ['c', '[1, {d: 2}]'],
      ],
    ],
    [
      '{a: f(1, 2), b: (x) => { return {c: 1}; }, d: 3}',
      [
        ['a', 'f(1, 2)'],
        ['b', '(x) => { return {c: 1}; }'],
        ['d', '3'],
      ],
    ],
    [
      '{...rest, a: 1, b, run() { return 1; }, c: 2}',
      [
        ['a', '1'],
        ['c', '2'],
      ],
    ],
    [
      '{a: "\\"", b: 4}',
      [
        ['a', '"\\""'],
        ['b', '4'],
      ],
    ],
    ['{}', []],
    ['[1]', []],
    ['', []],
    ['{a: ', [['a', '']]],
    ['{]', []],
  ])('of %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('are those that the parser of JSON5 reads', () => {
    const objects = fc.dictionary(
      fc.string().filter((key) => !/["'\\]|__proto__/.test(key)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(objects, fc.constantFrom(0, 2), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const found = read(text).map(([key, value = '']) => [key, JSON5.parse(value)]);
        expect(found).toEqual(Object.entries(JSON.parse(text)));
      }),
      randomCases(100, 1_000),
    );
  });

  test('end for any text', () => {
    const texts = fc.array(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"', "'", '`', '/', '*', 'a', '\n', '\\'),
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const text = `{${parts.join('')}`;
        for (const { valueFrom, valueTo } of properties(text, 0))
          expect(valueTo).toBeGreaterThanOrEqual(valueFrom);
      }),
      randomCases(300, 3_000),
    );
  });
});
