import { describe, expect, test } from 'vitest';
import { headingIds } from '../../../../../src/pipeline/inputs/reveal-md/slides/heading-ids.ts';

describe('the ids of headings, as reveal.js 4 gave them,', () => {
  test.each([
    ['# Set up & run', ['set-up--run']],
    ['## `git push`: how?', ['git-push-how']],
    ['# Über **uns**', ['über-uns']],
    ['# Same\n\n## Same\n\n## Same', ['same', 'same-1', 'same-2']],
    ['Under\n=====', ['under']],
    ['words', []],
  ])('of %j are %j', (markdown, ids) => {
    expect(headingIds(markdown)).toEqual(ids);
  });
});
