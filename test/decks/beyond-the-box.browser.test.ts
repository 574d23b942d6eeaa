import { expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${content}</svg>`;

const course = courseBuiltOnce(
  { decks: 'beyond.md', only: ['slides', 'handout'] },
  {
    'beyond.md': ['rect', 'circle', 'text']
      .map((name) => `## ${name}\n\n![${name}](${name}.svg)`)
      .join('\n\n---\n\n'),
    'rect.svg': svg('<rect x="-5" y="-5" width="110" height="110" fill="teal"/>'),
    'circle.svg': svg('<circle cx="50" cy="50" r="90"/><path d="M-9 -9L120 130" stroke="red"/>'),
    'text.svg': svg(
      '<g transform="rotate(20)"><rect x="-20" y="-60" width="300" height="300" fill="#eee"/></g>',
    ),
  },
);

test('a drawing all of whose shapes reach beyond its box is drawn', () => {
  const { outputs, diagnostics } = course.deck('beyond.md');
  expect(diagnostics.filter(({ code }) => code === 'PICTURE_NOT_DRAWN')).toEqual([]);
  expect(outputs.map(({ status }) => status)).toEqual(['complete', 'complete']);
});
