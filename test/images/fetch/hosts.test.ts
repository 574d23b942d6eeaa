import { describe, expect, onTestFinished, test } from 'vitest';
import { createFetcher, type FetchOptions } from '../../../src/images/fetch/fetch.ts';
import { type Fault, startFaultServer } from '../../support/fault-server.ts';
import { SHORT_LIMITS } from '../../support/image-source.ts';

/** A server that stands in for every host, and what fetches from it. */
async function web(limits: FetchOptions['limits'] = {}, more: Readonly<Record<string, Fault>> = {}) {
  const server = await startFaultServer(more);
  onTestFinished(() => server.close());
  const mirrors = ['a', 'b', 'c', 'd'].map((name) => ({
    from: `https://${name}.example/`,
    to: server.url(`/${name}/`),
  }));
  // Faults have no folder.
  const all = [{ from: 'https://faults.example/', to: server.url('/') }, ...mirrors];
  const fetcher = createFetcher({
    userAgent: 'Deckhand/0',
    mirrors: all,
    limits: { ...SHORT_LIMITS, ...limits },
  });
  onTestFinished(() => fetcher.close());
  const fetch = (url: string) => fetcher.fetch(url, { kind: 'image' });
  return { server, fetch, fetchAll: (urls: readonly string[]) => Promise.all(urls.map(fetch)) };
}

/** Answers each request once so many are waiting: more can't hide, and fewer never end. */
function gate(size: number): Fault {
  const waiting: (() => void)[] = [];
  return (_request, response) => {
    waiting.push(() => response.end('ok'));
    if (waiting.length >= size) for (const answer of waiting.splice(0)) answer();
  };
}

const times = (count: number, url: string): string[] =>
  Array.from({ length: count }, (_, i) => `${url}?${i}`);

describe('requests under way at once', () => {
  test('are as many as one host may have', async () => {
    const { server, fetchAll } = await web({ fetchesPerHost: 3 }, { '/a/gate': gate(3) });
    await fetchAll(times(9, 'https://a.example/gate'));
    expect(server.peak('/a/')).toBe(3);
  });

  test('are as many as all hosts together may have', async () => {
    const limits = { fetchesPerHost: 2, fetches: 4 };
    const one = gate(4);
    const { server, fetchAll } = await web(limits, { '/a/gate': one, '/b/gate': one, '/c/gate': one });
    await fetchAll(['a', 'b', 'c'].flatMap((name) => times(4, `https://${name}.example/gate`)));
    expect(server.peak()).toBe(4);
  });

  test('are counted by the host in the deck if one mirror replaces many', async () => {
    const one = gate(4);
    const limits = { fetchesPerHost: 1 };
    const { fetchAll } = await web(
      limits,
      Object.fromEntries(['a', 'b', 'c', 'd'].map((n) => [`/${n}/gate`, one])),
    );
    const results = await fetchAll(['a', 'b', 'c', 'd'].map((name) => `https://${name}.example/gate`));
    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  test('of a busy host do not block other hosts', async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    const limits = { fetchesPerHost: 1, fetches: 2, responseTimeoutMs: 10_000 };
    const slow: Fault = (_request, response) => void until.then(() => response.end('ok'));
    const { fetch, fetchAll } = await web(limits, { '/a/slow': slow });
    const busy = fetchAll(times(5, 'https://a.example/slow'));
    expect(await fetch('https://b.example/picture.png')).toMatchObject({ ok: true });
    release();
    await busy;
  });
});

describe('a fetch that waits for its next attempt', () => {
  test('lets others go first, even where one may go at a time', async () => {
    const { server, fetchAll } = await web({ fetches: 1 });
    await fetchAll(['https://faults.example/fault/throttled', 'https://b.example/picture.png']);
    expect(server.requests()).toEqual(['/fault/throttled', '/b/picture.png', '/fault/throttled']);
  });

  test('because of a Retry-After makes all requests to that host wait', async () => {
    const { server, fetchAll } = await web({ fetchesPerHost: 1 });
    await fetchAll(['https://faults.example/fault/throttled', 'https://faults.example/picture.png']);
    const [first, ...others] = server.requests();
    expect([first, [...others].sort()]).toEqual(['/fault/throttled', ['/fault/throttled', '/picture.png']]);
    expect(server.statuses('/fault/throttled')).toEqual([429, 200]);
  });
});

describe('the time that a fetch may take', () => {
  test('begins with its first request, not in the queue', async () => {
    const limits = { fetches: 1, responseTimeoutMs: 200, totalTimeoutMs: 500 };
    const { fetchAll } = await web(limits, { '/a/hang': () => {}, '/b/hang': () => {}, '/c/hang': () => {} });
    const hanging = ['a', 'b', 'c'].map((name) => `https://${name}.example/hang`);
    const results = await fetchAll([...hanging, 'https://d.example/picture.png']);
    expect(results.at(-1)).toMatchObject({ ok: true });
  });

  test('is paused in the queue between two hops', async () => {
    const redirect: Fault = (_request, response) =>
      void response.writeHead(302, { location: '/a/picture.png' }).end();
    const limits = { fetches: 1, responseTimeoutMs: 200, totalTimeoutMs: 500 };
    const more = { '/a/redirect': redirect, '/b/hang': () => {}, '/c/hang': () => {}, '/d/hang': () => {} };
    const { fetchAll } = await web(limits, more);
    const hanging = ['b', 'c', 'd'].map((name) => `https://${name}.example/hang`);
    const [first] = await fetchAll(['https://a.example/redirect', ...hanging]);
    expect(first).toMatchObject({ ok: true });
  });
});

describe('a host that has never answered', () => {
  test('is given up after three silences', async () => {
    const limits = { fetchesPerHost: 1, responseTimeoutMs: 100 };
    const { server, fetchAll } = await web(limits, { '/a/hang': () => {} });
    await fetchAll(times(6, 'https://a.example/hang'));
    expect(server.requests()).toHaveLength(3);
  });

  test('is named, with what was tried, for each picture that was not asked for', async () => {
    const limits = { fetchesPerHost: 1, responseTimeoutMs: 100 };
    const { server, fetchAll } = await web(limits, { '/a/hang': () => {} });
    const results = await fetchAll(times(4, 'https://a.example/hang'));
    const message = `127.0.0.1:${server.port} did not answer within 0.1 s, 3 times in a row, and is not tried again`;
    expect(results.at(-1)).toMatchObject({ failure: { code: 'IMAGE_TIMEOUT', message } });
  });

  test('is another matter than one that was silent now and then', async () => {
    const limits = { fetchesPerHost: 1, responseTimeoutMs: 100 };
    const { server, fetchAll } = await web(limits, { '/a/hang': () => {} });
    await fetchAll(['https://a.example/picture.png', ...times(5, 'https://a.example/hang')]);
    expect(server.requests()).toHaveLength(6);
  });
});
