import { pathToFileURL } from 'node:url';
import type { PreprocessorAnswer, PreprocessorJob } from './run-preprocessor.ts';

// The program of a process that runs a preprocessor of the project: see `run-preprocessor.ts`.

async function preprocess({ file, markdown, options }: PreprocessorJob): Promise<PreprocessorAnswer> {
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  const { default: program } = module;
  if (typeof program !== 'function') return { ok: false, reason: 'it exports no function' };
  const result: unknown = await program(markdown, options);
  return typeof result === 'string'
    ? { ok: true, markdown: result }
    : { ok: false, reason: `it returned ${result === null ? 'null' : typeof result} instead of text` };
}

function answer(message: PreprocessorAnswer): void {
  process.send?.(message, undefined, undefined, () => process.exit());
}

process.once('message', (job: PreprocessorJob) => {
  preprocess(job).then(answer, (error: unknown) => {
    answer({ ok: false, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  });
});
// The parent process has ended.
process.on('disconnect', () => process.exit());
