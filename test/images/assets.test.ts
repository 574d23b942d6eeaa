import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FoundAsset } from '../../src/images/source.ts';
import { type Fault, startFaultServer } from '../support/fault-server.ts';
import { imageSource } from '../support/image-source.ts';

const ORIGIN = 'https://assets.example/';
const CSS = '/* größer */ h1 { color: teal }';

/** Fetches what a server answers with. */
async function fetched(
  kind: 'stylesheet' | 'font',
  body: Uint8Array | string,
  type = 'application/octet-stream',
): Promise<FoundAsset> {
  return fetchedFrom(
    kind,
    (_request, response) => void response.writeHead(200, { 'content-type': type }).end(body),
  );
}

async function fetchedFrom(kind: 'stylesheet' | 'font', answer: Fault): Promise<FoundAsset> {
  const server = await startFaultServer({ '/asset': answer });
  onTestFinished(() => server.close());
  const source = await imageSource({ mirrors: [{ from: ORIGIN, to: server.url('/') }] });
  return source.asset(`${ORIGIN}asset`, kind);
}

const textOf = (found: FoundAsset): string =>
  found.ok ? Buffer.from(found.asset.bytes).toString('utf8') : found.failure.message;

describe('a stylesheet', () => {
  test('comes with its type, whatever the host calls it', async () => {
    expect(await fetched('stylesheet', CSS, 'text/plain')).toMatchObject({
      ok: true,
      asset: { type: 'text/css' },
      provenance: { archived: false },
    });
  });

  test.each([
    ['UTF-8', Buffer.from(CSS), 'text/css'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${CSS}`), 'text/css'],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${CSS}`, 'utf16le'), 'text/css'],
    ['Latin-1, as its header says', Buffer.from(CSS, 'latin1'), 'text/css; charset=iso-8859-1'],
    ['Latin-1, as it says itself', Buffer.from(`@charset "iso-8859-1";${CSS}`, 'latin1'), 'text/css'],
    ['Latin-1, as its quoted header says', Buffer.from(CSS, 'latin1'), 'text/css; charset="latin1"'],
    ['UTF-8 under an unknown name', Buffer.from(CSS), 'text/css; charset=none'],
  ])('in %s arrives as UTF-8', async (_, bytes, type) => {
    expect(textOf(await fetched('stylesheet', bytes, type))).toBe(CSS);
  });

  test('hashes as it is handed on', async () => {
    const [plain, marked] = await Promise.all(
      [CSS, `\ufeff${CSS}`].map((text) => fetched('stylesheet', text)),
    );
    expect(marked?.ok && marked.asset.sha256).toBe(plain?.ok && plain.asset.sha256);
  });

  test.each([
    ['a selector in brackets', '[data-x] { color: red }'],
    ['HTML’s comment signs', '<!-- h1 { color: red } -->'],
    ['a rule', '@import "a.css";'],
  ])('may begin with %s', async (_, css) => {
    expect(textOf(await fetched('stylesheet', css))).toBe(css);
  });

  test.each([
    ['an HTML page titled “Log in”', '<!doctype html><title>Log in</title>'],
    ['an HTML or XML document', '<!-- gone --><p>gone'],
    ['JSON', '{ "error": "gone" }'],
    ['a compressed file (gzip)', gzipSync(CSS)],
    ['binary data', Buffer.from([1, 2, 3, 0, 255])],
    ['binary data', Buffer.from(CSS, 'latin1')],
    ['an SVG image', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ])('is not %s', async (what, body) => {
    expect(await fetched('stylesheet', body)).toMatchObject({
      failure: {
        code: 'STYLE_UNAVAILABLE',
        message: expect.stringContaining(`not a stylesheet but ${what}`),
      },
    });
  });

  test('that is not available says why', async () => {
    const found = await fetchedFrom('stylesheet', (_request, response) => void response.writeHead(410).end());
    expect(found).toMatchObject({
      failure: { code: 'STYLE_UNAVAILABLE', message: expect.stringContaining('answered 410 Gone') },
    });
  });

  test('that is empty is reported as such', async () => {
    expect(textOf(await fetched('stylesheet', ''))).toMatch(
      /sent an empty response instead of a stylesheet$/,
    );
  });
});

describe('a font', () => {
  const fontFile = (name: string): Promise<Buffer> =>
    readFile(createRequire(import.meta.url).resolve(`@fontsource/lato/files/${name}`));
  const withMagic = (magic: string): Buffer =>
    Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.alloc(40)]);

  test.each([
    ['font/woff2', 'lato-latin-400-normal.woff2'],
    ['font/woff', 'lato-latin-400-normal.woff'],
  ])('is recognised as %s', async (type, name) => {
    expect(await fetched('font', await fontFile(name))).toMatchObject({ ok: true, asset: { type } });
  });

  test.each([
    ['font/ttf', '\0\x01\0\0'],
    ['font/ttf', 'true'],
    ['font/otf', 'OTTO'],
    ['font/collection', 'ttcf'],
  ])('is recognised as %s by %j', async (type, magic) => {
    expect(await fetched('font', withMagic(magic))).toMatchObject({ ok: true, asset: { type } });
  });

  test.each(['lato-latin-400-normal.woff2', 'lato-latin-400-normal.woff'])(
    'is not half of %s',
    async (name) => {
      const whole = await fontFile(name);
      expect(await fetched('font', whole.subarray(0, whole.length >> 1))).toMatchObject({
        failure: { code: 'FONT_UNAVAILABLE', message: expect.stringContaining('the font is truncated') },
      });
    },
  );

  test('of TrueType with a table beyond its end is none', async () => {
    const font = withMagic('\0\x01\0\0');
    font.writeUInt16BE(1, 4);
    font.writeUInt32BE(10_000, 20);
    expect(await fetched('font', font)).toMatchObject({ failure: { code: 'FONT_UNAVAILABLE' } });
  });

  test.each([
    ['an HTML page titled “Log in”', '<!doctype html><title>Log in</title>'],
    ['a picture (image/gif)', 'GIF89a…'],
    ['something else', Buffer.from([1, 2, 3, 0, 255])],
  ])('is not %s', async (what, body) => {
    expect(await fetched('font', body)).toMatchObject({
      failure: { code: 'FONT_UNAVAILABLE', message: expect.stringContaining(`not a font but ${what}`) },
    });
  });
});

describe('assets', () => {
  const onlineThenOffline = async (kind: 'stylesheet' | 'font') => {
    const server = await startFaultServer({ '/asset': (_request, response) => void response.end(CSS) });
    onTestFinished(() => server.close());
    const mirrors = [{ from: ORIGIN, to: server.url('/') }];
    const source = await imageSource({ mirrors });
    const first = await source.asset(`${ORIGIN}asset`, kind);
    const later = await imageSource({ mirrors, offline: true }, source.cacheDir);
    return { first, second: await later.asset(`${ORIGIN}asset`, kind), server };
  };

  test('are kept', async () => {
    const { first, second, server } = await onlineThenOffline('stylesheet');
    expect([second, server.requests()]).toEqual([first, ['/asset']]);
  });

  test('that are no such thing are not kept', async () => {
    const { second } = await onlineThenOffline('font');
    expect(second).toMatchObject({
      failure: { code: 'FONT_UNAVAILABLE', message: 'not in the cache, and --offline is set' },
    });
  });

  test('are fetched once in a run, for all callers', async () => {
    const server = await startFaultServer({ '/asset': (_request, response) => void response.end(CSS) });
    onTestFinished(() => server.close());
    const source = await imageSource({ mirrors: [{ from: ORIGIN, to: server.url('/') }] });
    const urls = ['asset', 'asset#a', 'asset#b'].map((path) => ORIGIN + path);
    await Promise.all(urls.map((url) => source.asset(url, 'stylesheet')));
    expect(server.requests()).toEqual(['/asset']);
  });
});
