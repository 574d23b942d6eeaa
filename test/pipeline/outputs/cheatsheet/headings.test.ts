import { describe, expect, test } from 'vitest';
import type { Block } from '../../../../src/model/model.ts';
import { belongsToTask, definesHeading } from '../../../../src/pipeline/outputs/cheatsheet/headings.ts';
import { judgedBlocks } from '../../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { block, laidOutSlide, layout } from '../../../support/sample.ts';

/** The last block of a slide. */
function lastOf(...blocks: readonly Partial<Block>[]) {
  const slide = laidOutSlide({ blocks: blocks.map((one) => block({ heading: '', ...one })) });
  const [last] = judgedBlocks(layout({ slides: [slide] })).slice(-1);
  if (!last) throw new Error('the slide has no block');
  return last;
}

describe('a block belongs to an exercise', () => {
  test.each([
    'Exercise 2.1: Write a program.',
    'Question 3: What is a module?',
    'Übung 4',
    'Réponse : 3',
    'Homework: session 2',
    'Solution',
  ])('if it begins with “%s”', (text) => {
    expect(belongsToTask(lastOf({ kind: 'text', text }))).toBe(true);
  });

  test('if a text above it announces one', () => {
    expect(belongsToTask(lastOf({ text: 'Aufgabe 3. Vertauschen Sie.' }, { kind: 'code', text: 'x' }))).toBe(
      true,
    );
  });

  test('if its lead sentence announces the solution', () => {
    expect(belongsToTask(lastOf({ kind: 'code', text: 'x', lead: 'Solution' }))).toBe(true);
  });

  test('but not if another heading is between', () => {
    const last = lastOf({ text: 'Exercise 1', heading: 'Practice' }, { text: 'x', heading: 'Loops' });
    expect(belongsToTask(last)).toBe(false);
  });

  test('but not if it is named like one', () => {
    const heading = 'Variable Assignment';
    expect(belongsToTask(lastOf({ kind: 'code', text: 'x <- 10', heading }))).toBe(false);
  });

  test('but not if it only mentions one', () => {
    const text = 'The answer of a server has three parts, as the exercise will show';
    expect(belongsToTask(lastOf({ text }))).toBe(false);
  });
});

describe('a sentence says what its heading means', () => {
  test.each([
    ['ReplicaSet', 'A ReplicaSet ensures that enough pods are running.'],
    ['Clef primaire', 'Une clef primaire est un identifiant unique.'],
    ['Zeiger', 'Ein Zeiger ist eine Variable.'],
    ['Los punteros', 'Los punteros son variables cuyos valores son direcciones.'],
    ['git diff', 'Displays the difference between two versions.'],
    ['Page Object', 'Es un patrón de diseño.'],
  ])('below “%s”', (heading, text) => {
    expect(definesHeading(lastOf({ text, heading }))).toBe(true);
  });

  test.each([
    ['Git', 'We use it at work since spring.'],
    ['Branches', 'Think of them like a tree.'],
  ])('not if it says something else below “%s”', (heading, text) => {
    expect(definesHeading(lastOf({ text, heading }))).toBe(false);
  });
});
