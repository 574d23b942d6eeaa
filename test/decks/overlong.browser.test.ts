import { expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

// Whatever is on a sheet is longer than anybody expects: nothing may be printed over anything else.

const DECK = 'decks/overlong.md';
const sentence =
  'A title that does not come to its end because its author wanted to say everything at once. ';
const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(6);
const address = `https://example.org/${'a-long-segment/'.repeat(20)}`;
const links = Array.from({ length: 40 }, (_, i) => `[${i}](${address}${i})`).join(' ');
const code = Array.from({ length: 30 }, (_, i) => `line ${i} ${'and on '.repeat(12)}`).join('\n');
const course = courseBuiltOnce(
  {
    ...{ decks: [DECK], only: ['handout'], notes: 'speaker', perPage: 2, booklet: true, cover: true },
    stamp: 'stamp '.repeat(33).trim(),
  },
  {
    [DECK]: `---
title: ${sentence.repeat(3)}
subtitle: ${sentence.repeat(2)}
author: ${'Somebody with a long name, '.repeat(6)}
url: ${address}
---

# ${word}

${links}

---

## ${sentence.repeat(2)}

[a very long address](https://example.org/${'x'.repeat(2500)})

Note:
${`${sentence.repeat(8)}\n\n`.repeat(8)}
\`\`\`
${code}
\`\`\`
`,
  },
);

test('overlong titles, addresses, stamps and notes do not overlap', () => {
  expect(course.diagnostics(DECK, 'SHEET_OVERLAP')).toEqual([]);
});
