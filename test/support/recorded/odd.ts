import { ODD_FILES, ODD_SLIDES } from '../odd-slides.ts';
import type { RecordedCourse } from './courses.ts';

/** What Chromium tags badly, one slide each, and a deck of nothing but a background. */
export const ODD: RecordedCourse = {
  name: 'odd',
  config: { decks: ['odd.md', 'blank.md'] },
  files: {
    ...ODD_FILES,
    'odd.md': `---\ntitle: Odd\nmermaid: true\n---\n\n${ODD_SLIDES.join('\n\n---\n\n')}\n`,
    'blank.md': '<!-- .slide: data-background-color="#123" -->\n',
  },
};
