/**
 * How long bringing home two hundred pictures from eight hosts takes, against the least that the hosts allow, and how
 * long once they are kept.
 *
 *   npm run build && npx tsx scripts/bench-images.ts [--runs 5]
 *
 * A server in a process of its own stands in for the hosts and lets each request wait for 50 ms. Cold, the busiest host's
 * requests × that latency ÷ the requests it may get at once is the floor. Each run is a process of its own, as a build is,
 * and what it decodes, hashes and writes is all in its time. The median of the runs counts; above a limit the exit code
 * is 1.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DEFAULT_LIMITS } from '../src/images/limits.ts';
import { drawPictures, PICTURES } from './bench/web-pictures.ts';

const LATENCY_MS = 50;
const HOSTS = 8;
const MAX_COLD_RATIO = 1.3;
const MAX_WARM_MS_PER_IMAGE = 2;
const MAX_WARM_MS_PER_MEGABYTE = 3;

/** How the pictures are spread over the hosts: by turns, or as in most decks, where one host has many of them. */
const SPREADS: Readonly<Record<string, (index: number) => number>> = {
  'a quarter of them on one': (index) => (index % 4 === 0 ? 0 : 1 + (index % (HOSTS - 1))),
  'evenly spread': (index) => index % HOSTS,
};

interface Localized {
  readonly ms: number;
  readonly bytes: number;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    dist: { type: 'string', default: resolve(import.meta.dirname, '../dist') },
    serve: { type: 'boolean' },
    localize: { type: 'string' },
    port: { type: 'string' },
    spread: { type: 'string' },
  },
});

if (values.serve) await serve();
else if (values.localize !== undefined)
  process.send?.(await localize(values.localize), () => process.disconnect());
else await main(Number(values.runs));

/** The hosts, as a child process: tells its port, and ends with its parent. */
async function serve(): Promise<void> {
  const pictures = await drawPictures();
  const server = createServer((request, response) => {
    const index = Number(/(\d+)$/.exec(request.url ?? '')?.[1]);
    const body = pictures[index] ?? Buffer.alloc(0);
    setTimeout(() => response.writeHead(200, { 'content-length': body.length }).end(body), LATENCY_MS);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

/** What a build does with its remote pictures, over the cache in `dir`. */
async function localize(dir: string): Promise<Localized> {
  const load = (path: string): Promise<unknown> => import(pathToFileURL(join(values.dist, path)).href);
  const { openCache } = (await load('images/cache.js')) as typeof import('../src/images/cache.ts');
  const { createDecoder } = (await load('images/decoder.js')) as typeof import('../src/images/decoder.ts');
  const { createImageSource } = (await load('images/source.js')) as typeof import('../src/images/source.ts');
  const hostOf = SPREADS[values.spread ?? ''] ?? (() => 0);
  const mirrors = Array.from({ length: HOSTS }, (_, host) => ({
    from: `https://host${host}.example/`,
    to: `http://127.0.0.1:${values.port}/host${host}/`,
  }));
  const options = { userAgent: 'Deckhand (benchmark)', mirrors, offline: false };
  const urls = Array.from({ length: PICTURES }, (_, i) => `https://host${hostOf(i)}.example/picture${i}`);
  const started = performance.now();
  const decoder = createDecoder({ limits: DEFAULT_LIMITS });
  const source = createImageSource(options, openCache(dir), decoder);
  const found = await Promise.all(urls.map((url) => source.remote(url)));
  const ms = performance.now() - started;
  await Promise.all([source.close(), decoder.close()]);
  const sizes = found.map((one) => {
    if (!one.ok) throw new Error(one.failure.message);
    return one.image.bytes.length;
  });
  return { ms, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function main(runs: number): Promise<void> {
  const server = child('--serve');
  const [port] = await once(server, 'message');
  let allWithin = true;
  for (const [spread, hostOf] of Object.entries(SPREADS)) {
    const cold: Localized[] = [];
    const warm: Localized[] = [];
    for (let run = 0; run < runs; run++) {
      const dir = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
      const args = ['--localize', dir, '--port', String(port), '--spread', spread, '--dist', values.dist];
      for (const list of [cold, warm]) list.push(await answerOf(child(...args)));
      await rm(dir, { recursive: true });
    }
    allWithin = report(spread, hostOf, cold, warm) && allWithin;
  }
  server.disconnect();
  process.exitCode = allWithin ? 0 : 1;
}

/** This program again, in another role. */
function child(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, import.meta.filename, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function answerOf(process: ChildProcess): Promise<Localized> {
  const [[answer]] = await Promise.all([once(process, 'message'), once(process, 'exit')]);
  return answer as Localized;
}

/** @returns whether all is within its limit. */
function report(
  spread: string,
  hostOf: (index: number) => number,
  cold: readonly Localized[],
  warm: readonly Localized[],
): boolean {
  const perHost = Array.from({ length: HOSTS }, () => 0);
  for (let i = 0; i < PICTURES; i++) perHost[hostOf(i)] = (perHost[hostOf(i)] ?? 0) + 1;
  const floorMs = (Math.max(...perHost) * LATENCY_MS) / DEFAULT_LIMITS.fetchesPerHost;
  const megabytes = (warm[0]?.bytes ?? 0) / 1e6;
  const allowedMs = PICTURES * MAX_WARM_MS_PER_IMAGE + megabytes * MAX_WARM_MS_PER_MEGABYTE;
  const coldMs = median(cold);
  const warmMs = median(warm);
  const row = (what: string, ms: number, against: string, ratio: number, limit: number): void =>
    console.log(
      `  ${what}  ${ms.toFixed(0).padStart(5)} ms   ${against.padEnd(34)} ratio ${ratio.toFixed(2)}, at most ${limit}`,
    );
  console.log(`${PICTURES} pictures, ${megabytes.toFixed(1)} MB, on ${HOSTS} hosts, ${spread}`);
  row('cold', coldMs, `floor ${floorMs} ms`, coldMs / floorMs, MAX_COLD_RATIO);
  row('warm', warmMs, `2 ms an image + 3 ms a MB: ${allowedMs.toFixed(0)} ms`, warmMs / allowedMs, 1);
  return coldMs <= floorMs * MAX_COLD_RATIO && warmMs <= allowedMs;
}

function median(runs: readonly Localized[]): number {
  return runs.map(({ ms }) => ms).sort((a, b) => a - b)[runs.length >> 1] ?? Number.NaN;
}
