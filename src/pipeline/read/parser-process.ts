import { Worker } from 'node:worker_threads';
import { DeckError } from '../../model/diagnostics.ts';
import { inputOf } from '../inputs/index.ts';
import { OUTGROWN, type ParseAnswer, type ParseJob } from './parser-protocol.ts';

// The program of a process that parses decks: see `deck-parser.ts`. Its one argument is its memory limit in bytes.

/**
 * A thread next to the one that parses, which is blocked meanwhile: it ends the process if it exceeds its memory limit, or if
 * its parent process has ended.
 */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const { parent, memoryBytes, outgrown } = workerData;
  const end = () => process.kill(process.pid, 'SIGKILL');
  setInterval(() => {
    if (process.ppid !== parent) end();
    if (process.memoryUsage.rss() <= memoryBytes) return;
    writeSync(2, outgrown);
    end();
  }, 50);
`;

const workerData = { parent: process.ppid, memoryBytes: Number(process.argv[2]), outgrown: OUTGROWN };
new Worker(WATCH, { eval: true, workerData, execArgv: [] }).unref();

function say(answer: ParseAnswer): void {
  process.send?.(answer);
}

async function answer({ source, options }: ParseJob): Promise<ParseAnswer> {
  try {
    return {
      kind: 'done',
      outcome: await inputOf(source).parse(source, options, (line) => say({ kind: 'at', line })),
    };
  } catch (error) {
    if (error instanceof DeckError) return { kind: 'refused', diagnostics: error.diagnostics };
    return { kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', async (job: ParseJob) => {
  say({ kind: 'begun' });
  say(await answer(job));
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
