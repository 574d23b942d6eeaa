import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Fault, FaultMaterial } from './fault-server.ts';

const BOMB_BYTES = 64 * 1024 * 1024;

const SCRIPT_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
  <script>fetch('/fault/canary')</script>
  <image href="/fault/canary" width="8" height="8"/>
  <rect width="200" height="100" fill="teal" onload="fetch('/fault/canary')"/>
</svg>`;

const ENTITY_BOMB_SVG = `<?xml version="1.0"?>
<!DOCTYPE svg [
  <!ENTITY boom0 "boom">
${Array.from({ length: 10 }, (_, i) => `  <!ENTITY boom${i + 1} "${`&boom${i};`.repeat(10)}">`).join('\n')}
]>
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>&boom10;</text></svg>`;

/**
 * Every way to misbehave, by name. `canary` is what nothing should ever ask for; look for it in the log.
 * `redirect-chain-N` and `together-N/…`, for any N, redirect N times, and answer once N requests of the like are waiting.
 */
export function faultsOf(material: FaultMaterial): (name: string) => Fault | undefined {
  const faults: Readonly<Record<string, Fault>> = {
    ...statusFaults(material),
    ...redirectFaults(),
    ...silentFaults(material),
    ...bodyFaults(material),
    ...encodingFaults(material),
    ...protocolFaults(material),
    ...versionFaults(material),
  };
  const waiting: (() => void)[] = [];
  const together =
    (count: number): Fault =>
    (_request, response) => {
      waiting.push(() => send(response, material.png));
      if (waiting.length >= count) for (const answer of waiting.splice(0)) answer();
    };
  return (name) => {
    const [, family, digits] = /^(redirect-chain|together)-(\d+)(?:\/|$)/.exec(name) ?? [];
    if (family === 'redirect-chain') return chain(Number(digits));
    if (family === 'together') return together(Number(digits));
    return Object.hasOwn(faults, name) ? faults[name] : undefined;
  };
}

function statusFaults({ png }: FaultMaterial): Record<string, Fault> {
  const picture: Fault = (_request, response) => send(response, png);
  return {
    '403': status(403),
    '404': status(404),
    '410': status(410),
    '500': status(500),
    unavailable: status(503),
    'no-content': status(204),
    'not-modified': status(304),
    // Nobody asked for a part.
    partial: (_request, response) => {
      const range = { 'content-range': `bytes 0-99/${png.length}` };
      response.writeHead(206, { 'content-type': 'image/png', ...range }).end(png.subarray(0, 100));
    },
    // The reason is the host's own text, and may hold anything.
    'rude-reason': (_request, response) => void response.writeHead(418, 'pay at http://evil.example').end(),
    'needs-user-agent': (request, ...rest) =>
      (/deckhand/i.test(request.headers['user-agent'] ?? '') ? picture : status(403))(request, ...rest),
    'auth-required': (request, ...rest) =>
      (request.headers.authorization === 'Bearer sesame' ? picture : status(401))(request, ...rest),
    flaky: (request, response, count) => (count <= 2 ? status(503) : picture)(request, response, count),
    throttled: (request, response, count) =>
      (count === 1 ? status(429, { 'retry-after': '1' }) : picture)(request, response, count),
    'retry-after-date': (request, response, count) => {
      const soon = new Date(Date.now() + 1000).toUTCString();
      (count === 1 ? status(503, { 'retry-after': soon }) : picture)(request, response, count);
    },
    'throttled-for-a-day': status(429, { 'retry-after': '86400' }),
    'picture-then-404': (request, response, count) =>
      (count === 1 ? picture : status(404))(request, response, count),
    'picture-then-html': (request, response, count) =>
      (count === 1 ? picture : page)(request, response, count),
    canary: status(204),
  };
}

function redirectFaults(): Record<string, Fault> {
  const to =
    (location: string): Fault =>
    (_request, response) =>
      redirect(response, location);
  return {
    redirect: to('/picture.png'),
    'redirect-loop': (request, response) => redirect(response, request.url ?? '/'),
    'redirect-ping': to('/fault/redirect-pong'),
    'redirect-pong': to('/fault/redirect-ping'),
    'redirect-to-metadata': to('http://169.254.169.254/latest/meta-data/'),
    'redirect-to-metadata-name': to('http://metadata.google.internal/computeMetadata/v1/'),
    'redirect-to-file': to('file:///etc/passwd'),
    'redirect-to-data': to('data:image/png;base64,iVBORw0KGgo='),
    'redirect-to-credentials': to('https://me:secret@example.org/fault/canary'),
    'redirect-to-loopback': (request, response) =>
      redirect(response, `http://localhost:${request.socket.localPort}/fault/canary`),
    'redirect-to-other-port': to('http://127.0.0.1:1/fault/canary'),
    'redirect-to-nowhere': (_request, response) => void response.writeHead(302).end(),
    'redirect-to-nonsense': to('http://['),
    // As it stands in many a server's configuration: UTF-8, and not escaped.
    'redirect-unescaped': (_request, response) =>
      redirect(response, Buffer.from('/größe/picture.png').toString('latin1')),
    // The body never comes, and nobody needs it.
    'redirect-and-hang': (_request, response) =>
      void response.writeHead(302, { location: '/picture.png', 'content-length': '10' }).flushHeaders(),
  };
}

function silentFaults({ png }: FaultMaterial): Record<string, Fault> {
  const half = png.subarray(0, png.length >> 1);
  const whole = { 'content-type': 'image/png', 'content-length': png.length };
  return {
    reset: (request) => void request.socket.resetAndDestroy(),
    'close-at-once': (request) => void request.socket.end(),
    'close-after-headers': (request, response) => {
      response.writeHead(200, whole).flushHeaders();
      request.socket.end();
    },
    hang: () => {},
    'slow-headers': (request) => {
      request.socket.write('HTTP/1.1 200 OK\r\n');
      repeat(request.socket, 50, 'x-slow: yes\r\n');
    },
    'hang-in-body': (_request, response) => void response.writeHead(200, whole).write(half),
    trickle: (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      repeat(response, 100, Buffer.of(0x89));
    },
    endless: (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      repeat(response, 1, Buffer.alloc(64 * 1024));
    },
    // Fewer bytes than announced, then the connection goes.
    truncated: (request, response) =>
      void response.writeHead(200, whole).write(half, () => request.socket.destroy()),
  };
}

function bodyFaults({ png }: FaultMaterial): Record<string, Fault> {
  const half = png.subarray(0, png.length >> 1);
  return {
    // Complete as far as HTTP can tell.
    'half-an-image': (_request, response) => send(response, half),
    empty: (_request, response) => send(response, Buffer.alloc(0)),
    'empty-chunked': (_request, response) => void response.writeHead(200).end(),
    html: page,
    'wrong-type': (_request, response) => send(response, png, { 'content-type': 'text/plain' }),
    'wrong-charset': (_request, response) =>
      send(response, png, { 'content-type': 'image/png; charset=utf-16' }),
    'trailing-garbage': (_request, response) => send(response, Buffer.concat([png, Buffer.alloc(999, 7)])),
    'announces-too-much': (_request, response) =>
      void response.writeHead(200, { 'content-length': String(2 ** 43) }).write(half),
    // What is more than announced belongs to no answer.
    'announces-too-little': (request) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${half.length}\r\n\r\n`;
      request.socket.end(Buffer.concat([Buffer.from(head), png]));
    },
    'script.svg': (_request, response) =>
      send(response, Buffer.from(SCRIPT_SVG), { 'content-type': 'image/svg+xml' }),
    'entity-bomb.svg': (_request, response) =>
      send(response, Buffer.from(ENTITY_BOMB_SVG), { 'content-type': 'image/svg+xml' }),
  };
}

function encodingFaults({ png }: FaultMaterial): Record<string, Fault> {
  const made = new Map<string, Buffer>();
  const encoded =
    (encoding: string, make: () => Buffer): Fault =>
    (_request, response) => {
      const body = made.get(encoding + make) ?? make();
      made.set(encoding + make, body);
      send(response, body, { 'content-encoding': encoding });
    };
  return {
    'gzip-bomb': encoded('gzip', () => gzipSync(Buffer.alloc(BOMB_BYTES))),
    'brotli-bomb': encoded('br', () => quickBrotli(Buffer.alloc(BOMB_BYTES))),
    'gzip-bomb-twice': encoded('gzip, gzip', () => gzipSync(gzipSync(Buffer.alloc(BOMB_BYTES)))),
    gzip: encoded('gzip', () => gzipSync(png)),
    'gzip-twice': encoded('gzip, gzip', () => gzipSync(gzipSync(png))),
    'gzip-five-times': encoded('gzip, gzip, gzip, gzip, gzip', () => gzipSync(png)),
    'gzip-cut': encoded('gzip', () => gzipSync(png).subarray(0, 100)),
    'gzip-that-is-none': encoded('gzip', () => png),
    brotli: encoded('br', () => quickBrotli(png)),
    deflate: encoded('deflate', () => deflateSync(png)),
    'deflate-raw': encoded('deflate', () => deflateRawSync(png)),
    zstd: encoded('zstd', () => png),
  };
}

/** What breaks the rules of HTTP. */
function protocolFaults({ png }: FaultMaterial): Record<string, Fault> {
  const raw =
    (...parts: (string | Buffer)[]): Fault =>
    (request) =>
      void request.socket.end(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
  return {
    'not-http': raw('hello, this is a mail server\r\n'),
    // Before 1.0 an answer was the body and nothing else.
    'http-0.9': raw(png),
    'broken-chunks': raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'zzz\r\nnonsense\r\n'),
    'many-headers': raw('HTTP/1.1 200 OK\r\n', 'x-flood: yes\r\n'.repeat(5_000), '\r\n'),
    'huge-header': raw('HTTP/1.1 200 OK\r\n', `x-flood: ${'y'.repeat(200_000)}\r\n\r\n`),
    'early-hints': (_request, response) =>
      response.writeEarlyHints({ link: '</fault/canary>; rel=preload' }, () => send(response, png)),
  };
}

/** Pictures with validators, and validators with flaws. A new version is another picture. */
function versionFaults({ png, jpg, version }: FaultMaterial): Record<string, Fault> {
  const body = (): Buffer => (version() % 2 === 1 ? png : jpg);
  const tagged =
    (tag: () => string): Fault =>
    (request, response) =>
      request.headers['if-none-match'] === tag()
        ? void response.writeHead(304, { etag: tag() }).end()
        : send(response, body(), { etag: tag() });
  const date = (): string => new Date(Date.UTC(2025, 0, version())).toUTCString();
  return {
    etag: tagged(() => `"v${version()}"`),
    'weak-etag': tagged(() => `W/"v${version()}"`),
    'unquoted-etag': tagged(() => `v${version()}`),
    'last-modified': (request, response) =>
      request.headers['if-modified-since'] === date()
        ? void response.writeHead(304).end()
        : send(response, body(), { 'last-modified': date() }),
    'redirect-to-etag': (_request, response) =>
      redirect(response, version() === 1 ? '/fault/etag' : '/picture.jpg'),
  };
}

function quickBrotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}

function chain(length: number): Fault {
  return (_request, response) =>
    redirect(response, length > 1 ? `/fault/redirect-chain-${length - 1}` : '/picture.png');
}

function page(_request: unknown, response: ServerResponse): void {
  const html = '<!doctype html><title>Log in</title><p>Please.';
  send(response, Buffer.from(html), { 'content-type': 'image/png' });
}

function status(code: number, headers: Record<string, string> = {}): Fault {
  return (_request, response) =>
    void response.writeHead(code, { 'content-type': 'text/html', ...headers }).end();
}

/** A PNG unless the headers say otherwise. */
function send(response: ServerResponse, body: Buffer, headers: Record<string, string> = {}): void {
  const usual = { 'content-type': 'image/png', 'content-length': body.length };
  response.writeHead(200, { ...usual, ...headers }).end(body);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

/** Writes the same chunk for as long as anybody listens. */
function repeat(to: NodeJS.WritableStream, everyMs: number, chunk: Buffer | string): void {
  const timer = setInterval(() => to.write(chunk), everyMs);
  to.on('close', () => clearInterval(timer));
}
