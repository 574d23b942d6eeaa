import type { PrintedFrames } from '../../model/model.ts';
import type { Output } from '../contract/output.ts';
import type { FramesPlan } from './plan-frames.ts';

/** Returns the print with the slides of an output; undefined for an output that shows none. */
export type FramesPrinter = (output: Output) => Promise<PrintedFrames | undefined>;

/**
 * Prints the slides of a deck when the first output requests them, once for all outputs. A print that failed is tried again
 * for the next request.
 */
export function framesPrinter(
  plans: ReadonlyMap<Output, FramesPlan>,
  print: (plan: FramesPlan, output: Output) => Promise<PrintedFrames>,
): FramesPrinter {
  const printed = new Map<FramesPlan, Promise<PrintedFrames>>();
  return async (output) => {
    const plan = plans.get(output);
    if (!plan) return undefined;
    const known = printed.get(plan) ?? print(plan, output);
    printed.set(plan, known);
    known.catch(() => printed.delete(plan));
    return known;
  };
}
