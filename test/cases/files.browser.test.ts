import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';

const picture = async (color: string): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();

const drawing = (words: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#175"/><text x="20" y="70" font-size="24">${words}</text></svg>`;

const windows = (text: string): string => text.replaceAll('\n', '\r\n');

const course = courseBuiltOnce(
  {
    only: 'slides',
    decks: [
      ...['lines.md', 'blank.md', 'unix.md', 'mixed.md', 'old.md', 'names.md', 'embeds.md', 'titles/*.md'],
      'encodings/*.md',
    ],
  },
  {
    'lines.md': windows(
      '---\ntheme: white\nseparator: "^\\\\r\\\\n---\\\\r\\\\n$"\nverticalSeparator: "^\\\\r\\\\n--\\\\r\\\\n$"\n---\n\n# Oar\n\n---\n\n# Keel\n\n--\n\n# Under the keel\n\n---\n\n# Mast\n\nNote:\nsaid only\n',
    ),
    'blank.md': windows(
      "---\ntheme: white\nseparator: '\\r\\n\\r\\n\\r\\n'\nverticalSeparator: '\\r\\n\\r\\n'\n---\n# Oar\n\n\n# Keel\n\n# Under it\n",
    ),
    // The other way round: written on Windows, and kept by Git with other line ends.
    'unix.md': "---\ntheme: white\nseparator: '\\r\\n\\*\\*\\*\\r\\n'\n---\n# Oar\n\n***\n\n# Keel\n",
    'mixed.md': '# Oar\r\n\r\n---\n\n# Keel\n\n---\r\n\r\n# Mast\r\n',
    'old.md': '# Oar\r\r---\r\r# Keel\r',
    'encodings/western.md': Buffer.from('# Größe\n', 'latin1'),
    'encodings/wide.md': Buffer.from('\ufeff# Oar\n', 'utf16le'),
    'encodings/binary.md': '# Oar\n\0\0\n',
    'names.md': [
      '---\ntheme: white\n---\n\n![a](pic%20s\\sea.png) ![b](<pic s\\sea.png>)',
      '<!-- .slide: data-background="pic%20s/tag%232.png" -->\n\n## Behind',
      '![c](</pic s/sea.png>)',
      '![d](<pic s/SEA.png>)',
      '![e](pic%20s/cre%CC%80me.png)',
    ].join('\n\n---\n\n'),
    'pic s/sea.png': await picture('#0aa'),
    'pic s/tag#2.png': await picture('#a0a'),
    ['pic s/crème.png'.normalize('NFC')]: await picture('#aa0'),
    'embeds.md': [
      '---\ntheme: white\n---\n\n<object data="hull.svg" type="image/svg+xml" width="240" height="120"></object>',
      '<embed src="sail.svg" width="240" height="120">',
      '<iframe data-src="keel.svg" width="240" height="120"></iframe>',
      '<object data="chart.pdf" type="application/pdf" width="300" height="200"><p>Else: <a href="https://example.org/chart">take the chart</a></p></object>',
      '<object data="none.bin" width="300" height="200"></object>',
    ].join('\n\n---\n\n'),
    'hull.svg': drawing('HULLWORD'),
    'sail.svg': drawing('SAILWORD'),
    'keel.svg': drawing('KEELWORD'),
    'chart.pdf': '%PDF-1.4\n',
    'titles/html.md': '<h2>Sails &amp; Oars</h2>\n\n---\n\n## Later\n',
    'titles/underlined.md': 'Spars\n=====\n\nwords\n\n---\n\n# Later\n',
    'titles/hidden.md': '<!-- .slide: data-visibility="hidden" -->\n\n# Kept back\n\n---\n\n# Seen\n',
    'titles/notes.md': 'words\n\nNotes:\n# Said only\n\n---\n\n# Seen\n',
    'titles/aside.md': 'words\n\n<aside class="notes"><h1>Said only</h1></aside>\n\n---\n\n# Seen\n',
    'titles/entities.md': '# Tide &lt;in&gt;<br>and out\n',
    'titles/math.md': '# Of $v_1$ and $v_2$\n',
  },
);

async function titleOf(path: string): Promise<string> {
  return withPdf(await course.bytes(path), async (pdf) => {
    const { info } = await pdf.getMetadata();
    return String((info as { Title?: string }).Title);
  });
}

describe('a deck written on Windows', () => {
  test.each([
    ['lines.md', ['Oar', 'Keel', 'Underthekeel', 'Mast']],
    ['blank.md', ['Oar', 'Keel', 'Underit']],
    ['unix.md', ['Oar', 'Keel']],
    ['mixed.md', ['Oar', 'Keel', 'Mast']],
    ['old.md', ['Oar', 'Keel']],
  ])('%s is split where its separators say', async (path, titles) => {
    const pages = await course.pages(path);
    expect(
      pages.map(({ text }) =>
        fold(text)
          .replace(/[\d.]+$/, '')
          .toLowerCase(),
      ),
    ).toEqual(titles.map((title) => title.toLowerCase()));
  });
});

describe('a deck that is not in UTF-8', () => {
  test.each([
    ['western.md', /Latin-1/],
    ['wide.md', /UTF-16/],
    ['binary.md', /not text/],
  ])('%s fails, with a hint at what it is', (name, hint) => {
    const path = `encodings/${name}`;
    expect(course.diagnostics(path, 'DECK_UNREADABLE').map((one) => one.hint)).toEqual([
      expect.stringMatching(hint),
    ]);
    expect(course.deck(path).outputs.every(({ status }) => status === 'failed')).toBe(true);
  });
});

describe('a picture', () => {
  test('is found by a path with backslashes', async () => {
    expect((await course.pages('names.md'))[0]?.pictures).toBe(2);
  });

  test('as a slide background is found by an address that reveal.js encodes again', async () => {
    expect((await course.painted('names.md', 2)).colorAt(0.1, 0.1)).toBe('#aa00aa');
  });

  test('is found by a path from the root', async () => {
    expect((await course.pages('names.md'))[2]?.pictures).toBe(1);
  });

  test('that differs in case or accents is found, with a note that names it', () => {
    const noted = course.diagnostics('names.md', 'FILE_NAME_DIFFERS');
    expect(noted.map(({ slide, message }) => [slide, message.normalize('NFC')])).toEqual([
      ['4', 'pic s/SEA.png is the file pic s/sea.png, whose name differs'],
      ['5', 'pic%20s/cre%CC%80me.png is the file pic s/crème.png, whose name differs'],
    ]);
    expect(course.diagnostics('names.md', 'IMAGE_NOT_FOUND')).toEqual([]);
  });
});

describe('what is embedded', () => {
  test.each([
    ['object', 1, 'HULLWORD'],
    ['embed', 2, 'SAILWORD'],
    ['iframe', 3, 'KEELWORD'],
  ])('in an %s is drawn where it is a drawing', async (_element, number, word) => {
    const page = (await course.pages('embeds.md'))[number - 1];
    expect(fold(page?.text ?? '')).toContain(word);
    expect((await course.painted('embeds.md', number)).colorAt(0.5, 0.52)).toBe('#117755');
  });

  test('has a card, and the words that its author wrote for that case', async () => {
    const page = (await course.pages('embeds.md'))[3];
    expect(fold(page?.text ?? '')).toContain('chart.pdf');
    expect(fold(page?.text ?? '')).toMatch(/Else:.*takethechart/);
    expect(page?.links).toContain('https://example.org/chart');
  });

  test('has a card without such words, too', async () => {
    expect(fold((await course.pages('embeds.md'))[4]?.text ?? '')).toContain('none.bin');
  });
});

describe('the title of a deck', () => {
  test.each([
    ['html.md', 'Sails & Oars'],
    ['underlined.md', 'Spars'],
    ['hidden.md', 'Seen'],
    ['notes.md', 'Seen'],
    ['aside.md', 'Seen'],
    ['entities.md', 'Tide <in> and out'],
    ['math.md', 'Of v_1 and v_2'],
  ])('in %s is what its first seen heading says', async (name, title) => {
    expect(await titleOf(`titles/${name}`)).toBe(title);
  });

  test('in the bookmarks is the same', async () => {
    expect(await course.outline('titles/html.md')).toContain('Sails & Oars');
    expect(await course.outline('titles/entities.md')).toContain('Tide <in> and out');
  });
});
