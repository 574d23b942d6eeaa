import { expect, test } from 'vitest';
import { findMeetings } from '../../../../src/pipeline/capture/page/find-meetings.ts';
import { sharedSession } from '../../../support/shared-browser.ts';

const THINGS = [
  { selector: '.one', name: 'one' },
  { selector: '.other', name: 'other' },
];

/** Two boxes next to each other, 100 pixels wide. */
async function meetings(one: string, other: string): Promise<readonly string[]> {
  const box = (name: string, left: number, html: string) =>
    `<div class="${name}" style="position:absolute;left:${left}px;top:0;width:100px;font:10px/20px monospace">${html}</div>`;
  return sharedSession().withPage(async (page) => {
    await page.setContent(
      `<div class="sheet" style="position:relative;width:300px;height:200px">${box('one', 0, one)}${box('other', 100, other)}</div>`,
    );
    return (await page.evaluate(findMeetings, THINGS)).map(({ names }) => names.join(' over '));
  });
}

test('words that reach into their neighbor are found', async () => {
  expect(await meetings('<span style="white-space:pre">far too many words</span>', 'words')).toEqual([
    'one over other',
  ]);
});

test('white space that hangs over the end of a line of code is not found', async () => {
  const code = `<pre style="margin:0;white-space:pre-wrap">${'word '.repeat(4)}${' '.repeat(30)}end</pre>`;
  expect(await meetings(code, 'words')).toEqual([]);
});
