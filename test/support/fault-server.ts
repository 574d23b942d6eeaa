import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';

/** A web server on 127.0.0.1 that serves generated pictures and misbehaves on `/fault/NAME`. */
export interface FaultServer {
  /** Absolute URL of a path that begins with a slash. */
  url(path: string): string;
  readonly port: number;
  /** Path and query of each request so far, in order. */
  requests(): string[];
  close(): Promise<void>;
}

/** One way to answer; `count` is how often this path has been asked for, from 1. */
type Fault = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const BOMB_BYTES = 200 * 1024 * 1024;

/**
 * Serves `/picture.png`, `/picture.jpg`, `/picture.svg`, `/picture.webp`, `/picture.gif` (each 320 × 180, also below
 * any folder), and faults by name: see {@link faultsOf}. `/redirect?to=URL` redirects there.
 */
export async function startFaultServer(): Promise<FaultServer> {
  const pictures = await makePictures();
  const faults = faultsOf(pictures.png);
  const log: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    log.push(path);
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    const { pathname, searchParams } = new URL(path.replace(/^\/+/, '/'), 'http://server.invalid');
    const to = searchParams.get('to');
    if (pathname === '/redirect' && to !== null) return void redirect(response, to);
    const fault = pathname.startsWith('/fault/') ? faults[pathname.slice('/fault/'.length)] : undefined;
    if (fault) return fault(request, response, count);
    const name = /\/picture\.(png|jpg|svg|webp|gif)$/.exec(pathname)?.[1] as
      | keyof typeof pictures
      | undefined;
    if (name) send(response, TYPES[name], pictures[name]);
    else status(404)(request, response, count);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests: () => [...log],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  gif: 'image/gif',
} as const;

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

async function makePictures(): Promise<Record<keyof typeof TYPES, Buffer>> {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">' +
      '<rect width="320" height="180" fill="#fc0"/><circle cx="160" cy="90" r="60" fill="#036"/></svg>',
  );
  const picture = sharp(svg);
  const [png, jpg, webp, gif] = await Promise.all([
    // Uncompressed, so that the picture has bytes enough to be cut in the middle.
    picture.clone().png({ compressionLevel: 0 }).toBuffer(),
    picture.clone().jpeg().toBuffer(),
    picture.clone().webp().toBuffer(),
    picture.clone().gif().toBuffer(),
  ]);
  return { png, jpg, svg, webp, gif };
}

/** Every fault. `canary` is what nothing should ever ask for; look for it in the log. */
function faultsOf(png: Buffer): Readonly<Record<string, Fault>> {
  const half = png.subarray(0, png.length >> 1);
  const head = { 'content-type': 'image/png' };
  const whole = { ...head, 'content-length': png.length };
  let bomb: Buffer | undefined;
  return {
    '403': status(403),
    '404': status(404),
    '500': status(500),
    'needs-user-agent': (request, response, count) =>
      /deckhand/i.test(request.headers['user-agent'] ?? '')
        ? send(response, 'image/png', png)
        : status(403)(request, response, count),
    flaky: (request, response, count) =>
      count <= 2 ? status(503)(request, response, count) : send(response, 'image/png', png),
    throttled: (_request, response, count) =>
      count === 1
        ? void response.writeHead(429, { 'retry-after': '1' }).end()
        : send(response, 'image/png', png),
    'throttled-for-a-day': (_request, response) =>
      void response.writeHead(429, { 'retry-after': '86400' }).end(),
    reset: (request) => void request.socket.resetAndDestroy(),
    hang: () => {},
    'hang-in-body': (_request, response) => void response.writeHead(200, whole).write(half),
    trickle: (_request, response) => repeat(response, 100, Buffer.of(0x89)),
    endless: (_request, response) => repeat(response, 1, Buffer.alloc(64 * 1024)),
    // Fewer bytes than announced, then the connection goes.
    truncated: (request, response) =>
      void response.writeHead(200, whole).write(half, () => request.socket.destroy()),
    // Complete as far as HTTP can tell.
    'half-an-image': (_request, response) => send(response, 'image/png', half),
    empty: (_request, response) => send(response, 'image/png', Buffer.alloc(0)),
    html: (_request, response) =>
      send(response, 'image/png', Buffer.from('<!doctype html><title>Log in</title><p>Please.')),
    'wrong-type': (_request, response) => send(response, 'text/plain', png),
    'gzip-bomb': (_request, response) => {
      bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES));
      send(response, 'image/png', bomb, { 'content-encoding': 'gzip' });
    },
    gzip: (_request, response) => send(response, 'image/png', gzipSync(png), { 'content-encoding': 'gzip' }),
    redirect: (_request, response) => redirect(response, '/picture.png'),
    'redirect-loop': (request, response) => redirect(response, request.url ?? '/'),
    'redirect-to-metadata': (_request, response) =>
      redirect(response, 'http://169.254.169.254/latest/meta-data/'),
    'redirect-to-file': (_request, response) => redirect(response, 'file:///etc/passwd'),
    'script.svg': (_request, response) => send(response, 'image/svg+xml', Buffer.from(SCRIPT_SVG)),
    'entity-bomb.svg': (_request, response) => send(response, 'image/svg+xml', Buffer.from(ENTITY_BOMB_SVG)),
    canary: status(204),
  };
}

function status(code: number): Fault {
  return (_request, response) => void response.writeHead(code, { 'content-type': 'text/html' }).end();
}

function send(
  response: ServerResponse,
  type: string,
  body: Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.length, ...headers }).end(body);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

/** Writes the same chunk for as long as anybody listens. */
function repeat(response: ServerResponse, everyMs: number, chunk: Buffer): void {
  response.writeHead(200, { 'content-type': 'image/png' });
  const timer = setInterval(() => response.write(chunk), everyMs);
  response.on('close', () => clearInterval(timer));
}
