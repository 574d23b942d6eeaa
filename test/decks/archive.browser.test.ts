import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatLock } from '../../src/images/lock.ts';
import { build } from '../../src/index.ts';
import { requestedUrl } from '../../src/pipeline/site/picture-url.ts';
import { opened, unpack, unzipped } from '../support/archive.ts';
import { bagFaults, bagInfo } from '../support/bagit.ts';
import { courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { readPdf } from '../support/pdf.ts';
import { sharedPorts } from '../support/shared-browser.ts';

const DECK = 'decks/week 1/all.md';
const NAME = 'all-archive';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>';
const VENDORED = requestedUrl('https://web.example/kept/logo.svg');
const LOCK = formatLock([
  {
    url: VENDORED,
    file: 'logo-1a2b3c4d.svg',
    sha256: createHash('sha256').update(SVG).digest('hex'),
    type: 'image/svg+xml',
    bytes: SVG.length,
    width: 40,
    height: 20,
    fetchedAt: '2025-01-31T12:00:00Z',
    fetchedFrom: VENDORED,
    decks: [DECK, 'decks/other.md'],
  },
]);

const FILES = {
  [DECK]: `---
title: All of it
author: A. Author
date: 2026-01-31
url: https://example.com/course/all
theme: white
css: own.css
revealOptions:
  transition: zoom
  slideNumber: c/t
  shuffle: true
  dependencies: [{ src: evil.js }]
---

# All of it

![a photograph](<../../img/it's 50 + ü.png>)

Note:
Say hello.

---

## Math and a diagram

$E = mc^2$

\`\`\`mermaid
flowchart LR
  hull --> keel
\`\`\`

----

## Code

<!-- .slide: data-cheatsheet="keep" -->

\`\`\`js [1|2]
const one = 1;
const two = 2;
\`\`\`

- first <!-- .element: class="fragment" -->
- second <!-- .element: class="fragment" -->

---

<!-- .slide: data-background-image="../../img/tile.png" -->

## From the web

![kept](${VENDORED}) ![gone](https://web.example/gone.png)

<iframe src="https://web.example/page"></iframe>

---

## Trust

<p id="trust" onclick="globalThis.evil = 1">no <a href="javascript:globalThis.evil = 1">harm</a></p>
<script>globalThis.evil = 1</script>
<img src="../../img/tile.png" onload="globalThis.evil = 1" alt="">

---

<!-- .slide: data-visibility="hidden" -->

## Hidden

---

<!-- .slide: data-handout="only" -->

## For paper
`,
  'decks/week 1/own.css':
    '@import "more.css"; .reveal h2 { background: url("../../img/kite.svg") no-repeat }',
  'decks/week 1/more.css': '.reveal p { color: rgb(1, 2, 3) }',
  'img/kite.svg': SVG,
  "img/it's 50 + ü.png": Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
    'base64',
  ),
  'img/unused.svg': SVG,
  'static/img/remote/images.lock.json': LOCK,
  'static/img/remote/logo-1a2b3c4d.svg': SVG,
};

const course = courseBuiltOnce({ only: 'archive', offline: true, decks: DECK }, FILES);

async function bag(): Promise<Map<string, Buffer>> {
  const files = unzipped(await course.bytes(DECK, 'archive'));
  return new Map([...files].map(([path, bytes]) => [path.replace(`${NAME}/`, ''), bytes]));
}
const text = async (path: string): Promise<string> => (await bag()).get(path)?.toString('utf8') ?? '';

describe('the archive of a deck', () => {
  test('is a valid bag', async () => {
    expect(bagFaults(await bag())).toEqual([]);
  });

  test('is one folder, named after the deck', async () => {
    const paths = [...unzipped(await course.bytes(DECK, 'archive')).keys()];
    expect(paths.every((path) => path.startsWith(`${NAME}/`))).toBe(true);
  });

  test('says whose it is, and of what day', async () => {
    const info = bagInfo(await bag());
    expect(info).toEqual(
      expect.arrayContaining([
        ['External-Identifier', 'https://example.com/course/all'],
        ['Bagging-Date', '2026-01-31'],
        ['Title', 'All of it'],
        ['Author', 'A. Author'],
      ]),
    );
  });

  test('has the source, the pictures it uses, and no others', async () => {
    const paths = [...(await bag()).keys()].filter((path) => path.startsWith('data/source/'));
    expect(paths.map((path) => path.replace('data/source/', '')).sort()).toEqual([
      'deckhand.config.json',
      'decks/week 1/all.md',
      'decks/week 1/more.css',
      'decks/week 1/own.css',
      "img/it's 50 + ü.png",
      'img/kite.svg',
      'img/tile.png',
      'static/img/remote/images.lock.json',
      'static/img/remote/logo-1a2b3c4d.svg',
    ]);
  });

  test('has them byte for byte', async () => {
    const files = await bag();
    for (const path of [DECK, 'img/tile.png', 'decks/week 1/own.css'])
      expect(files.get(`data/source/${path}`)).toEqual(await readFile(join(course.folder, path)));
  });

  test('keeps what the lock says of a vendored picture', async () => {
    const { images } = JSON.parse(await text('data/source/static/img/remote/images.lock.json'));
    expect(images).toEqual({ [VENDORED]: { ...JSON.parse(LOCK).images[VENDORED], decks: [DECK] } });
  });

  test('contains all three PDFs, which are not written next to it', async () => {
    const files = await bag();
    const pdfs = [...files.keys()].filter((path) => path.endsWith('.pdf'));
    expect(pdfs).toEqual(['cheatsheet', 'handout', 'slides'].map((kind) => `data/pdf/all-${kind}.pdf`));
    expect(await readPdf(files.get('data/pdf/all-slides.pdf') as Buffer)).toHaveLength(5);
    expect(await readdir(join(course.folder, 'output/week 1/all'))).toEqual(['all-archive.zip']);
  });

  test('lists the pictures as they were printed, each with its file', async () => {
    const files = await bag();
    const list = JSON.parse(await text('data/renditions/index.json')) as {
      file: string;
      sha256: string;
      original: string;
    }[];
    expect(list).toHaveLength(5);
    for (const { file, sha256, original } of list) {
      const bytes = files.get(join('data/renditions', file)) as Buffer;
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(files.has(join('data/renditions', original))).toBe(true);
    }
  });

  test('reports what was lost, and nothing of the machine', async () => {
    const report = JSON.parse(await text('data/report.json'));
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'IMAGE_OFFLINE',
        deck: `source/${DECK}`,
        url: 'https://web.example/gone.png',
      }),
    );
    for (const [path, bytes] of await bag())
      expect([path, bytes.includes(course.folder)]).toEqual([path, false]);
  });

  test('is not made unless it is asked for', async () => {
    const other = await courseBuiltNow({ decks: 'decks/bare.md', offline: true });
    expect(other.deck('decks/bare.md').outputs.map(({ kind }) => kind)).toEqual(['slides', 'handout']);
  });

  test('is in the report, without a number of pages', () => {
    const outputs = course.deck(DECK).outputs;
    expect(outputs).toEqual([
      {
        kind: 'archive',
        file: 'week 1/all/all-archive.zip',
        bytes: expect.any(Number),
        sha256: expect.stringMatching(/^[\da-f]{64}$/),
        key: expect.stringMatching(/^[\da-f]{64}$/),
        status: 'complete',
      },
    ]);
  });
});

describe('the presentation of an archive', () => {
  const start = async () =>
    join(await unpack(await course.bytes(DECK, 'archive')), NAME, 'data/presentation/index.html');

  test('opens from a file with every slide and picture, asks for nothing outside, and complains of nothing', async () => {
    const file = await start();
    const { value, requests, complaints } = await opened(file, async (page) => {
      await page.waitForFunction('[...document.images].every((one) => one.complete)');
      return page.evaluate(() => ({
        slides: [...document.querySelectorAll('.slides section:not(.stack) :is(h1, h2)')].map(
          (one) => one.textContent,
        ),
        lost: [...document.images].filter((one) => one.naturalWidth === 0).map((one) => one.src),
        pictures: document.images.length,
      }));
    });
    expect(value.slides).toEqual(['All of it', 'Math and a diagram', 'Code', 'From the web', 'Trust']);
    expect(value.lost).toEqual([]);
    expect(value.pictures).toBe(3);
    expect(complaints).toEqual([]);
    const folder = `file://${file.replace('/presentation/index.html', '')}`;
    expect(requests.filter((url) => !url.startsWith(folder))).toEqual([]);
  });

  test('goes through slides and fragments with the keys', async () => {
    const { value } = await opened(await start(), async (page) => {
      const seen = [];
      for (let i = 0; i < 8; i++) {
        seen.push(await page.evaluate('Object.values(Reveal.getIndices()).join()'));
        await page.keyboard.press('Space');
      }
      return seen;
    });
    expect(value).toEqual(['0,0,', '1,0,', '1,1,-1', '1,1,0', '1,1,1', '1,1,2', '2,0,', '3,0,']);
  });

  test('has the options of the deck that can do no harm', async () => {
    const { value } = await opened(await start(), (page) =>
      page.evaluate(
        '(({ transition, slideNumber, shuffle, dependencies }) => ({ transition, slideNumber, shuffle, dependencies }))(Reveal.getConfig())',
      ),
    );
    expect(value).toEqual({ transition: 'zoom', slideNumber: 'c/t', shuffle: false, dependencies: [] });
  });

  test('shows formulas, diagrams, code and backgrounds as they were printed', async () => {
    const { value } = await opened(await start(), async (page) => {
      await page.evaluate('Reveal.slide(2)');
      return page.evaluate(() => ({
        formula: document.querySelector('.katex-html')?.textContent,
        diagram: document.querySelector('svg.deckhand-drawing')?.textContent?.includes('hull'),
        keyword: document.querySelector('.hljs-keyword')?.textContent,
        steps: document.querySelectorAll('code.fragment').length,
        background: getComputedStyle(
          document.querySelector('.backgrounds > .present > .slide-background-content') as Element,
        ).backgroundImage,
        styled: getComputedStyle(document.querySelector('.slides p') as Element).color,
      }));
    });
    expect(value).toMatchObject({ diagram: true, keyword: 'const', steps: 1, styled: 'rgb(1, 2, 3)' });
    expect(value.formula).toMatch(/^E=mc2/);
    expect(value.background).toMatch(/source\/img\/tile\.png"\)$/);
  });

  test('shows the speaker notes at a key', async () => {
    const { value } = await opened(await start(), async (page) => {
      const shown = () =>
        page.evaluate(() => document.querySelector<HTMLElement>('.speaker-notes')?.checkVisibility());
      const before = await shown();
      await page.keyboard.press('s');
      return [
        before,
        await shown(),
        await page.evaluate(() => document.querySelector('.speaker-notes')?.textContent?.trim()),
      ];
    });
    expect(value).toEqual([false, true, 'Say hello.']);
  });

  test('runs nothing of the deck, even if it is inserted again', async () => {
    const { value } = await opened(await start(), async (page) => {
      const html = await page.content();
      await page.evaluate(() => {
        const trust = document.getElementById('trust') as HTMLElement;
        trust.setAttribute('onclick', 'globalThis.evil = 1');
        trust.click();
        const script = document.createElement('script');
        script.textContent = 'globalThis.evil = 1';
        trust.append(script);
      });
      return { mentions: html.includes('globalThis.evil'), evil: await page.evaluate('globalThis.evil') };
    });
    expect(value).toEqual({ mentions: false, evil: undefined });
  });

  test('names what it cannot show, and where that is', async () => {
    const { value } = await opened(await start(), (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>('a.deckhand-embed')].map((one) => [
          one.textContent,
          one.href,
        ]),
      ),
    );
    expect(value).toEqual([
      ['gonehttps://web.example/gone.png', 'https://web.example/gone.png'],
      ['Embedded pagehttps://web.example/page', 'https://web.example/page'],
    ]);
  });

  test('shows all slides where scripts are off', async () => {
    const { value } = await opened(await start(), async (page) => {
      await page.setJavaScriptEnabled(false);
      await page.reload();
      return page.evaluate(() => document.body.innerText);
    });
    for (const words of ['Math and a diagram', 'second', 'Trust'])
      expect(value.toLowerCase()).toContain(words.toLowerCase());
  });
});

describe('drawings in files of their own', () => {
  const drawn = courseBuiltOnce(
    { only: 'archive', decks: 'drawn.md' },
    {
      'drawn.md':
        '---\ntheme: white\n---\n\n<svg width="200" height="100"><use href="img/signs.svg#mark"/></svg>\n\n---\n\n<object data="img/hull.svg" type="image/svg+xml" width="240" height="120"></object>\n\n<embed src="img/hull.svg" width="120">\n',
      'img/signs.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><style>.c { fill: #a0f }</style><symbol id="mark" viewBox="0 0 10 10"><rect class="c" width="10" height="10"/></symbol></svg>',
      'img/hull.svg': SVG.replace('<rect', '<rect fill="#175"'),
    },
  );

  async function looked<T>(look: (page: Page) => Promise<T>): Promise<T> {
    const folder = await unpack(await drawn.bytes('drawn.md', 'archive'));
    const { value, complaints } = await opened(
      join(folder, 'drawn-archive/data/presentation/index.html'),
      look,
    );
    expect(complaints).toEqual([]);
    return value;
  }

  test('lend their parts to the presentation', async () => {
    const png = await looked(async (page) => {
      const svg = await page.$('.slides section.present svg');
      return svg?.screenshot();
    });
    const { data } = await sharp(png)
      .resize(20, 10)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const middle = 3 * (5 * 20 + 10);
    expect([...data.subarray(middle, middle + 3)]).toEqual([170, 0, 255]);
  });

  test('are pictures of it where they are embedded', async () => {
    const pictures = await looked((page) =>
      page.evaluate(async () => {
        const { Reveal } = globalThis as unknown as { Reveal: { slide(h: number): void } };
        Reveal.slide(1);
        const images = [...document.querySelectorAll<HTMLImageElement>('section.present img')];
        await Promise.all(images.map((image) => image.decode()));
        return images.map(({ naturalWidth, width }) => [naturalWidth, width]);
      }),
    );
    expect(pictures).toEqual([
      [40, 240],
      [40, 120],
    ]);
  });
});

test('Deckhand makes the same PDFs of an unpacked archive, without a network', async () => {
  const folder = await unpack(await course.bytes(DECK, 'archive'));
  const data = join(folder, NAME, 'data');
  const config = JSON.parse(await readFile(join(data, 'source/deckhand.config.json'), 'utf8'));
  const cacheDir = join(folder, 'cache');
  await build({ ...config, cacheDir, output: '../output' }, { ...sharedPorts(), cwd: join(data, 'source') });
  for (const kind of ['slides', 'handout', 'cheatsheet'])
    expect(await readFile(join(data, `output/week 1/all/all-${kind}.pdf`))).toEqual(
      await readFile(join(data, `pdf/all-${kind}.pdf`)),
    );
});

test('pictures of the web come with a lock of their own', async () => {
  const server = await startFaultServer();
  onTestFinished(() => server.close());
  const deck = '# One\n\n![a picture](https://web.example/week1/picture.png)\n';
  const imageMirror = [`https://web.example/=${server.url('/')}`];
  const built = await courseBuiltNow(
    { only: 'archive', decks: 'decks/web.md', imageMirror },
    { 'decks/web.md': deck },
  );
  const files = unzipped(await built.bytes('decks/web.md', 'archive'));
  const remote = 'web-archive/data/source/static/img/remote';
  const { images } = JSON.parse(files.get(`${remote}/images.lock.json`)?.toString() ?? '');
  const entry = images['https://web.example/week1/picture.png'];
  const bytes = files.get(`${remote}/${entry.file}`) as Buffer;
  expect(entry).toMatchObject({ type: 'image/png', bytes: bytes.length, decks: ['decks/web.md'] });
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
});

test('a file that not every system could hold has another name in the archive, and is shown all the same', async () => {
  const files = { 'decks/odd.md': '# Odd\n\n![odd](<../img/aux.svg>)\n', 'img/aux.svg': SVG };
  const built = await courseBuiltNow({ only: 'archive', decks: 'decks/odd.md' }, files);
  const [one] = built.diagnostics('decks/odd.md', 'ARCHIVE_NAME_CHANGED');
  expect(one?.message).toMatch(/^img\/aux\.svg is img\/_aux\.svg in the archive/);
  const folder = await unpack(await built.bytes('decks/odd.md', 'archive'));
  const { value } = await opened(join(folder, 'odd-archive/data/presentation/index.html'), (page) =>
    page.evaluate(() => document.images[0]?.naturalWidth),
  );
  expect(value).toBe(40);
});

test('of some slides the archive shows only those', async () => {
  const built = await courseBuiltNow(
    { only: 'archive', decks: DECK, offline: true, slides: '2.2' } as never,
    FILES,
  );
  const html =
    unzipped(await built.bytes(DECK, 'archive'))
      .get(`${NAME}/data/presentation/index.html`)
      ?.toString() ?? '';
  expect([...html.matchAll(/<h[12][^>]*>([^<]*)/g)].map(([, title]) => title)).toEqual(['Code']);
});

test('a deck that fails has no archive', async () => {
  const built = await courseBuiltNow(
    { only: 'archive', decks: 'decks/bad.md' },
    { 'decks/bad.md': '---\ntitle: [\n---\n# A\n' },
  );
  expect(built.report.exitCode).toBe(1);
  expect(existsSync(join(built.folder, 'output/bad'))).toBe(false);
});

test('an archive whose deck no longer exists is removed by --clean', async () => {
  const built = await courseBuiltNow({ only: 'archive', decks: ['decks/bare.md', 'decks/by-rule.md'] });
  const file = join(built.folder, 'output/bare/bare-archive.zip');
  expect(existsSync(file)).toBe(true);
  await rename(join(built.folder, 'decks/bare.md'), join(built.folder, 'decks/gone.txt'));
  await rm(join(built.folder, 'output/report.json'));
  await build(
    { only: 'archive', decks: 'decks/by-rule.md', clean: true },
    { ...sharedPorts(), cwd: built.folder },
  );
  expect(existsSync(file)).toBe(false);
});
