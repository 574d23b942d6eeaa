import type { RecordedCourse } from './courses.ts';

/** Links of every kind, and titles that are hard to put into an outline. */
export const LINKED: RecordedCourse = {
  name: 'linked',
  config: {
    decks: ['decks/links.md', 'variants/outline.md', 'variants/same-id.md'],
    only: ['slides', 'handout'],
  },
  files: {
    'variants/outline.md':
      '---\ntheme: black\n---\n\n# `code`, *stress* & <b>HTML</b> in a title\n\n---\n\nplain words before\n\n# A heading below\n\n----\n\n## Same\n\n----\n\n## Same\n\n---\n\n# Ünïcødé 标题 🪁\n',
    'variants/same-id.md':
      '# One\n\n[to the third](#/2)\n\n---\n\n<!-- .slide: id="twin" -->\n\n# Two\n\n---\n\n<!-- .slide: id="slide-1-1" -->\n\n# Three\n\n[to the first](#/0)\n',
  },
};
