import sharp from 'sharp';
import { messageOf } from '../../model/errors.ts';
import { failed } from '../model/model.ts';
import { makePdfImage } from '../renditions/print-image.ts';
import { makeRendition } from '../renditions/renditions.ts';
import type { Answer, Job, JobResult } from './decoder-protocol.ts';
import { inspectImage } from './inspect.ts';

// The program of a decoder process: see `decoder.ts`.

/** Often enough that memory grows little in between. Most of the decoding happens on other threads. */
const WATCH_EVERY_MS = 20;

/** Several processes run at the same time, so each uses no more than one image needs, and caches nothing. */
sharp.concurrency(1);
sharp.cache(false);

async function work(job: Job): Promise<JobResult> {
  try {
    if (job.kind === 'inspect') return await inspectImage(job.bytes, job.limits);
    if (job.kind === 'pdf-image') return { ok: true, image: await makePdfImage(job.original, job.spec) };
    return { ok: true, rendition: await makeRendition(job.original, job.spec) };
  } catch (error) {
    return failed('IMAGE_BROKEN', `the image cannot be decoded: ${messageOf(error).split('\n')[0]}`);
  }
}

async function answer(job: Job): Promise<void> {
  const { decodeMemoryBytes } = job.limits;
  const watch = (): void => {
    if (process.memoryUsage.rss() > decodeMemoryBytes) say({ kind: 'outgrown' }, end);
  };
  say({ kind: 'begun' });
  watch();
  const timer = setInterval(watch, WATCH_EVERY_MS);
  const result = await work(job);
  clearInterval(timer);
  say({ kind: 'done', result, heldBytes: process.memoryUsage.rss() });
}

function say(message: Answer, then?: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

/** Immediately: `process.exit` waits for the threads of libvips, for up to a minute. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

process.on('message', (job: Job) => void answer(job));
// The parent process has ended.
process.on('disconnect', end);
