import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { turnIn } from '../../src/async/turn.ts';

test('turns come in the order in which they were requested, whoever waits first', async () => {
  const queue = pLimit(1);
  const come: string[] = [];
  const turns = ['a', 'b', 'c'].map((name) => ({ name, turn: turnIn(queue) }));
  const waiting = turns.toReversed().map(async ({ name, turn }) => {
    await turn.come;
    come.push(name);
    turn.end();
  });
  await Promise.all(waiting);
  expect(come).toEqual(['a', 'b', 'c']);
});

test('a turn that ends before it has come keeps nobody waiting', async () => {
  const queue = pLimit(1);
  const [first, second, third] = [turnIn(queue), turnIn(queue), turnIn(queue)];
  second.end();
  first.end();
  await third.come;
});
