import type { PrintedFrames } from '../../model/model.ts';
import type { Output } from '../contract/output.ts';
import type { FramesPlan } from './plan-frames.ts';

export interface FramesPrinter {
  /** The print with the slides of an output; undefined for an output that shows none. */
  print(output: Output): Promise<PrintedFrames | undefined>;
  /**
   * Resolves when the browser writes the first print, which takes long, or when there is none. It needs nothing from this
   * process meanwhile, but every answer while it loads a document.
   */
  readonly begun: Promise<void>;
}

/**
 * Prints the slides of a deck when the first output requests them, once for all outputs. A print that failed is tried again
 * for the next request.
 *
 * @param print calls `onPrinting` when everything is loaded.
 */
export function framesPrinter(
  plans: ReadonlyMap<Output, FramesPlan>,
  print: (plan: FramesPlan, output: Output, onPrinting: () => void) => Promise<PrintedFrames>,
): FramesPrinter {
  const printed = new Map<FramesPlan, Promise<PrintedFrames>>();
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  if (plans.size === 0) begin();
  return {
    begun,
    print: async (output) => {
      const plan = plans.get(output);
      if (!plan) return undefined;
      const known = printed.get(plan) ?? print(plan, output, begin).finally(begin);
      printed.set(plan, known);
      known.catch(() => printed.delete(plan));
      return known;
    },
  };
}
