import pLimit from 'p-limit';
import { type DecoderChild, startDecoder } from './decoder-child.ts';
import type { DecoderLimits, Job, JobResult } from './decoder-protocol.ts';
import { type Decoder, failed, type ImageResult } from './model.ts';

export interface DecoderOptions {
  /** Started one by one, as they are wanted, or all at once by `warmUp`. Default: 2. */
  readonly processes?: number;
  readonly limits: DecoderLimits;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Decodes pictures in processes of their own. Decoders of image formats are large programs in C that read what anybody
 * sends: one that crashes, hangs or eats memory takes its process along, and with it one picture.
 *
 * The processes end with this one, however it ends, and idle ones do not hold it up.
 */
export function createDecoder(options: DecoderOptions): Decoder {
  const { processes = 2, limits, env = process.env } = options;
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
      return used ? attempt(job) : failed('IMAGE_BROKEN', 'the decoder died on it');
    }
    if (end.kind === 'answered' && !end.isWorn) idle.push(child);
    else void child.kill();
    return end.result;
  };
  const run = <T extends object>(job: Job) => limit(() => attempt(job)) as Promise<ImageResult<T>>;
  return {
    warmUp: () => {
      if (!isClosed) while (all.size < processes) idle.push(start());
    },
    inspect: (bytes) => run({ kind: 'inspect', bytes, limits }),
    rendition: (original, spec) => run({ kind: 'rendition', original, spec, limits }),
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

function ended(): JobResult {
  return failed('IMAGE_BROKEN', 'the run ended before it was decoded');
}
