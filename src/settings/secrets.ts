import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that nothing writes down by accident: neither JSON, nor a text, nor a log of an object that holds it. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** For whoever sends it where it belongs, and for nobody else. */
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

/** What was configured and is in no settings: it is never logged, reported, archived or part of a key. */
export interface Secrets {
  /** To send with requests for images, by origin. */
  readonly imageHeaders: Secret<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /** Values of the header `Authorization` for mirrors, by what `mirrorName` makes of them. */
  readonly mirrorAuthorization: Secret<Readonly<Record<string, string>>>;
}

export const NO_SECRETS: Secrets = {
  imageHeaders: new Secret({}),
  mirrorAuthorization: new Secret({}),
};
