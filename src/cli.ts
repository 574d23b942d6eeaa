#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Interrupted } from './cli/interrupted.ts';
import { EXIT, type ExitCode } from './model/errors.ts';

// The only file that touches the process: it passes its arguments, streams and environment to the command, and handles
// signals.

/** How long running work may take to end by itself. Anything it leaves behind is removed by the next run. */
const LEAVE_MS = 5_000;

const controller = new AbortController();
const stop = (exitCode: ExitCode) => () => {
  // A second signal ends the process at once.
  if (controller.signal.aborted) process.exit(exitCode);
  setTimeout(() => process.exit(exitCode), LEAVE_MS).unref();
  controller.abort(new Interrupted(exitCode));
};
process.on('SIGINT', stop(EXIT.interrupted));
process.on('SIGTERM', stop(EXIT.terminated));
// `deckhand … | head` is not an error.
process.stdout.on('error', () => undefined);

// Most of the code runs a few times for each deck. Node 20 optimizes code so early that its compiler takes a fifth of all
// processor time, on the core that the browser needs; later versions are slower to do so, and do not know the flag.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');

// Everything else is loaded after the signal handlers are installed.
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});

// After a signal, it does not wait for work that is not needed any more.
if (controller.signal.aborted) process.exit();
