import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { faultsOf } from './faults.ts';

/** A web server on 127.0.0.1 that serves generated pictures and misbehaves on `/fault/NAME`. */
export interface FaultServer {
  /** Absolute URL of a path that begins with a slash. */
  url(path: string): string;
  readonly port: number;
  /** Path and query of each request so far, in order. */
  requests(): string[];
  /** What each request for this path and query came with, in order. */
  headers(path: string): IncomingHttpHeaders[];
  /** The status of each answer so far to this path and query, in order. */
  statuses(path: string): number[];
  /** TCP connections so far. */
  connections(): number;
  /** The most requests that were under way at once, over all paths that begin so. */
  peak(pathStart?: string): number;
  /** From now on `/fault/etag` and its like have another version of their picture. */
  change(): void;
  close(): Promise<void>;
}

/** One way to answer; `count` is how often this path has been asked for, from 1. */
export type Fault = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** What faults are made of. */
export interface FaultMaterial {
  readonly png: Buffer;
  /** A second picture. */
  readonly jpg: Buffer;
  /** Of what has versions, from 1. */
  version(): number;
}

/**
 * Serves `/picture.png`, `/picture.jpg`, `/picture.svg`, `/picture.webp`, `/picture.gif` (each 320 × 180, also below
 * any folder), and faults by name: see `faults.ts`. `/redirect?to=URL` redirects there.
 *
 * @param more answers by path, which come first.
 */
export async function startFaultServer(more: Readonly<Record<string, Fault>> = {}): Promise<FaultServer> {
  const pictures = await makePictures();
  const log: { readonly path: string; readonly headers: IncomingHttpHeaders; status: number }[] = [];
  const counts = new Map<string, number>();
  const open: string[] = [];
  /** What was under way when each request came. */
  const crowds: string[][] = [];
  let connections = 0;
  let version = 1;
  const faults = faultsOf({ ...pictures, version: () => version });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const entry = { path, headers: request.headers, status: 0 };
    log.push(entry);
    open.push(path);
    crowds.push([...open]);
    response.once('close', () => {
      entry.status = response.statusCode;
      open.splice(open.indexOf(path), 1);
    });
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    const { pathname, searchParams } = new URL(path.replace(/^\/+/, '/'), 'http://server.invalid');
    const to = searchParams.get('to');
    if (pathname === '/redirect' && to !== null) return void response.writeHead(302, { location: to }).end();
    const fault = more[pathname] ?? (pathname.startsWith('/fault/') ? faults(pathname.slice(7)) : undefined);
    if (fault) return fault(request, response, count);
    const name = /\/picture\.(png|jpg|svg|webp|gif)$/.exec(pathname)?.[1] as
      | keyof typeof pictures
      | undefined;
    if (!name) return void response.writeHead(404, { 'content-type': 'text/html' }).end();
    const headers = { 'content-type': TYPES[name], 'content-length': pictures[name].length };
    response.writeHead(200, headers).end(pictures[name]);
  });
  server.on('connection', () => {
    connections++;
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const entriesOf = (path: string) => log.filter((entry) => entry.path === path);
  return {
    port,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests: () => log.map(({ path }) => path),
    headers: (path) => entriesOf(path).map(({ headers }) => headers),
    statuses: (path) => entriesOf(path).map(({ status }) => status),
    connections: () => connections,
    peak: (start = '/') =>
      Math.max(0, ...crowds.map((crowd) => crowd.filter((path) => path.startsWith(start)).length)),
    change: () => {
      version++;
    },
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
