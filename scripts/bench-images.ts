/**
 * Measures how long fetching two hundred images from eight hosts takes, compared to the minimum that the hosts allow, and how
 * long with a warm cache.
 *
 *   npm run build && npx tsx scripts/bench-images.ts [--runs 5]
 *
 * A server in a process of its own stands in for the hosts and delays each request by 50 ms. With a cold cache, the minimum
 * is the number of the busiest host's requests × that latency ÷ its simultaneous requests. Each run is a process of its own,
 * as a build is, and its time includes decoding, hashing and writing. The median of the runs counts; above a limit the exit
 * code is 1. With large images, decoding takes longer than the minimum on two processors.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_LIMITS } from '../src/images/model/limits.ts';
import type { LocalizeOrder } from './bench/localize.ts';
import { drawPictures, PICTURES } from './bench/web-pictures.ts';

const LATENCY_MS = 50;
const HOSTS = 8;
const MAX_COLD_RATIO = 1.3;
const MAX_WARM_MS_PER_IMAGE = 2;
const MAX_WARM_MS_PER_MEGABYTE = 3;

/** Maximum width in pixels: thumbnails and logos, or with photographs of up to one megabyte. */
const WIDTHS = [300, 2000];

/** How the images are distributed over the hosts: evenly, or as in most decks, where one host has many of them. */
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
    serve: { type: 'string' },
  },
});

if (values.serve !== undefined) await serve(Number(values.serve));
else await main(Number(values.runs));

/** The hosts, as a child process: prints its port, and ends with its parent. */
async function serve(widestPx: number): Promise<void> {
  const pictures = await drawPictures(widestPx);
  const server = createServer((request, response) => {
    const index = Number(/(\d+)$/.exec(request.url ?? '')?.[1]);
    const body = pictures[index] ?? Buffer.alloc(0);
    setTimeout(() => response.writeHead(200, { 'content-length': body.length }).end(body), LATENCY_MS);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

async function main(runs: number): Promise<void> {
  let allWithin = true;
  for (const widestPx of WIDTHS) {
    const server = child(process.execArgv, import.meta.filename, '--serve', String(widestPx));
    const [port] = await once(server, 'message');
    for (const [spread, hostOf] of Object.entries(SPREADS)) {
      const { cold, warm } = await timed(runs, Number(port), hostOf);
      allWithin = report(spread, hostOf, cold, warm) && allWithin;
    }
    server.disconnect();
  }
  process.exitCode = allWithin ? 0 : 1;
}

async function timed(runs: number, port: number, hostOf: (index: number) => number) {
  const mirrors = Array.from({ length: HOSTS }, (_, host) => ({
    from: `https://host${host}.example/`,
    to: `http://127.0.0.1:${port}/host${host}/`,
  }));
  const urls = Array.from({ length: PICTURES }, (_, i) => `https://host${hostOf(i)}.example/picture${i}`);
  const cold: Localized[] = [];
  const warm: Localized[] = [];
  for (let run = 0; run < runs; run++) {
    const dir = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
    for (const list of [cold, warm]) list.push(await localize({ dir, mirrors, urls }));
    await rm(dir, { recursive: true });
  }
  return { cold, warm };
}

async function localize(order: LocalizeOrder): Promise<Localized> {
  const localizing = child(process.execArgv, join(import.meta.dirname, 'bench/localize.ts'));
  localizing.send(order);
  const [[answer]] = await Promise.all([once(localizing, 'message'), once(localizing, 'exit')]);
  return answer as Localized;
}

function child(nodeOptions: readonly string[], ...command: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, ...command], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** @returns whether everything is within its limit. */
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
