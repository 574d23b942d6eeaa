import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { archiveUrl, mayBeArchived } from '../../src/images/archive.ts';
import { openCache } from '../../src/images/cache/cache.ts';
import { failed } from '../../src/images/model/model.ts';
import type { FoundImage, ImageSourceOptions } from '../../src/images/source.ts';
import { type Fault, startFaultServer } from '../support/fault-server.ts';
import { imageSource, type SourceInTest } from '../support/image-source.ts';

const ORIGIN = 'https://pictures.example/';
const webp = await sharp({ create: { width: 32, height: 18, channels: 3, background: 'teal' } })
  .webp()
  .toBuffer();
const ARCHIVE = 'https://archive.example/web/2/{url}';

/** A host, an archive that has everything below `/fault/` and `/kept`, and runs that share a cache. */
async function nights(archive: Fault = (_request, response) => void response.writeHead(404).end()) {
  const host = await startFaultServer();
  const picture: Fault = (_request, response) => void response.end(webp);
  const paths = ['404', '403', '429', 'reset', 'hang', 'html', 'empty', 'half-an-image', 'redirect-loop'];
  const kept = [
    'throttled-for-a-day',
    'redirect-to-metadata',
    'announces-too-much',
    'auth-required',
    ...paths,
  ];
  const copies = kept.map((path) => [`/web/2/${ORIGIN}fault/${path}`, picture] as const);
  const archiveServer = await startFaultServer({
    ...Object.fromEntries(copies),
    [`/web/2/${ORIGIN}lost.png`]: archive,
  });
  onTestFinished(async () => {
    await host.close();
    await archiveServer.close();
  });
  const mirrors = [
    { from: ORIGIN, to: host.url('/') },
    { from: 'https://archive.example/', to: archiveServer.url('/') },
  ];
  let dir: string | undefined;
  const run = async (options: Partial<ImageSourceOptions> = {}): Promise<SourceInTest> => {
    const source = await imageSource({ mirrors, archive: ARCHIVE, ...options }, dir);
    dir = source.cacheDir;
    return source;
  };
  const get = async (path: string, options: Partial<ImageSourceOptions> = {}): Promise<FoundImage> =>
    (await run(options)).remote(ORIGIN + path);
  return { host, archive: archiveServer, run, get, cache: () => openCache(dir ?? '') };
}

describe('an archive', () => {
  test.each(['404', 'reset', 'hang', 'html', 'empty', 'half-an-image', 'redirect-loop'])(
    'answers for an address that gives %s',
    async (fault) => {
      const { get } = await nights();
      // Only what hangs is to be given up: on a busy machine, an answer may take longer than the test's usual limit.
      const limits = fault === 'hang' ? {} : { responseTimeoutMs: 20_000, totalTimeoutMs: 60_000 };
      expect(await get(`fault/${fault}`, { limits })).toMatchObject({
        ok: true,
        image: { type: 'image/webp' },
        provenance: { archived: true },
      });
    },
  );

  test.each(['403', 'auth-required', 'throttled-for-a-day', 'redirect-to-metadata', 'announces-too-much'])(
    'is not asked about %s',
    async (fault) => {
      const { get, archive } = await nights();
      expect([(await get(`fault/${fault}`)).ok, archive.requests()]).toEqual([false, []]);
    },
  );

  test.each(['https://me:pass@pictures.example/a.png', 'http://10.0.0.1/a.png', 'file:///etc/passwd'])(
    'is not asked about %s',
    async (url) => {
      const { run, archive } = await nights();
      expect([(await (await run()).remote(url)).ok, archive.requests()]).toEqual([false, []]);
    },
  );

  test('is not asked about what its own address gives', async () => {
    const { get, archive } = await nights();
    expect(await get('picture.png')).toMatchObject({ provenance: { archived: false } });
    expect(archive.requests()).toEqual([]);
  });

  test('is not asked with offline', async () => {
    const { get, archive } = await nights();
    const found = await get('fault/404', { offline: true });
    expect([found, archive.requests()]).toMatchObject([{ failure: { code: 'IMAGE_OFFLINE' } }, []]);
  });

  test('is not there unless configured', async () => {
    const { get, archive } = await nights();
    expect((await get('fault/404', { archive: undefined })).ok).toBe(false);
    expect(archive.requests()).toEqual([]);
  });

  test('is named as the place that the picture came from', async () => {
    const { get, archive } = await nights();
    expect(await get('fault/404')).toMatchObject({
      provenance: { fetchedUrl: archive.url(`/web/2/${ORIGIN}fault/404`) },
    });
  });

  test('that has nothing either leaves the failure what it was, and is mentioned', async () => {
    const { get, host, archive } = await nights();
    expect(await get('lost.png')).toEqual({
      ok: false,
      failure: {
        code: 'IMAGE_HTTP_STATUS',
        message: `127.0.0.1:${host.port} answered 404 Not Found`,
        hint: `the archive has no copy either: 127.0.0.1:${archive.port} answered 404 Not Found`,
      },
    });
  });

  test('that answers with a page of its own has nothing', async () => {
    const page: Fault = (_request, response) =>
      void response.end('<!doctype html><title>Not archived</title>');
    const { get } = await nights(page);
    expect(await get('lost.png')).toMatchObject({
      failure: { code: 'IMAGE_HTTP_STATUS', hint: expect.stringContaining('titled “Not archived”') },
    });
  });

  test('that is private itself is not asked', async () => {
    const { get, archive } = await nights();
    const found = await get('fault/404', { archive: `http://127.0.0.1:${archive.port}/web/2/{url}` });
    expect([found, archive.requests()]).toMatchObject([{ failure: { code: 'IMAGE_HTTP_STATUS' } }, []]);
  });
});

describe('an address that an archive answered for', () => {
  const AN_HOUR = { limits: { maxAgeMs: 3_600_000 } };

  test('is not asked again each night, nor is the archive', async () => {
    const { get, host, archive } = await nights();
    for (let night = 0; night < 3; night++) await get('fault/404', AN_HOUR);
    expect([
      host.requests().filter((path) => path === '/fault/404').length,
      archive.requests().length,
    ]).toEqual([1, 1]);
  });

  test('is reported as unavailable each night', async () => {
    const { get } = await nights();
    await get('fault/404', AN_HOUR);
    expect(await get('fault/404', AN_HOUR)).toMatchObject({ provenance: { archived: true } });
  });

  test('is asked again once the archive’s copy has aged', async () => {
    const { get, host } = await nights();
    for (let night = 0; night < 2; night++) await get('fault/404', { limits: { maxAgeMs: 0 } });
    expect(host.requests().filter((path) => path === '/fault/404')).toHaveLength(2);
  });

  test('has its picture with offline too', async () => {
    const { get } = await nights();
    await get('fault/404', AN_HOUR);
    expect(await get('fault/404', { offline: true })).toMatchObject({
      ok: true,
      provenance: { archived: true },
    });
  });

  test('is asked again where no archive is configured any more', async () => {
    const { get } = await nights();
    await get('fault/404', AN_HOUR);
    expect(await get('fault/404', { ...AN_HOUR, archive: undefined })).toMatchObject({
      failure: { code: 'IMAGE_HTTP_STATUS' },
    });
  });

  test('is no longer treated as dead when it returns an image again', async () => {
    const { get, host } = await nights();
    const path = 'fault/etag';
    await get(path, AN_HOUR);
    expect(await get(path, AN_HOUR)).toMatchObject({ provenance: { archived: false } });
    expect(host.requests()).toHaveLength(1);
  });
});

describe('a failure', () => {
  const withStatus = (status: number) => ({ ...failed('IMAGE_HTTP_STATUS', ''), status });

  test.each([400, 404, 410, 418, 500, 502, 503])('with %d may be asked of an archive', (status) => {
    expect(mayBeArchived(withStatus(status))).toBe(true);
  });

  test.each([401, 402, 403, 407, 429, 451])('with %d is the host’s own will', (status) => {
    expect(mayBeArchived(withStatus(status))).toBe(false);
  });

  test.each(['IMAGE_OFFLINE', 'IMAGE_TOO_LARGE', 'IMAGE_FORBIDDEN_ADDRESS'] as const)(
    'of the kind %s is none that an archive could mend',
    (code) => {
      expect(mayBeArchived(failed(code, ''))).toBe(false);
    },
  );
});

describe('an archive’s template', () => {
  test('takes the URL as it is, dollars and all', () => {
    expect(archiveUrl('https://a.example/{url}', 'https://b.example/$&?x=1%20')).toBe(
      'https://a.example/https://b.example/$&?x=1%20',
    );
  });
});
