import pLimit from 'p-limit';
import { failed, type ImageResult } from '../model/model.ts';
import { type DecoderChild, startDecoder } from './decoder-child.ts';
import type { Job, JobResult } from './decoder-protocol.ts';

/** A job, or the reason why there is none. */
export type PrepareJob = () => Promise<ImageResult<{ readonly job: Job }>>;

export interface DecoderPoolOptions {
  /** Maximum number of processes: one is started for the first job, the others if many bytes wait for it. Default: 2. */
  readonly processes?: number;
  /** Bytes of originals that may wait for each process before another one is started. Default: 4 MiB. */
  readonly waitingBytes?: number;
  /** Memory that an idle process may hold. Default: 128 MiB. */
  readonly idleBytes?: number;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A new process takes half of that memory. */
const IDLE_BYTES = 128 * 2 ** 20;
/**
 * Encoding them takes about two seconds. Starting another process takes 0.2 s of a processor that the browser could use, until
 * its code is as fast as that of the first one.
 */
const WAITING_BYTES = 4 * 2 ** 20;

/** Processes that decode. Several decoders with different limits may share them. */
export interface DecoderPool {
  /** Starts its first process already. */
  warmUp(): void;
  /**
   * @param prepare creates the job when its turn comes, so that waiting jobs hold no image.
   * @param byteCount of the original.
   */
  run(prepare: PrepareJob, byteCount: number): Promise<JobResult>;
  /** Ends its processes; running jobs fail. */
  close(): Promise<void>;
}

/** The processes end with this one, however it ends. Idle ones do not keep it running. */
export function createDecoderPool(options: DecoderPoolOptions = {}): DecoderPool {
  const { processes = 2, idleBytes = IDLE_BYTES, waitingBytes = WAITING_BYTES, env = process.env } = options;
  const limit = pLimit(1);
  let waiting = 0;
  const all = new Set<DecoderChild>();
  const idle: DecoderChild[] = [];
  let isClosed = false;

  const start = (): DecoderChild => {
    const child = startDecoder(env);
    all.add(child);
    void child.gone.then(() => all.delete(child));
    return child;
  };
  const attempt = async (job: Job): Promise<JobResult> => {
    if (isClosed) return ended();
    const used = takeAlive(idle);
    const child = used ?? start();
    const end = await child.run(job);
    if (isClosed) return ended();
    if (end.kind === 'died') {
      // An existing process may have ended while it was idle, or because of an earlier image.
      return used ? attempt(job) : failed('IMAGE_BROKEN', 'the decoder crashed');
    }
    if (end.kind === 'answered' && !isWorn(end.heldBytes, job)) idle.push(child);
    else void child.kill();
    return end.result;
  };
  const isWorn = (heldBytes: number, { limits }: Job): boolean =>
    heldBytes > limits.decodeMemoryBytes / 2 || (limit.pendingCount === 0 && heldBytes > idleBytes);
  return {
    warmUp: () => {
      if (!isClosed && all.size === 0) idle.push(start());
    },
    run: (prepare, byteCount) => {
      waiting += byteCount;
      if (waiting > waitingBytes * limit.concurrency && limit.concurrency < processes) limit.concurrency++;
      return limit(async () => {
        waiting -= byteCount;
        if (isClosed) return ended();
        const prepared = await prepare();
        return prepared.ok ? attempt(prepared.job) : prepared;
      });
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map((child) => child.kill()));
    },
  };
}

function takeAlive(idle: DecoderChild[]): DecoderChild | undefined {
  for (let child = idle.pop(); child; child = idle.pop()) if (child.isAlive()) return child;
  return undefined;
}

/** The result of a job whose run has ended. */
export function ended(): JobResult {
  return failed('IMAGE_BROKEN', 'the run ended before it was decoded');
}
