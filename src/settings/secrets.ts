import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * A value that is never written by accident: not as JSON, not as a text, and not when an object that contains it is logged.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** Only for code that sends the value to its destination. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/** Configured values that are in no settings: they are never logged, reported, archived or part of a key. */
export interface Secrets {
  /** Headers for requests of images, by origin. */
  readonly imageHeaders: Secret<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /** Values of the header `Authorization` for mirrors, by the key from `mirrorName`. */
  readonly mirrorAuthorization: Secret<Readonly<Record<string, string>>>;
}

export const NO_SECRETS: Secrets = {
  imageHeaders: new Secret({}),
  mirrorAuthorization: new Secret({}),
};
