import { parentPort } from 'node:worker_threads';
import { assemblePrint } from './assemble.ts';
import type { AssembleAnswer, AssembleJob } from './assembler.ts';

// The program of a thread that assembles prints: see `assembler.ts`.

parentPort?.on('message', async ({ id, job }: { readonly id: number; readonly job: AssembleJob }) => {
  const { deck, layout, print, options } = job;
  try {
    const result = await assemblePrint(deck, job, layout, print, options);
    const answer: AssembleAnswer = { id, result };
    parentPort?.postMessage(
      answer,
      result.value.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    );
  } catch (error) {
    const answer: AssembleAnswer = { id, error };
    parentPort?.postMessage(answer);
  }
});
