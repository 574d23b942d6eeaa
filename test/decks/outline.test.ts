import { describe, expect, test } from 'vitest';
import { readPageLabels } from '../support/pdf.ts';
import { COUNTED, DOWN, NAMED_SLIDES, NAMES, OUTLINED, STEPS } from '../support/recorded/outlined.ts';
import { replayedCourse } from '../support/recorded/replay-course.ts';

const course = replayedCourse(OUTLINED);

describe('the outline', () => {
  test.each(NAMED_SLIDES.map(([name], i) => [name, i] as const))('calls a slide “%s”', async (name, i) => {
    expect((await course.outline(NAMES))[i]).toBe(name);
  });

  test('has the steps of a slide as one, and two slides with one title as two', async () => {
    expect(await course.outline(STEPS)).toEqual(['One', 'Two', '  Two']);
  });
});

test.each([
  [STEPS, ['1', '1 (2)', '1 (3)', '2.1', '2.2']],
  [DOWN, ['1', '2']],
  [COUNTED, ['1 / 2', '2 / 2', '2 / 2']],
])('pages are called what the deck shows: %s', async (deck, labels) => {
  expect(await readPageLabels(await course.bytes(deck))).toEqual(labels);
});
