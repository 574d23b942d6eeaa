import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Resolve } from '../../../src/images/fetch/connections.ts';
import type { FetchOptions } from '../../../src/images/fetch/fetch.ts';
import { fetchedUrl } from '../../../src/images/fetch/mirrors.ts';
import { type FaultServer, startFaultServer } from '../../support/fault-server.ts';
import { fetchImage } from '../../support/fetching.ts';
import { SHORT_LIMITS as LIMITS } from '../../support/image-source.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

const ORIGIN = 'https://pictures.example/';
const optionsOf = (limits: FetchOptions['limits'] = {}): FetchOptions => ({
  userAgent: 'Deckhand/0 (test)',
  mirrors: [{ from: ORIGIN, to: server.url('/') }],
  limits: { ...LIMITS, ...limits },
});

/** `ok`, or the failure's code. */
async function codeOf(path: string, limits?: FetchOptions['limits']): Promise<string> {
  const result = await fetchImage(ORIGIN + path, optionsOf(limits));
  return result.ok ? 'ok' : result.failure.code;
}

async function messageOf(path: string): Promise<string> {
  const result = await fetchImage(ORIGIN + path, optionsOf());
  return result.ok ? 'ok' : result.failure.message;
}

const asked = (path: string): number => server.requests().filter((request) => request === path).length;

describe('a host that is not there', () => {
  test('is unreachable at the first try', async () => {
    const resolve: Resolve = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const result = await fetchImage('https://nowhere.example/a.png', optionsOf(), undefined, resolve);
    expect(result).toMatchObject({ failure: { code: 'IMAGE_UNREACHABLE' } });
  });

  test('a name server that does not answer is asked three times', async () => {
    let asked = 0;
    const resolve: Resolve = async () => {
      asked++;
      throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
    };
    await fetchImage('https://nowhere.example/a.png', optionsOf(), undefined, resolve);
    expect(asked).toBe(3);
  });
});

describe('messages and bytes', () => {
  test('an error status is named with its host', async () => {
    expect(await messageOf('fault/404?x')).toBe(`127.0.0.1:${server.port} answered 404 Not Found`);
  });

  test('a message never holds the query string', async () => {
    expect(await messageOf('fault/500?token=secret')).not.toContain('secret');
  });

  test('a gzipped picture arrives inflated', async () => {
    const [plain, gzipped] = await Promise.all(
      ['picture.png', 'fault/gzip'].map((path) => fetchImage(ORIGIN + path, optionsOf())),
    );
    expect(gzipped).toMatchObject({ ok: true, bytes: plain?.ok && !plain.unchanged && plain.bytes });
  });

  test('a body that is larger than announced limits is not read to its end', async () => {
    expect(await codeOf('picture.png', { maxBytes: 1000 })).toBe('IMAGE_TOO_LARGE');
  });

  test('a refused connection is not retried', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const started = performance.now();
    const result = await fetchImage(`${ORIGIN}a.png`, {
      ...optionsOf({ retryDelayMs: 1_500 }),
      mirrors: [{ from: ORIGIN, to: `http://127.0.0.1:${port}/` }],
    });
    expect(result).toMatchObject({ failure: { message: `127.0.0.1:${port} refused the connection` } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a server error that tends to pass is asked three times', async () => {
    await codeOf('fault/reset?thrice');
    expect(asked('/fault/reset?thrice')).toBe(3);
  });

  test('an answer that says never is asked once', async () => {
    await codeOf('fault/404?once');
    expect(asked('/fault/404?once')).toBe(1);
  });

  test('a wait of a day is not waited for', async () => {
    await codeOf('fault/throttled-for-a-day?once');
    expect(asked('/fault/throttled-for-a-day?once')).toBe(1);
  });
});

describe('addresses', () => {
  const plain = (): FetchOptions => ({ userAgent: 'Deckhand/0', limits: LIMITS });
  const isForbidden = { ok: false, failure: { code: 'IMAGE_FORBIDDEN_ADDRESS' } };

  test('a private address written as a number is refused', async () => {
    expect(await fetchImage(server.url('/picture.png'), plain())).toMatchObject(isForbidden);
  });

  test('a private address written in hexadecimal is refused', async () => {
    const url = `http://0x7f000001:${server.port}/picture.png`;
    expect(await fetchImage(url, plain())).toMatchObject(isForbidden);
  });

  test('a name that resolves to a private address is refused', async () => {
    const url = `http://localhost:${server.port}/private-name.png`;
    expect(await fetchImage(url, plain())).toMatchObject(isForbidden);
  });

  test('a refused name is never connected to', () => {
    expect(asked('/private-name.png')).toBe(0);
  });

  test('a URL with credentials is refused', async () => {
    expect(await fetchImage('https://me:pass@example.com/a.png', plain())).toMatchObject(isForbidden);
  });

  test('a file URL is refused', async () => {
    expect(await fetchImage('file:///etc/passwd', plain())).toMatchObject(isForbidden);
  });

  test('the mirror itself is refused to a URL that no mirror applies to', async () => {
    expect(await fetchImage(server.url('/picture.png'), optionsOf())).toMatchObject(isForbidden);
  });

  test('a redirect from the mirror to another private port is refused', async () => {
    const other = await startFaultServer();
    const to = encodeURIComponent(other.url('/picture.png'));
    const result = await fetchImage(`${ORIGIN}redirect?to=${to}`, optionsOf());
    expect([result, other.requests()]).toMatchObject([isForbidden, []]);
    await other.close();
  });

  test('a redirect from the mirror to another name of the same server is refused', async () => {
    const to = encodeURIComponent(`http://localhost:${server.port}/escaped.png`);
    expect(await fetchImage(`${ORIGIN}redirect?to=${to}`, optionsOf())).toMatchObject(isForbidden);
  });

  test('a redirect within the mirror is followed', async () => {
    const to = encodeURIComponent(server.url('/picture.png'));
    expect(await fetchImage(`${ORIGIN}redirect?to=${to}`, optionsOf())).toMatchObject({ ok: true });
  });
});

describe('mirrors', () => {
  const mirrors = [
    { from: 'https://', to: 'http://mirror.test/all/' },
    { from: 'https://a.example/', to: 'http://mirror.test/a/' },
  ];

  test('the longest match wins', () => {
    expect(fetchedUrl('https://a.example/x.png?y', mirrors)).toBe('http://mirror.test/a/x.png?y');
  });

  test('the fragment is dropped', () => {
    expect(fetchedUrl('http://b.example/x.png#y', mirrors)).toBe('http://b.example/x.png');
  });
});

describe('cancelling', () => {
  test('an aborted signal throws its reason', async () => {
    const controller = new AbortController();
    const fetching = fetchImage(`${ORIGIN}fault/hang?abort`, optionsOf(), controller.signal);
    controller.abort(new Error('enough'));
    await expect(fetching).rejects.toThrow('enough');
  });
});
