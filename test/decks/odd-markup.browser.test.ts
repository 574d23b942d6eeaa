import { expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { ODD } from '../support/recorded/odd.ts';

// What a recording can't tell: pictures are fetched, and files finished, by the build itself.
const course = courseBuiltOnce(ODD.config, ODD.files);

test('a vendored picture is one that was had', () => {
  const codes = course.deck('odd.md').diagnostics.map(({ code }) => code);
  expect(codes.filter((code) => /^IMAGE_(?!ALT|FROM)/.test(code))).toEqual([]);
});

test('a deck of odd markup conforms with the browser of this machine', async () => {
  for (const kind of ['slides', 'handout', 'cheatsheet'] as const)
    expect(await conformanceFaults(await course.bytes('odd.md', kind))).toEqual([]);
});
