import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createFetcher, type Fetcher, type FetchOptions } from '../../../src/images/fetch/fetch.ts';
import { type Fault, type FaultServer, startFaultServer } from '../../support/fault-server.ts';
import { resolveFrom } from '../../support/fetching.ts';
import { SHORT_LIMITS } from '../../support/image-source.ts';
import { selfSigned } from '../../support/self-signed.ts';

const ORIGIN = 'https://pictures.example/';
const IMAGE = { kind: 'image' } as const;

async function serverFor(more?: Readonly<Record<string, Fault>>): Promise<FaultServer> {
  const server = await startFaultServer(more);
  onTestFinished(() => server.close());
  return server;
}

/** Fetches from this address in place of `ORIGIN`. */
function fetcherFor(to: string, options: Partial<FetchOptions> = {}): Fetcher {
  const mirrors = [{ from: ORIGIN, to: `${to}/` }];
  const limits = { ...SHORT_LIMITS, ...options.limits };
  const fetcher = createFetcher({ userAgent: 'Deckhand/0', mirrors, ...options, limits });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('connections', () => {
  test('serve one request after the other', async () => {
    const server = await serverFor();
    const fetcher = fetcherFor(server.url(''));
    for (const name of ['a', 'b', 'c']) await fetcher.fetch(`${ORIGIN}${name}/picture.png`, IMAGE);
    expect(server.connections()).toBe(1);
  });

  test('outlive a redirect and an error', async () => {
    const server = await serverFor();
    const fetcher = fetcherFor(server.url(''));
    for (const path of ['fault/redirect', 'fault/404', 'fault/410', 'picture.png']) {
      await fetcher.fetch(ORIGIN + path, IMAGE);
    }
    expect(server.connections()).toBe(1);
  });

  test('that were opened to a private mirror are only used for the mirror', async () => {
    const server = await serverFor();
    const fetcher = fetcherFor(`http://localhost:${server.port}`);
    expect(await fetcher.fetch(`${ORIGIN}picture.png`, IMAGE)).toMatchObject({ ok: true });
    const direct = await fetcher.fetch(`http://localhost:${server.port}/fault/canary`, IMAGE);
    expect(direct).toMatchObject({ failure: { code: 'IMAGE_FORBIDDEN_ADDRESS' } });
    expect(server.requests()).toEqual(['/picture.png']);
  });

  test('that the host ends while they are idle cost no attempt', async () => {
    const seen = new Set<unknown>();
    const onceEach: Fault = (request, response) => {
      if (seen.has(request.socket)) return void request.socket.destroy();
      seen.add(request.socket);
      response.writeHead(200, { 'content-length': 2 }).end('ok');
    };
    const server = await serverFor({ '/a': onceEach, '/b': onceEach });
    const fetcher = fetcherFor(server.url(''), { limits: { maxRetries: 0 } });
    await fetcher.fetch(`${ORIGIN}a`, IMAGE);
    expect(await fetcher.fetch(`${ORIGIN}b`, IMAGE)).toMatchObject({ ok: true });
  });

  test('are ended by close', async () => {
    // It would keep them for ever.
    const server = createServer((_request, response) => response.end('ok'));
    server.keepAliveTimeout = 0;
    const fetcher = fetcherFor(`http://127.0.0.1:${await listening(server)}`);
    await fetcher.fetch(`${ORIGIN}a`, IMAGE);
    const closed = once(server, 'close');
    server.close();
    fetcher.close();
    await closed;
  });

  test('need a certificate from a trusted authority', async () => {
    const server = createTlsServer(selfSigned('127.0.0.1'), (_request, response) => response.end('ok'));
    const port = await listening(server);
    const result = await fetcherFor(`https://127.0.0.1:${port}`).fetch(`${ORIGIN}a`, IMAGE);
    expect(result).toMatchObject({
      failure: {
        code: 'IMAGE_UNREACHABLE',
        message: `127.0.0.1:${port} has no valid certificate (DEPTH_ZERO_SELF_SIGNED_CERT)`,
      },
    });
  });

  test('are not made through a proxy of the environment', async () => {
    const proxy = await serverFor();
    const server = await serverFor();
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const name of ['http_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'])
      vi.stubEnv(name, proxy.url(''));
    await fetcherFor(server.url('')).fetch(`${ORIGIN}picture.png`, IMAGE);
    expect([server.requests(), proxy.requests()]).toEqual([['/picture.png'], []]);
  });
});

describe('names', () => {
  const canary = async (): Promise<{ server: FaultServer; url: string }> => {
    const server = await serverFor();
    return { server, url: `http://rebind.example:${server.port}/fault/canary` };
  };
  const options = { userAgent: 'Deckhand/0', limits: { ...SHORT_LIMITS, connectTimeoutMs: 200 } };
  /** Public by its number, and given to nobody. */
  const NOBODY = '2000::1';

  test('that change to a private address after they were judged are connected to as judged', async () => {
    const { server, url } = await canary();
    const answers = [NOBODY, '127.0.0.1', '127.0.0.1'];
    const resolve = async () => {
      const address = answers.shift() ?? '127.0.0.1';
      return [{ address, family: address.includes(':') ? 6 : 4 }];
    };
    const fetcher = createFetcher(options, { resolve });
    onTestFinished(() => fetcher.close());
    await fetcher.fetch(url, IMAGE);
    expect([answers.length, server.requests()]).toEqual([2, []]);
  });

  test('that have changed to a private address are refused the next time', async () => {
    const { server, url } = await canary();
    const answers = [NOBODY, '127.0.0.1'];
    const resolve = async () => {
      const address = answers.shift() ?? '127.0.0.1';
      return [{ address, family: address.includes(':') ? 6 : 4 }];
    };
    const fetcher = createFetcher(options, { resolve });
    onTestFinished(() => fetcher.close());
    await fetcher.fetch(url, IMAGE);
    const second = await fetcher.fetch(`${url}?again`, IMAGE);
    expect(second).toMatchObject({ failure: { code: 'IMAGE_FORBIDDEN_ADDRESS' } });
    expect(server.requests()).toEqual([]);
  });

  test('that have a private address among public ones are not connected to at all', async () => {
    const { server, url } = await canary();
    const fetcher = createFetcher(options, {
      resolve: resolveFrom({ 'rebind.example': [NOBODY, '127.0.0.1'] }),
    });
    onTestFinished(() => fetcher.close());
    const result = await fetcher.fetch(url, IMAGE);
    expect(result).toMatchObject({
      failure: { message: 'rebind.example resolves to 127.0.0.1, which is not a public address' },
    });
    expect(server.connections()).toBe(0);
  });
});
