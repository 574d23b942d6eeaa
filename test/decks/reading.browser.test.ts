import { beforeAll, describe, expect, test } from 'vitest';
import { assemblePrint } from '../../src/pipeline/assemble/assemble.ts';
import { cheatsheet } from '../../src/pipeline/outputs/cheatsheet/cheatsheet.ts';
import { handout } from '../../src/pipeline/outputs/handout/handout.ts';
import { slides } from '../../src/pipeline/outputs/slides.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { readPdf, readTagged } from '../support/pdf.ts';
import { type PrintedDeck, printDeck, putTogether } from '../support/print.ts';

/** Numbered in the order in which they are written. */
const WORDS = [
  '## w1 w2\n\nw3 **w4 *w5*** `w6` [w7 w8](https://example.org/) w9\n\n- w10\n- w11\n  1. w12\n  2. w13\n- w14\n\n> w15',
  '| w16 | w17 |\n|---|---|\n| w18 | w19 |\n| w20 | [w21](https://example.org/) |\n\n```js\nw22(w23); // w24\nw25\n```\n\nw26',
  '<div style="display:flex"><div><h3>w27</h3><p>w28</p></div><div><p>w29<br>w30</p></div></div><div style="position:absolute;top:0">w31</div><figure><img src="img/photo.png" alt="" width="20"><figcaption>w32</figcaption></figure><div style="opacity:.5">w33 <b>w34</b></div><p style="transform:rotate(3deg)">w35</p><p style="columns:2">w36 w37</p><details><summary>w38</summary>w39</details><dl><dt>w40</dt><dd>w41</dd></dl>',
];
const DECK = 'reading.md';
const MARKDOWN = `---\ntheme: white\n---\n\n${WORDS.join('\n\n---\n\n')}\n`;

const course = courseBuiltOnce({ decks: [DECK] }, { [DECK]: MARKDOWN });

describe('the structure, read from its beginning to its end,', () => {
  const written = MARKDOWN.match(/\bw\d+\b/g) ?? [];
  const read = async (kind: 'slides' | 'handout') =>
    (await readTagged(await course.bytes(DECK, kind))).toLowerCase().match(/\bw\d+\b/g) ?? [];

  test('has the words of the slides in the order of the source', async () => {
    expect(await read('slides')).toEqual(written);
  });

  test('has those of the handout after its title and sections', async () => {
    expect((await read('handout')).slice(-written.length)).toEqual(written);
  });
});

describe('the text of the finished file', () => {
  let printed: PrintedDeck;
  beforeAll(async () => {
    printed = await printDeck(`${course.folder}/decks/things.md`);
  });

  test.each([slides, handout, cheatsheet].map((output) => [output.kind, output] as const))(
    'equals that of Chromium’s print, page by page: %s',
    async (_, output) => {
      const print = await printed.print(output, true);
      const options = { producer: 'test', key: '0'.repeat(64), pdfa: '2a', attachments: [] } as const;
      const { value, diagnostics } = await assemblePrint(
        printed.deck,
        output,
        printed.layout,
        print,
        options,
      );
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const together = await putTogether(print);
      const [before, after] = [await readPdf(together), await readPdf(value[0]?.bytes ?? new Uint8Array())];
      expect(after.map(({ text }) => plain(text))).toEqual(before.map(({ text }) => plain(text)));
      expect(before.some(({ text }) => text.length > 10)).toBe(true);
    },
  );

  /** Chromium maps a ligature to nothing, which no PDF/A may. */
  function plain(text: string): string {
    return text.replaceAll('\0', '\ufffd');
  }
});
