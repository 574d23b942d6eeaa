import type { LimitFunction } from 'p-limit';

/** A place in a queue. */
export interface Turn {
  /** Waits for its turn, which it then keeps. */
  take(): Promise<void>;
  /** Ends its turn, if it was ever taken. */
  pass(): Promise<void>;
}

/** @param queue with a limit of 1. Turns come in the order in which they were first requested. */
export function turnIn(queue: LimitFunction): Turn {
  let end: () => void = () => undefined;
  let taken: Promise<void> | undefined;
  const take = (): Promise<void> =>
    new Promise((resolve) => {
      void queue(() => {
        resolve();
        return new Promise<void>((ended) => {
          end = ended;
        });
      });
    });
  return {
    take: () => {
      taken ??= take();
      return taken;
    },
    pass: async () => {
      await taken;
      end();
    },
  };
}
