import { describe, expect, test } from 'vitest';
import { pictureAlternatives } from '../../../../../src/pipeline/inputs/reveal-md/slides/alternatives.ts';
import { sourceSlide } from '../../../../support/sample.ts';

const of = (markdown: string) => pictureAlternatives(sourceSlide(markdown, { line: 11 }));

describe('a picture without alternative text', () => {
  test('is missed on the line of its element', () => {
    expect(of('# A\n\n<img\n  src="a.png">\n\ntext <img src="b.png">').missing).toEqual([13, 16]);
  });

  test.each([
    ['says what it shows', '<img src="a.png" alt="a kite">'],
    ['is named by another attribute', '<img src="a.png" aria-label="a kite">'],
    ['is described by the comment behind it', '<img src="a.png"> <!-- .element: alt="a kite" -->'],
    ['stands in a code block', '```html\n<img src="a.png">\n```'],
    ['stands in the words of code', 'use `<img src="a.png">`'],
  ])('is not missed where it %s', (_, markdown) => {
    expect(of(markdown)).toEqual({ missing: [], decorations: 0 });
  });

  test.each([
    ['its alt is empty', '<img src="a.png" alt="">'],
    ['its alt is blank', '<img src="a.png" alt=" ">'],
    ['Markdown gives it none', '![](a.png)'],
    ['it is hidden from readers', '<img src="a.png" aria-hidden="true">'],
    ['its role says so', '<img src="a.png" role="presentation" alt="x">'],
  ])('is decoration where %s', (_, markdown) => {
    expect(of(markdown)).toEqual({ missing: [], decorations: 1 });
  });
});
