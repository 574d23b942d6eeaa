import { expect, test } from 'vitest';
import { linksHeading } from '../../../../src/pipeline/outputs/handout/links-heading.ts';

test.each([
  ['fr-CA', 'Liens'],
  ['DE', 'Links'],
  ['tlh', 'Links'],
  [undefined, 'Links'],
])('the links of a deck in %s are headed %s', (lang, heading) => {
  const metadata = { title: '', keywords: [], ...(lang === undefined ? {} : { lang }) };
  expect(linksHeading({ metadata })).toBe(heading);
});
