import type { LimitFunction } from 'p-limit';

/** A place in a queue. */
export interface Turn {
  /** Resolves when all earlier turns have ended. */
  readonly come: Promise<void>;
  /** Ends the turn, as soon as it has come. */
  end(): void;
}

/** @param queue with a limit of 1. */
export function turnIn(queue: LimitFunction): Turn {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const come = new Promise<void>((resolve) => {
    void queue(() => {
      resolve();
      return ended;
    });
  });
  return { come, end };
}
