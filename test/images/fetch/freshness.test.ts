import { describe, expect, onTestFinished, test } from 'vitest';
import { openCache } from '../../../src/images/cache/cache.ts';
import { conditions, isFresh, validatorsOf } from '../../../src/images/fetch/freshness.ts';
import type { FoundImage } from '../../../src/images/source.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { imageSource, type SourceInTest } from '../../support/image-source.ts';

const ORIGIN = 'https://pictures.example/';
const ALWAYS = { maxAgeMs: 0 };
const NEVER = { maxAgeMs: Number.POSITIVE_INFINITY };
const AN_HOUR = { maxAgeMs: 3_600_000 };

/** A server, and runs one after the other that share a cache. */
async function nights() {
  const server = await startFaultServer();
  onTestFinished(() => server.close());
  let dir: string | undefined;
  const mirrors = [{ from: ORIGIN, to: server.url('/') }];
  const run = async (
    options: Parameters<typeof imageSource>[0] = {},
  ): Promise<SourceInTest & { get(path: string): Promise<FoundImage> }> => {
    const source = await imageSource({ mirrors, ...options }, dir);
    dir = source.cacheDir;
    return { ...source, get: (path) => source.remote(ORIGIN + path) };
  };
  /** Asks for one picture, in a run of its own. */
  const get = async (path: string, limits = {}, options = {}): Promise<FoundImage> =>
    (await run({ limits, ...options })).get(path);
  /** Makes every time that the picture's entry has two days older. */
  const age = async (path: string): Promise<void> => {
    const cache = openCache(dir ?? '');
    const key = `image 2 ${server.url(`/${path}`)}`;
    const entry = await cache.get(key);
    if (!entry) throw new Error(`nothing is kept as ${key}`);
    const older = (time: unknown) => new Date(Date.parse(String(time)) - 2 * 86_400_000).toISOString();
    const { fetchedAt, triedAt } = entry.metadata;
    const times = { fetchedAt: older(fetchedAt), ...(triedAt ? { triedAt: older(triedAt) } : {}) };
    await cache.put(key, entry.bytes, { ...entry.metadata, ...times });
  };
  return { server, run, get, age };
}

const staleOf = (found: FoundImage): string | undefined => (found.ok ? found.provenance?.stale : 'lost');
const typeOf = (found: FoundImage): string => (found.ok ? found.image.type : found.failure.code);

describe('a copy that is young enough', () => {
  test('is not asked for again', async () => {
    const { server, get } = await nights();
    await get('fault/etag', AN_HOUR);
    await get('fault/etag', AN_HOUR);
    expect(server.requests()).toHaveLength(1);
  });

  test('is not asked for at any age where there is no limit', async () => {
    const { server, get, age } = await nights();
    await get('fault/etag', NEVER);
    await age('fault/etag');
    await get('fault/etag', NEVER);
    expect(server.requests()).toHaveLength(1);
  });

  test('says when and from where it came', async () => {
    const { server, get } = await nights();
    const before = new Date(Date.now() - 1000).toISOString();
    await get('fault/etag', AN_HOUR);
    const found = await get('fault/etag', AN_HOUR);
    expect(found).toMatchObject({
      provenance: {
        fetchedUrl: server.url('/fault/etag'),
        fetchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        archived: false,
      },
    });
    expect(found.ok && found.provenance && found.provenance.fetchedAt >= before.slice(0, 19)).toBe(true);
  });
});

describe('a copy that has aged', () => {
  test.each(['etag', 'weak-etag', 'last-modified'])(
    'costs its host no body, thanks to its %s',
    async (name) => {
      const { server, get } = await nights();
      for (let night = 0; night < 3; night++) await get(`fault/${name}`, ALWAYS);
      expect(server.statuses(`/fault/${name}`)).toEqual([200, 304, 304]);
    },
  );

  test('sends a weak tag back as it came', async () => {
    const { server, get } = await nights();
    for (let night = 0; night < 2; night++) await get('fault/weak-etag', ALWAYS);
    expect(server.headers('/fault/weak-etag')[1]?.['if-none-match']).toBe('W/"v1"');
  });

  test('sends no tag that is none', async () => {
    const { server, get } = await nights();
    for (let night = 0; night < 2; night++) await get('fault/unquoted-etag', ALWAYS);
    expect(server.headers('/fault/unquoted-etag')[1]).not.toHaveProperty('if-none-match');
  });

  test('is the same picture after its host said so', async () => {
    const { get } = await nights();
    const [first, second] = [await get('fault/etag', ALWAYS), await get('fault/etag', ALWAYS)];
    // All but the way to its bytes, which is another function.
    expect(JSON.parse(JSON.stringify(second))).toMatchObject({
      ok: true,
      image: JSON.parse(JSON.stringify(first.ok && first.image)),
    });
  });

  test('is young again after its host said so', async () => {
    const { server, get, age } = await nights();
    await get('fault/etag', AN_HOUR);
    await age('fault/etag');
    for (let night = 0; night < 3; night++) await get('fault/etag', AN_HOUR);
    expect(server.statuses('/fault/etag')).toEqual([200, 304]);
  });

  test('is not decoded again after its host said so', async () => {
    const { run } = await nights();
    await (await run({ limits: ALWAYS })).get('fault/etag');
    const second = await run({ limits: ALWAYS });
    await second.get('fault/etag');
    expect(second.inspected()).toBe(0);
  });

  test('gives way to what its host has now', async () => {
    const { server, get } = await nights();
    const first = await get('fault/etag', ALWAYS);
    server.change();
    expect([typeOf(first), typeOf(await get('fault/etag', ALWAYS))]).toEqual(['image/png', 'image/jpeg']);
  });

  test('is compared with its new host state from then on', async () => {
    const { server, get } = await nights();
    await get('fault/etag', ALWAYS);
    server.change();
    for (let night = 0; night < 2; night++) await get('fault/etag', ALWAYS);
    expect(server.statuses('/fault/etag')).toEqual([200, 200, 304]);
  });

  test('is asked for in one piece where it has no validators', async () => {
    const { server, get } = await nights();
    for (let night = 0; night < 2; night++) await get('picture.png', ALWAYS);
    expect(server.statuses('/picture.png')).toEqual([200, 200]);
  });

  test('is used as it is with offline', async () => {
    const { server, get, age } = await nights();
    await get('fault/etag');
    await age('fault/etag');
    expect(staleOf(await get('fault/etag', ALWAYS, { offline: true }))).toBeUndefined();
    expect(server.requests()).toHaveLength(1);
  });
});

describe('validators of a redirect’s end', () => {
  test('are sent to that end only', async () => {
    const { server, get } = await nights();
    for (let night = 0; night < 2; night++) await get('fault/redirect-to-etag', ALWAYS);
    const sent = [...server.headers('/fault/redirect-to-etag'), ...server.headers('/fault/etag')];
    expect(sent.map((headers) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      undefined,
      '"v1"',
    ]);
  });

  test('are not sent to where it leads by now', async () => {
    const { server, get } = await nights();
    await get('fault/redirect-to-etag', ALWAYS);
    server.change();
    expect(typeOf(await get('fault/redirect-to-etag', ALWAYS))).toBe('image/jpeg');
    expect(server.headers('/picture.jpg')[0]).not.toHaveProperty('if-none-match');
  });
});

describe('a copy whose host can no longer tell', () => {
  test('is used on, with the host’s answer as the reason', async () => {
    const { server, get } = await nights();
    await get('fault/picture-then-404', ALWAYS);
    const second = await get('fault/picture-then-404', ALWAYS);
    expect([typeOf(second), staleOf(second)]).toEqual([
      'image/png',
      `127.0.0.1:${server.port} answered 404 Not Found`,
    ]);
  });

  test('is used on where the host has something else by now', async () => {
    const { get } = await nights();
    await get('fault/picture-then-html', ALWAYS);
    expect(staleOf(await get('fault/picture-then-html', ALWAYS))).toContain('an HTML page titled “Log in”');
  });

  test('stays in use if the host is gone', async () => {
    const { server, get } = await nights();
    await get('picture.png', ALWAYS);
    await server.close();
    expect(staleOf(await get('picture.png', ALWAYS))).toContain('refused the connection');
  });

  test('keeps the date of its bytes', async () => {
    const { get, age } = await nights();
    const path = 'fault/picture-then-404';
    await get(path, AN_HOUR);
    await age(path);
    const found = await get(path, AN_HOUR);
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    expect(found.ok && found.provenance?.fetchedAt.slice(0, 10)).toBe(day);
  });

  test('is not asked for again each night, and is stale all the same', async () => {
    const { server, get, age } = await nights();
    const path = 'fault/picture-then-404';
    await get(path, AN_HOUR);
    await age(path);
    await get(path, AN_HOUR);
    const third = await get(path, AN_HOUR);
    expect([staleOf(third), server.requests().length]).toEqual([
      `127.0.0.1:${server.port} answered 404 Not Found`,
      2,
    ]);
  });

  test('is asked for again once it has aged again', async () => {
    const { server, get, age } = await nights();
    const path = 'fault/picture-then-404';
    for (let night = 0; night < 3; night++) {
      await get(path, AN_HOUR);
      await age(path);
    }
    expect(server.requests()).toHaveLength(3);
  });
});

describe('a 304', () => {
  test('without a conditional request is a failure', async () => {
    const { get } = await nights();
    expect(await get('fault/not-modified')).toMatchObject({ failure: { code: 'IMAGE_HTTP_STATUS' } });
  });
});

describe('age', () => {
  const now = Date.parse('2026-01-31T12:00:00Z');

  test.each([
    ['2026-01-31T12:00:00Z', 1000, true],
    ['2026-01-31T11:59:59Z', 1000, false],
    ['2026-01-31T12:00:00Z', 0, false],
    // A clock was set back.
    ['2027-01-01T00:00:00Z', 1000, false],
    ['2027-01-01T00:00:00Z', Number.POSITIVE_INFINITY, true],
    ['nonsense', 1000, false],
  ])('of what was fetched at %s is within %d ms: %s', (since, maxAgeMs, fresh) => {
    expect(isFresh(since, maxAgeMs, now)).toBe(fresh);
  });
});

describe('validators', () => {
  const url = 'https://a.example/a.png';

  test.each(['"x"', 'W/"x"', '""', '"a!b"'])('can be the tag %s', (etag) => {
    expect(validatorsOf({ etag }, url).etag).toBe(etag);
  });

  test.each(['x', 'w/"x"', '"a b"', '"a"b"', "'x'", '', `"${'x'.repeat(2000)}"`])(
    'cannot be the tag %j',
    (etag) => {
      expect(validatorsOf({ etag }, url)).not.toHaveProperty('etag');
    },
  );

  test('go along together, tag and date', () => {
    const lastModified = 'Wed, 01 Oct 2025 08:00:00 GMT';
    expect(conditions({ url, etag: '"x"', lastModified }, url)).toEqual({
      'if-none-match': '"x"',
      'if-modified-since': lastModified,
    });
  });
});
