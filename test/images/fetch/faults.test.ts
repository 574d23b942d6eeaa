import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageLimits } from '../../../src/images/model/limits.ts';
import { type FaultServer, startFaultServer } from '../../support/fault-server.ts';
import { imageSource } from '../../support/image-source.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

const ORIGIN = 'https://pictures.example/';

/** What a build makes of a fault: `ok`, or the failure. */
async function outcomeOf(path: string, limits: Partial<ImageLimits> = {}) {
  const source = await imageSource({ mirrors: [{ from: ORIGIN, to: server.url('/') }], limits });
  const found = await source.remote(`${ORIGIN}fault/${path}`);
  return found.ok ? ('ok' as const) : found.failure;
}

/** Name, code, and what comes after the host in the message. */
const LOST: readonly (readonly [fault: string, code: string, reason: string])[] = [
  // The host says no.
  ['404', 'IMAGE_HTTP_STATUS', 'answered 404 Not Found'],
  ['403', 'IMAGE_HTTP_STATUS', 'answered 403 Forbidden'],
  ['410', 'IMAGE_HTTP_STATUS', 'answered 410 Gone'],
  ['500', 'IMAGE_HTTP_STATUS', 'answered 500 Internal Server Error'],
  ['unavailable', 'IMAGE_HTTP_STATUS', 'answered 503 Service Unavailable'],
  ['throttled-for-a-day', 'IMAGE_HTTP_STATUS', 'answered 429 Too Many Requests'],
  ['auth-required', 'IMAGE_HTTP_STATUS', 'answered 401 Unauthorized'],
  ['no-content', 'IMAGE_HTTP_STATUS', 'answered 204 No Content'],
  ['partial', 'IMAGE_HTTP_STATUS', 'answered 206 Partial Content'],
  ['not-modified', 'IMAGE_HTTP_STATUS', 'answered 304 Not Modified'],
  ['rude-reason', 'IMAGE_HTTP_STATUS', "answered 418 I'm a Teapot"],
  // The host goes away, or says nothing.
  ['reset', 'IMAGE_UNREACHABLE', 'closed the connection before the image was complete'],
  ['close-at-once', 'IMAGE_UNREACHABLE', 'closed the connection before the image was complete'],
  ['close-after-headers', 'IMAGE_UNREACHABLE', 'closed the connection before the image was complete'],
  ['truncated', 'IMAGE_UNREACHABLE', 'closed the connection before the image was complete'],
  ['hang', 'IMAGE_TIMEOUT', 'did not answer within 0.3 s'],
  ['slow-headers', 'IMAGE_TIMEOUT', 'did not answer within 0.3 s'],
  ['hang-in-body', 'IMAGE_TIMEOUT', 'stopped sending for 0.3 s'],
  // Too much.
  ['endless', 'IMAGE_TOO_LARGE', 'sent more than 1 MiB'],
  ['announces-too-much', 'IMAGE_TOO_LARGE', 'sent more than 1 MiB'],
  ['gzip-bomb', 'IMAGE_TOO_LARGE', 'sent more than 1 MiB'],
  ['gzip-bomb-twice', 'IMAGE_TOO_LARGE', 'sent more than 1 MiB'],
  ['brotli-bomb', 'IMAGE_TOO_LARGE', 'sent more than 1 MiB'],
  // Not what was asked for.
  ['empty', 'IMAGE_NOT_AN_IMAGE', 'sent an empty response instead of an image'],
  ['empty-chunked', 'IMAGE_NOT_AN_IMAGE', 'sent an empty response instead of an image'],
  ['html', 'IMAGE_NOT_AN_IMAGE', ': this is not an image but an HTML page titled “Log in”'],
  ['half-an-image', 'IMAGE_BROKEN', ': the PNG is damaged'],
  ['entity-bomb.svg', 'IMAGE_BROKEN', ': the SVG'],
  ['gzip-cut', 'IMAGE_BROKEN', 'sent a damaged gzip stream'],
  ['gzip-that-is-none', 'IMAGE_BROKEN', 'sent a damaged gzip stream'],
  ['gzip-five-times', 'IMAGE_BROKEN', 'sent a response that was compressed 5 times'],
  ['zstd', 'IMAGE_BROKEN', 'sent a response in an unknown encoding'],
  // Not HTTP.
  ['not-http', 'IMAGE_UNREACHABLE', 'sent a response that is not valid HTTP'],
  ['http-0.9', 'IMAGE_UNREACHABLE', 'sent a response that is not valid HTTP'],
  ['announces-too-little', 'IMAGE_UNREACHABLE', 'sent a response that is not valid HTTP'],
  ['broken-chunks', 'IMAGE_UNREACHABLE', 'sent a response that is not valid HTTP'],
  ['many-headers', 'IMAGE_UNREACHABLE', 'sent too many headers'],
  ['huge-header', 'IMAGE_UNREACHABLE', 'sent too many headers'],
  // Redirects that lead nowhere.
  ['redirect-loop', 'IMAGE_TOO_MANY_REDIRECTS', 'redirects more than 5 times'],
  ['redirect-ping', 'IMAGE_TOO_MANY_REDIRECTS', 'redirects more than 5 times'],
  ['redirect-chain-6', 'IMAGE_TOO_MANY_REDIRECTS', 'redirects more than 5 times'],
  ['redirect-to-nowhere', 'IMAGE_HTTP_STATUS', 'answered 302 Found'],
  ['redirect-to-nonsense', 'IMAGE_HTTP_STATUS', 'answered 302 Found'],
  ['redirect-to-file', 'IMAGE_FORBIDDEN_ADDRESS', 'redirects to a file: URL'],
  ['redirect-to-data', 'IMAGE_FORBIDDEN_ADDRESS', 'redirects to a data: URL'],
  [
    'redirect-to-credentials',
    'IMAGE_FORBIDDEN_ADDRESS',
    'redirects to a URL of example.org with a user name or password',
  ],
];

describe('a fault costs its image, with a reason', () => {
  test.each(LOST)('%s is %s, and the message begins with the host', async (fault, code, reason) => {
    const outcome = await outcomeOf(fault);
    const start = `127.0.0.1:${server.port}${reason.startsWith(':') ? '' : ' '}${reason}`;
    expect(outcome).toMatchObject({ code, message: expect.stringContaining(start) });
  });

  test('a body that trickles ends with the total deadline', async () => {
    expect(await outcomeOf('trickle', { totalTimeoutMs: 700 })).toMatchObject({
      code: 'IMAGE_TIMEOUT',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ did not send the image within 0.7 s$/),
    });
  });
});

describe('a redirect to a forbidden address is refused, with that address', () => {
  test.each([
    ['redirect-to-metadata', '169.254.169.254 is not a public address'],
    ['redirect-to-other-port', '127.0.0.1 is not a public address'],
    ['redirect-to-loopback', 'localhost resolves to '],
  ])('%s', async (fault, message) => {
    expect(await outcomeOf(fault)).toMatchObject({
      code: 'IMAGE_FORBIDDEN_ADDRESS',
      message: expect.stringContaining(message),
    });
  });
});

describe('a fault that can be got over costs nothing', () => {
  test.each([
    'needs-user-agent',
    'flaky',
    'throttled',
    'retry-after-date',
    'wrong-type',
    'wrong-charset',
    'trailing-garbage',
    'early-hints',
    'redirect',
    'redirect-chain-5',
    'redirect-and-hang',
    'redirect-to-etag',
    'gzip',
    'gzip-twice',
    'brotli',
    'deflate',
    'deflate-raw',
    'script.svg',
    'unquoted-etag',
  ])('%s', async (fault) => {
    expect(await outcomeOf(fault)).toBe('ok');
  });

  test('a redirect with letters that should have been escaped', async () => {
    await outcomeOf('redirect-unescaped');
    expect(server.requests()).toContain('/gr%C3%B6%C3%9Fe/picture.png');
  });
});

describe('after all of this', () => {
  test('the canary was not requested', () => {
    expect(server.requests().filter((path) => path.includes('canary'))).toEqual([]);
  });

  test('only the User-Agent identifies Deckhand', () => {
    const told = server.requests().flatMap((path) => server.headers(path));
    expect(new Set(told.flatMap((headers) => Object.keys(headers)))).toEqual(
      new Set(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']),
    );
  });
});
