import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../model/diagnostics.ts';
import type { Artifact, Print } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import { isSource, ownProgram } from '../../system/package-root.ts';
import type { AssembledDeck, AssembledSlides, AssembleOptions } from './assemble.ts';

/** A print to be assembled: data only. */
export interface AssembleJob {
  readonly deck: AssembledDeck;
  readonly kind: OutputKind;
  readonly layout: AssembledSlides;
  readonly print: Print;
  readonly options: AssembleOptions;
}

export type AssembleResult = Outcome<readonly Artifact[]>;

/** The answer of a thread to a job. */
export type AssembleAnswer = { readonly id: number } & (
  | { readonly result: AssembleResult }
  | { readonly error: unknown }
);

/** Assembles prints while this thread serves the browser. */
export interface Assembler {
  /** Starts its thread in advance. */
  warmUp(): void;
  assemble(job: AssembleJob): Promise<AssembleResult>;
  /** Ends its thread; running jobs are lost. */
  close(): Promise<void>;
}

/** A job is copied to the thread: a larger one would take the memory twice. */
const LARGE_BYTES = 64 << 20;

/** For new objects in the thread: with the default of 48 MiB it takes 20 MB more and no less time. */
const YOUNG_MIB = 12;

/**
 * Starts its thread with the first job, or when it is warmed up. If the program runs from its sources, as in tests,
 * everything happens in this thread, because another one would need a loader first.
 */
export function createAssembler(): Assembler {
  let running: { readonly worker: Worker; readonly jobs: Map<number, Settle> } | undefined;
  let count = 0;
  const start = (): NonNullable<typeof running> => {
    if (running) return running;
    const jobs = new Map<number, Settle>();
    const worker = new Worker(ownProgram('pipeline/assemble/assemble-thread'), {
      // The options of this process do not apply to the thread.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    });
    const ended = (error: unknown): void => {
      if (running?.worker === worker) running = undefined;
      for (const { reject } of jobs.values()) reject(error);
      jobs.clear();
    };
    worker.on('message', (answer: AssembleAnswer) => {
      const job = jobs.get(answer.id);
      jobs.delete(answer.id);
      // An idle thread must not keep the process running.
      if (jobs.size === 0) worker.unref();
      if ('result' in answer) job?.resolve(answer.result);
      else job?.reject(answer.error);
    });
    worker.on('error', ended);
    worker.on('exit', () => ended(new Error('the thread that assembles files ended unexpectedly')));
    worker.unref();
    running = { worker, jobs };
    return running;
  };
  return {
    warmUp: () => {
      if (!isSource) start();
    },
    assemble: async (job) => {
      if (isSource || sizeOf(job.print) > LARGE_BYTES) {
        const { assemblePrint } = await import('./assemble.ts');
        return assemblePrint(job.deck, job, job.layout, job.print, job.options);
      }
      const { worker, jobs } = start();
      const id = count++;
      return new Promise((resolve, reject) => {
        jobs.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, job });
      });
    },
    close: async () => {
      await running?.worker.terminate();
    },
  };
}

interface Settle {
  readonly resolve: (result: AssembleResult) => void;
  readonly reject: (error: unknown) => void;
}

function sizeOf({ sheets, frames }: Print): number {
  const documents = [sheets, frames].flatMap((one) => one ?? []);
  return documents.reduce(
    (sum, { pdf, images }) =>
      sum + pdf.length + images.reduce((all, { image }) => all + image.bytes.length, 0),
    0,
  );
}
