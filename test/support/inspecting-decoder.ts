import { inspectImage } from '../../src/images/decoder/inspect.ts';
import type { Decoder } from '../../src/images/model/model.ts';

/** A decoder in this process, for tests of what surrounds it. */
export function inspectingDecoder(): Pick<Decoder, 'inspect' | 'warmUp'> & { inspected(): number } {
  let inspected = 0;
  return {
    warmUp: () => undefined,
    inspect: (bytes) => {
      inspected++;
      return inspectImage(bytes);
    },
    inspected: () => inspected,
  };
}
