import type { Config } from '../../../src/index.ts';
import type { RecordedCourse } from './courses.ts';

export const PAPER_FORMS_DECK = 'forms.md';

/** Each slide has a word of its own, `w1`, and so have its notes, `n1`; neither is in a title or an address, which are said again elsewhere. */
const SLIDES = [
  '# Deck\n\nw1\n\nNote:\nn1 is *said*, with [a link](https://example.org/said).',
  '## Small type\n\nw2\n\n<p style="font-size:9px">tiny words that nobody reads at nine slides a page</p>\n\nNote:\nn2\n\n- a point\n- another',
  '## Table\n\nw3\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls -l\n```\n\n![A square](img/photo.png)\n\nNote:\nn3 and `code`\n\n```sh\necho noted\n```',
  'w4 has no title\n\n$$a^2$$\n\nNote:\nn4',
  '## Usual\n\nw5\n\n- [linked](https://example.org/linked)\n- twice\n\nNote:\nn5',
];
const MARKDOWN = `---\ntitle: Forms of paper\nauthor: Ada Example\nlang: en\n---\n\n${SLIDES.join('\n\n---\n\n')}\n`;

const form = (name: string, config: Config): RecordedCourse => ({
  name,
  config: { decks: [PAPER_FORMS_DECK], only: ['handout'], ...config },
  files: { [PAPER_FORMS_DECK]: MARKDOWN },
});

/** One deck as a reading copy of its notes, as a text, and with a slide whose cell grew. */
export const NOTES_ONLY = form('notes-only', { notes: 'only' });
export const ARTICLE = form('article', { handout: { form: 'article' } });
export const GROWN = form('grown', { perPage: 9, minType: 5 });
