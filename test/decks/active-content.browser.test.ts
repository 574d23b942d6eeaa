import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const EVIL = "document.body.append('Forged')";
const slides = [
  '# Title',
  `## Handler\n\n<img src="img/tile.png" alt="tile" onload="${EVIL}">`,
  `## Error\n\n<img src="data:image/png,x" alt="none" onerror="${EVIL}">`,
  `## Comment\n\ntext <!-- .element: onanimationstart="${EVIL}" style="animation: a 1s" -->`,
  `## Script\n\n<script>${EVIL}</script>`,
  `## Drawing\n\n<svg width="9" height="9" onload="${EVIL}"><script>${EVIL}</script><rect width="9" height="9"/></svg>`,
  '## Refresh\n\n<meta http-equiv="refresh" content="0;url=https://example.org/"> still here',
  '## Again\n\n<META content="0" http-equiv=refresh>',
  '## Base\n\n<base href="https://example.org/">\n\n![local](img/tile.png)',
  '## Form\n\n<form action="https://example.org/" id="f"><input name="a" value="b" autofocus onfocus="this.form.submit()"><button formaction="/x">go</button></form>',
  `## Address\n\n<iframe src="javascript:parent.document.body.append('Forged')"></iframe> <iframe srcdoc="<script>parent.document.body.append('Forged')</script>"></iframe>`,
  '## Last',
];

const course = courseBuiltOnce(
  { decks: ['active.md', 'fine.md'], only: ['slides', 'archive'], timeout: 60, offline: true },
  { 'active.md': slides.join('\n\n---\n\n'), 'fine.md': '# Fine' },
);

describe('a deck with programs', () => {
  test('is printed as if there were none', async () => {
    const pages = await course.pages('active.md');
    expect(pages).toHaveLength(slides.length);
    const text = pages.map((page) => page.text).join('\n');
    expect(text).not.toContain('Forged');
    expect(text).toContain('still here');
    expect(text.toUpperCase()).toContain('LAST');
  });

  test('has its pictures from where they are', async () => {
    expect((await course.pages('active.md'))[8]?.pictures).toBe(1);
  });

  test('has a note with its line for each', () => {
    const notes = course.diagnostics('active.md', 'ACTIVE_CONTENT_IGNORED');
    expect(notes.map(({ slide, severity, message }) => `${slide} ${severity} ${message}`)).toEqual([
      '2 info the script in onload of <img> is ignored',
      '3 info the script in onerror of <img> is ignored',
      '4 info the script in onanimationstart is ignored',
      '5 info a <script> is ignored',
      '6 info the script in onload of <svg> is ignored',
      '6 info a <script> is ignored',
      '7 info a <meta> for refresh is ignored',
      '8 info a <meta> for refresh is ignored',
      '9 info a <base> is ignored',
      '10 info the target of a <form> is ignored',
      '10 info the script in onfocus of <input> is ignored',
      '10 info the target of a <button> is ignored',
    ]);
    expect(notes[0]).toMatchObject({ line: 7 });
  });

  test('has all of its files', () => {
    expect(course.deck('active.md').outputs.map(({ kind }) => kind)).toEqual(['slides', 'archive']);
  });
});
