import { describe, expect, test } from 'vitest';
import { slideIds } from '../../../../../src/pipeline/inputs/reveal-md/slides/slide-ids.ts';

describe('the ids of a slide', () => {
  test('are its own, those of HTML, and those that comments give to elements', () => {
    const markdown =
      '# Title <!-- .element: id="title" -->\n\n<table id="data"><tr><td id="cell">1</td></tr></table>\n\n<!-- .slide: id="own" -->';
    expect(slideIds(markdown)).toEqual(['own', 'title', 'data', 'cell']);
  });

  test('are not those that stand in code, or within drawings', () => {
    const markdown =
      '```html\n<p id="shown">\n```\n\nand `<p id="typed">`\n\n<svg id="drawing"><g id="part"></g></svg>\n';
    expect(slideIds(markdown)).toEqual(['drawing']);
  });
});
