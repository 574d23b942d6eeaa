import pLimit from 'p-limit';
import { failed, type ImageResult } from '../model/model.ts';
import { type DecoderChild, startDecoder } from './decoder-child.ts';
import type { Job, JobResult } from './decoder-protocol.ts';

/** A job, or why there is none. */
export type PrepareJob = () => Promise<ImageResult<{ readonly job: Job }>>;

export interface DecoderPoolOptions {
  /** Started one by one, as they are wanted, or all at once by `warmUp`. Default: 2. */
  readonly processes?: number;
  /** What a process may hold that has nothing to do. Default: 128 MiB. */
  readonly idleBytes?: number;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A new process takes half of that, and a tenth of a second. */
const IDLE_BYTES = 128 * 2 ** 20;

/** Processes that decode. Several decoders, with limits of their own, may share them. */
export interface DecoderPool {
  /** Starts its processes already. */
  warmUp(): void;
  /** @param prepare makes the job when its turn comes: what waits holds no picture. */
  run(prepare: PrepareJob): Promise<JobResult>;
  /** Ends its processes; what is under way fails. */
  close(): Promise<void>;
}

/** The processes end with this one, however it ends, and idle ones do not hold it up. */
export function createDecoderPool(options: DecoderPoolOptions = {}): DecoderPool {
  const { processes = 2, idleBytes = IDLE_BYTES, env = process.env } = options;
  const limit = pLimit(processes);
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
      // One that was there before may have died while it waited, or of what an earlier picture left behind.
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
      if (!isClosed) while (all.size < processes) idle.push(start());
    },
    run: (prepare) =>
      limit(async () => {
        if (isClosed) return ended();
        const prepared = await prepare();
        return prepared.ok ? attempt(prepared.job) : prepared;
      }),
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

/** What becomes of a job whose run is over. */
export function ended(): JobResult {
  return failed('IMAGE_BROKEN', 'the run ended before it was decoded');
}
