import { describe, expect, test } from 'vitest';
import { importsOf, type SourceFile } from '../../scripts/layers/imports.ts';
import { brokenRules } from '../../scripts/layers/rules.ts';

const LAYERS = ['', 'pipeline/outputs', 'pipeline', 'model'].map((folder) => ({ folder, about: folder }));

const file = (path: string, ...imports: string[]): SourceFile => ({
  path,
  imports: imports.map((one) => ({ path: one.replace('type ', ''), isTypeOnly: one.startsWith('type ') })),
});
const faults = (...files: SourceFile[]) => brokenRules(files, LAYERS, 2);

describe('the layers of the source', () => {
  test('may lead to a lower layer', () => {
    expect(faults(file('a.ts', 'pipeline/b.ts'), file('pipeline/b.ts', 'model/c.ts'))).toEqual([]);
  });

  test('may not lead to a higher layer, not even for a type', () => {
    expect(faults(file('model/a.ts', 'type pipeline/b.ts'))).toEqual([
      'model/a.ts imports upwards: pipeline/b.ts',
    ]);
  });

  test('have no folders that import each other', () => {
    const circle = [file('model/x/a.ts', 'model/y/b.ts'), file('model/y/c.ts', 'model/x/d.ts')];
    expect(faults(...circle)).toEqual(['folders import each other: model/x, model/y']);
  });

  test('have no files that import each other in a circle', () => {
    const circle = [file('a.ts', 'b.ts'), file('b.ts', 'c.ts'), file('c.ts', 'a.ts')];
    expect(faults(...circle)).toContain('files import each other: a.ts, b.ts, c.ts');
  });

  test('have outputs that do not know each other', () => {
    const known = file('pipeline/outputs/handout/a.ts', 'pipeline/outputs/slides.ts');
    expect(faults(known)).toEqual([
      'pipeline/outputs/handout/a.ts knows its neighbour: pipeline/outputs/slides.ts',
    ]);
  });

  test('let a list name all outputs', () => {
    expect(faults(file('pipeline/outputs/index.ts', 'pipeline/outputs/handout/a.ts'))).toEqual([]);
  });

  test('give code that runs in a page nothing but types', () => {
    expect(faults(file('pipeline/page/a.ts', 'type model/b.ts', 'model/c.ts'))).toEqual([
      'pipeline/page/a.ts runs in a page and imports more than types: model/c.ts',
    ]);
  });

  test('keep folders small', () => {
    expect(faults(file('model/a.ts'), file('model/b.ts'), file('model/c.ts'))).toEqual([
      'model has 3 files side by side',
    ]);
  });
});

describe('the imports of a file', () => {
  test.each([
    ["import { a } from './b.ts';", 'x/b.ts', false],
    ["import type { A } from '../b.ts';", 'b.ts', true],
    ["import {\n  a,\n  type B,\n} from './b.ts';", 'x/b.ts', false],
    ["export { a } from './b.ts';", 'x/b.ts', false],
    ["const { a } = await import('./b.ts');", 'x/b.ts', false],
    ["const { a } = await import(\n  './b.ts'\n);", 'x/b.ts', false],
    ["import './b.ts';", 'x/b.ts', false],
  ])('are found: %s', (text, path, isTypeOnly) => {
    expect(importsOf('x/a.ts', text)).toEqual([{ path, isTypeOnly }]);
  });

  test('are those of the program alone', () => {
    expect(importsOf('x/a.ts', "import { readFile } from 'node:fs';\nimport { z } from 'zod';")).toEqual([]);
  });
});
