#!/usr/bin/env node
import { Interrupted } from './cli/interrupted.ts';
import { main } from './cli/main.ts';
import { EXIT, type ExitCode } from './errors.ts';

// The only file that touches the process: it gives the command its world, and says what signals mean.

const controller = new AbortController();
const stop = (exitCode: ExitCode) => () => {
  // Asked twice, it leaves at once.
  if (controller.signal.aborted) process.exit(exitCode);
  controller.abort(new Interrupted(exitCode));
};
process.on('SIGINT', stop(EXIT.interrupted));
process.on('SIGTERM', stop(EXIT.terminated));
// `deckhand … | head` is no failure.
process.stdout.on('error', () => undefined);

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
});
