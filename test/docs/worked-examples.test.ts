import { expect, test } from 'vitest';
import { changed, exampleSteps } from '../support/docs/worked-examples.ts';

test('the steps of a document are its code blocks that name a file, and its commands', () => {
  const markdown = [
    'Text.\n\n```ts file=src/a.ts\nconst a = 1;\n```\n',
    '```diff file=src/b.ts\n-x\n+y\n```\n',
    '```sh\nnpm run docs\nnpm test\n```\n',
    '```ts\nnot a step\n```\n',
  ].join('\n');
  expect(exampleSteps(markdown)).toEqual([
    { type: 'write', file: 'src/a.ts', text: 'const a = 1;\n' },
    { type: 'change', file: 'src/b.ts', diff: '-x\n+y' },
    { type: 'run', command: 'npm run docs' },
    { type: 'run', command: 'npm test' },
  ]);
});

test('a diff is applied where its lines are', () => {
  expect(changed('a\nb\nc\nd\n', ' b\n-c\n+C\n+D', 'x')).toBe('a\nb\nC\nD\nd\n');
});

test('the hunks of a diff are applied in order', () => {
  expect(changed('a\nb\na\nb\n', ' a\n@@\n-a\n+A', 'x')).toBe('a\nb\nA\nb\n');
});

test('a diff whose lines are not there is an error that shows them', () => {
  expect(() => changed('ab\nc\n', '-b\n+B', 'src/x.ts')).toThrow('src/x.ts does not have these lines:\nb');
});
