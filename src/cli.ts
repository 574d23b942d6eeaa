#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Interrupted } from './cli/interrupted.ts';
import { EXIT, type ExitCode } from './model/errors.ts';

// The only file that touches the process: it gives the command its world, and says what signals mean.

/** What is under way has this long to end by itself; what it leaves then, the next run removes. */
const LEAVE_MS = 5_000;

const controller = new AbortController();
const stop = (exitCode: ExitCode) => () => {
  // Asked twice, it leaves at once.
  if (controller.signal.aborted) process.exit(exitCode);
  setTimeout(() => process.exit(exitCode), LEAVE_MS).unref();
  controller.abort(new Interrupted(exitCode));
};
process.on('SIGINT', stop(EXIT.interrupted));
process.on('SIGTERM', stop(EXIT.terminated));
// `deckhand … | head` is no failure.
process.stdout.on('error', () => undefined);

// Most of the code runs a few times for each deck. Node 20 optimizes code so early that its compiler takes a fifth of all
// processor time, on the core that the browser needs; later versions are slower to do so, and do not know the flag.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');

// Everything else is read when it is known what signals mean.
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});

// Told to stop, it does not wait for what nobody is interested in any more.
if (controller.signal.aborted) process.exit();
