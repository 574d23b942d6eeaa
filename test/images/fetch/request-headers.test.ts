import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requestHeaders } from '../../../src/images/fetch/request-headers.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { imageSource } from '../../support/image-source.ts';

const SECRET = { Authorization: 'Bearer sesame' };
const headers = { 'https://private.example': SECRET };
const IMAGE = { kind: 'image' } as const;

/** Whether a request to this URL would tell the secret of `https://private.example`. */
const tells = (url: string): boolean =>
  'authorization' in requestHeaders(url, IMAGE, { userAgent: 'Deckhand/0', headers });

describe('configured headers', () => {
  test.each([
    'https://private.example/a.png',
    'https://private.example:443/a.png',
    'https://PRIVATE.example/a.png?b',
  ])('go to %s', (url) => {
    expect(tells(url)).toBe(true);
  });

  test.each([
    'http://private.example/a.png',
    'https://private.example:8443/a.png',
    'http://private.example:443/a.png',
    'https://private.example./a.png',
    'https://sub.private.example/a.png',
    'https://private.example.evil.example/a.png',
    'https://evil.example/https://private.example/a.png',
    'https://evil.example/?https://private.example',
    'https://example/a.png',
  ])('do not go to %s', (url) => {
    expect(tells(url)).toBe(false);
  });

  test('named like a property of every object do no harm', () => {
    expect(tells('https://constructor/a.png')).toBe(false);
  });

  test('replace ours whatever their case', () => {
    const options = { userAgent: 'Deckhand/0', headers: { 'https://a.example': { ACCEPT: 'image/png' } } };
    expect(requestHeaders('https://a.example/', IMAGE, options).accept).toBe('image/png');
  });
});

describe('a request', () => {
  test.each([
    ['image', /^image\/avif,.*image\/svg\+xml/],
    ['stylesheet', /^text\/css,/],
    ['font', /^font\/woff2,/],
  ] as const)('for an %s says which types are welcome', (kind, accept) => {
    expect(requestHeaders('https://a.example/', { kind }, { userAgent: '' }).accept).toMatch(accept);
  });

  test('says who asks, in the words of the caller', async () => {
    const server = await startFaultServer();
    onTestFinished(() => server.close());
    const mirrors = [{ from: 'https://a.example/', to: server.url('/') }];
    const source = await imageSource({ userAgent: 'Deckhand/9 (+mailto:me@example.org)', mirrors });
    await source.remote('https://a.example/picture.png');
    expect(server.headers('/picture.png')[0]?.['user-agent']).toBe('Deckhand/9 (+mailto:me@example.org)');
  });
});

describe('a host that wants to know who asks', () => {
  const startServer = async () => {
    const server = await startFaultServer();
    onTestFinished(() => server.close());
    return { server, mirrors: [{ from: 'https://a.example/', to: server.url('/') }] };
  };
  const url = 'https://a.example/fault/auth-required';

  test('is sent to its own origin', async () => {
    const { server, mirrors } = await startServer();
    const source = await imageSource({ mirrors, headers: { [server.url('')]: SECRET } });
    expect(await source.remote(url)).toMatchObject({ ok: true });
  });

  test('is sent after a redirect within it', async () => {
    const { server, mirrors } = await startServer();
    const source = await imageSource({ mirrors, headers: { [server.url('')]: SECRET } });
    const to = encodeURIComponent('/fault/auth-required');
    expect(await source.remote(`https://a.example/redirect?to=${to}`)).toMatchObject({ ok: true });
  });

  test('does not get headers for the host that it mirrors', async () => {
    const { mirrors } = await startServer();
    const source = await imageSource({ mirrors, headers: { 'https://a.example': SECRET } });
    expect(await source.remote(url)).toMatchObject({ failure: { code: 'IMAGE_HTTP_STATUS' } });
  });

  test('does not get headers for its TLS port', async () => {
    const { server, mirrors } = await startServer();
    const headers = { [`https://127.0.0.1:${server.port}`]: SECRET };
    const source = await imageSource({ mirrors, headers });
    await source.remote(url);
    expect(server.headers('/fault/auth-required')[0]).not.toHaveProperty('authorization');
  });

  test('that cannot be sent its headers costs the image, and the message does not contain them', async () => {
    const { server, mirrors } = await startServer();
    const headers = { [server.url('')]: { Authorization: 'Bearer s\nesame' } };
    const found = await (await imageSource({ mirrors, headers })).remote(url);
    expect(JSON.stringify(found)).not.toContain('esame');
  });

  test('leaves no trace of the secret in the cache', async () => {
    const { server, mirrors } = await startServer();
    const source = await imageSource({ mirrors, headers: { [server.url('')]: SECRET } });
    await source.remote(url);
    const entries = await readdir(source.cacheDir, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    expect([texts.length > 0, texts.join().includes('sesame')]).toEqual([true, false]);
  });
});
