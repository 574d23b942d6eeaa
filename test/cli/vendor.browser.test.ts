import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFiles } from '../support/course.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { madeOnce } from '../support/kept.ts';
import { type Built, deckhandIn, temporaryProject } from '../support/project.ts';
import { withProgram } from '../support/with-program.ts';

const DECK = `---
title: Vendored
---

# One

![a picture](https://web.example/week1/picture.png)

---

## Two

![a photograph](https://web.example/picture.jpg)

<img id="late" alt="late" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">

---

## Three

![gone](https://web.example/fault/404)
`;

/** The same, without the image that nobody has. */
const WHOLE = DECK.replace('![gone](https://web.example/fault/404)', '');

const REMOTE = 'static/img/remote';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

async function project(deck = DECK): Promise<string> {
  return temporaryProject({ 'package.json': '{}', 'decks/deck.md': deck });
}

/** A project whose images are vendored already. Every test has its own copy of it. */
async function vendoredProject(deck = DECK): Promise<string> {
  const folder = await temporaryProject({});
  const files = { 'package.json': '{}', 'decks/deck.md': deck };
  await madeOnce(folder, ['vendored project', files, server.port], async (place) => {
    await writeFiles(place, files);
    await run(place, 'vendor');
  });
  return folder;
}

const run = (folder: string, ...args: string[]): Promise<Built> =>
  deckhandIn(
    folder,
    [
      ...args,
      ...['--image-mirror', `https://web.example/=${server.url('/')}`],
      ...['--cache-dir', join(folder, 'cache')],
    ],
    { session: asksLate() },
  );

/** Of a page that names a picture only when it is shown. */
const asksLate = () =>
  withProgram("live('#late', (image) => { image.src = 'https://web.example/' + 'late/picture.svg'; });");

/** With nothing kept and no network. */
async function buildOffline(folder: string): Promise<Built> {
  await rm(join(folder, 'cache/images'), { recursive: true, force: true });
  return deckhandIn(folder, ['build', '--offline', '--cache-dir', join(folder, 'cache')], {
    env: { SOURCE_DATE_EPOCH: '1700000000' },
    session: asksLate(),
  });
}

async function lockOf(folder: string): Promise<Record<string, { file: string; sha256: string }>> {
  return JSON.parse(await readFile(join(folder, REMOTE, 'images.lock.json'), 'utf8')).images;
}

describe('deckhand vendor', () => {
  test('keeps every remote image of a deck, those that only its page asks for as well', async () => {
    const folder = await vendoredProject();
    expect(Object.keys(await lockOf(folder))).toEqual([
      'https://web.example/late/picture.svg',
      'https://web.example/picture.jpg',
      'https://web.example/week1/picture.png',
    ]);
  });

  test('writes files with the hashes that its lock gives', async () => {
    const folder = await vendoredProject();
    const lock = Object.values(await lockOf(folder));
    const hashes = lock.map(async ({ file }) =>
      createHash('sha256')
        .update(await readFile(join(folder, REMOTE, file)))
        .digest('hex'),
    );
    expect(await Promise.all(hashes)).toEqual(lock.map(({ sha256 }) => sha256));
  });

  test('lists what it added, and what was not available', async () => {
    const { stdout, stderr, code } = await run(await project(), 'vendor');
    expect([code, stdout.match(/^added /gm)?.length, stderr.includes('IMAGE_HTTP_STATUS')]).toEqual([
      0,
      3,
      true,
    ]);
  });

  test('makes a build without network and cache give the pages of one with both', async () => {
    const folder = await project();
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    await deckhandIn(
      folder,
      [
        'build',
        '--image-mirror',
        `https://web.example/=${server.url('/')}`,
        '--cache-dir',
        join(folder, 'cache'),
      ],
      { env, session: asksLate() },
    );
    const slides = join(folder, 'output/deck/deck-slides.pdf');
    const before = await readFile(slides);
    await run(folder, 'vendor');
    const missing = 'https://web.example/fault/404';
    const { diagnostics } = (await (await buildOffline(folder)).report()).decks[0] ?? {};
    expect(diagnostics?.filter(({ code }) => code === 'IMAGE_OFFLINE').map(({ url }) => url)).toEqual([
      missing,
    ]);
    // The card of the lost image names another reason; its page apart, nothing may differ.
    expect(await pageHashes(await readFile(slides))).toEqual(await pageHashes(before));
  });

  test('makes a build ask nothing of the web', async () => {
    const folder = await vendoredProject();
    const before = server.requests().length;
    await run(folder, 'build');
    expect(
      server
        .requests()
        .slice(before)
        .filter((path) => !path.includes('404')),
    ).toEqual([]);
  });

  test('changes nothing the second time', async () => {
    const folder = await vendoredProject();
    const before = await readFile(join(folder, REMOTE, 'images.lock.json'), 'utf8');
    const { stdout } = await run(folder, 'vendor');
    expect([
      stdout.replace(/^not fetched .*\n/gm, ''),
      await readFile(join(folder, REMOTE, 'images.lock.json'), 'utf8'),
    ]).toEqual(['', before]);
  });
});

describe('deckhand vendor --check', () => {
  test('fails where an image is not vendored, and writes nothing', async () => {
    const folder = await project();
    const { code, stdout } = await run(folder, 'vendor', '--check');
    expect([code, stdout.match(/^missing /gm)?.length]).toEqual([1, 4]);
    await expect(readdir(join(folder, REMOTE))).rejects.toThrow();
  });

  test('passes where all is vendored and nothing has changed', async () => {
    const folder = await vendoredProject(WHOLE);
    expect((await run(folder, 'vendor', '--check')).code).toBe(0);
  });

  test('fails if an image is neither vendored nor available', async () => {
    const folder = await project('# A\n\n![x](https://web.example/gone.png)\n');
    const { code, stdout, stderr } = await run(folder, 'vendor', '--check');
    expect([code, stdout.match(/^missing .*gone\.png → .*deck\.md/gm)?.length]).toEqual([1, 1]);
    expect(stderr).toMatch(/^1 missing$/m);
  });

  test('says which images could not be compared', async () => {
    const folder = await vendoredProject('# A\n\n![x](https://web.example/picture.png)\n');
    const { code, stdout } = await run(folder, 'vendor', '--check', '--offline');
    expect([code, stdout.match(/^not compared .*picture\.png/gm)?.length]).toEqual([0, 1]);
  });

  test('says how many images are in order', async () => {
    const folder = await vendoredProject(WHOLE);
    expect((await run(folder, 'vendor', '--check')).stderr).toMatch(/^3 in order$/m);
  });

  test('fails if a vendored file is missing', async () => {
    const folder = await vendoredProject(WHOLE);
    const [first] = Object.values(await lockOf(folder));
    await rm(join(folder, REMOTE, String(first?.file)));
    const { code, stdout } = await run(folder, 'vendor', '--check');
    expect([code, stdout.match(/^missing /gm)?.length]).toEqual([1, 1]);
  });

  test('fails where a vendored file was changed', async () => {
    const folder = await vendoredProject();
    const [first] = Object.values(await lockOf(folder));
    await writeFile(join(folder, REMOTE, String(first?.file)), 'something else');
    expect((await run(folder, 'vendor', '--check')).code).toBe(1);
  });

  test('fails where an image is no longer used', async () => {
    const folder = await vendoredProject();
    await writeFile(join(folder, 'decks/deck.md'), '# Nothing\n');
    const { code, stdout } = await run(folder, 'vendor', '--check');
    expect([code, stdout.match(/^unused /gm)?.length]).toEqual([1, 3]);
  });

  test('fails where the host has another image now', async () => {
    const folder = await vendoredProject('# A\n\n![x](https://web.example/picture.png)\n');
    const lock = join(folder, REMOTE, 'images.lock.json');
    const [entry] = Object.values(await lockOf(folder));
    // As if another picture had been vendored long ago.
    const old = await readFile(join(folder, 'package.json'));
    const sharp = (await import('sharp')).default;
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await writeFile(join(folder, REMOTE, String(entry?.file)), png);
    const text = await readFile(lock, 'utf8');
    const sha256 = createHash('sha256').update(png).digest('hex');
    await writeFile(lock, text.replace(String(entry?.sha256), sha256));
    const { code, stdout } = await run(folder, 'vendor', '--check');
    expect([old.length > 0, code, stdout.match(/^changed /gm)?.length]).toEqual([true, 1, 1]);
  });
});

describe('deckhand vendor --prune', () => {
  test('removes what no deck uses, from disk and lock', async () => {
    const folder = await vendoredProject();
    await writeFile(join(folder, 'decks/deck.md'), '![x](https://web.example/picture.jpg)\n');
    await run(folder, 'vendor', '--prune');
    const files = await readdir(join(folder, REMOTE));
    expect([Object.keys(await lockOf(folder)), files.length]).toEqual([
      ['https://web.example/picture.jpg'],
      2,
    ]);
  });

  test('leaves no lock where nothing is vendored any more', async () => {
    const folder = await vendoredProject();
    await writeFile(join(folder, 'decks/deck.md'), '# Nothing\n');
    await run(folder, 'vendor', '--prune');
    expect(await readdir(join(folder, REMOTE)).catch(() => [])).toEqual([]);
  });

  test('keeps what a deck uses that was not named', async () => {
    const folder = await project();
    await writeFile(join(folder, 'decks/other.md'), '# Other\n');
    await run(folder, 'vendor');
    await run(folder, 'vendor', '--prune', 'decks/other.md');
    expect(Object.keys(await lockOf(folder))).toHaveLength(3);
  });
});

describe('deckhand vendor --rewrite', () => {
  test('puts paths in place of addresses, and a build shows the same images', async () => {
    const folder = await project();
    await run(folder, 'vendor', '--rewrite');
    const text = await readFile(join(folder, 'decks/deck.md'), 'utf8');
    const lock = await lockOf(folder);
    const path = `../static/img/remote/${lock['https://web.example/picture.jpg']?.file}`;
    expect([
      text.includes(`![a photograph](${path})`),
      text.includes('https://web.example/fault/404'),
    ]).toEqual([true, true]);
    const report = await (await buildOffline(folder)).report();
    expect(report.decks[0]?.diagnostics.filter(({ code }) => code === 'IMAGE_NOT_FOUND')).toEqual([]);
  });

  test('leaves the images used', async () => {
    const folder = await project('# A\n\n![x](https://web.example/picture.png)\n');
    await run(folder, 'vendor', '--rewrite');
    expect((await run(folder, 'vendor', '--check')).code).toBe(0);
  });
});

describe('deckhand vendor --update', () => {
  test('of an address that no deck has is refused', async () => {
    const { code, stderr } = await run(
      await project(),
      'vendor',
      '--update',
      'https://web.example/picture.jpeg',
    );
    expect([code, stderr.includes('did you mean https://web.example/picture.jpg?')]).toEqual([2, true]);
  });
});

describe('a build', () => {
  test('continues with the original if a vendored file is damaged, and says so', async () => {
    const folder = await vendoredProject('# A\n\n![x](https://web.example/picture.png)\n');
    const [entry] = Object.values(await lockOf(folder));
    await writeFile(join(folder, REMOTE, String(entry?.file)), 'something else');
    const report = await (await run(folder, 'build')).report();
    const told = report.decks[0]?.diagnostics.filter(({ code }) => code.startsWith('IMAGE_'));
    expect(told?.map(({ code, line }) => [code, line])).toEqual([['IMAGE_LOCK_DAMAGED', 3]]);
  });

  test('refuses a lock that is damaged', async () => {
    const folder = await vendoredProject('# A\n\n![x](https://web.example/picture.png)\n');
    await writeFile(join(folder, REMOTE, 'images.lock.json'), '<<<<<<< HEAD\n');
    const built = await run(folder, 'build');
    expect([built.code, built.stderr.includes('LOCK_INVALID')]).toEqual([1, true]);
  });
});

/** What each page draws, but for the last one. */
async function pageHashes(pdf: Buffer): Promise<string[]> {
  const { readPdf } = await import('../support/pdf.ts');
  const pages = await readPdf(pdf);
  return pages.slice(0, -1).map((page) => JSON.stringify(page));
}
