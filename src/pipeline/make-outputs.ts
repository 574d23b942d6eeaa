import type { Outcome } from '../model/diagnostics.ts';
import { DeckhandError } from '../model/errors.ts';
import type { Artifact, Layout } from '../model/model.ts';
import { aboutOutput, isError, judgeOutput, type MadeOutput } from './assemble/output-status.ts';
import type { Output } from './contract/output.ts';
import { failedOutput, isLost } from './failure.ts';

interface MakeOptions {
  /** Path of the deck as the user named it. */
  readonly path: string;
  readonly strict: boolean;
  /**
   * No other deck is being built. Otherwise an output that lost its page throws, so that the deck is built again when it is
   * alone.
   */
  readonly isAlone: boolean;
}

interface MakePorts {
  /** Undefined if the deck has no content for the output. */
  readonly make: (output: Output) => Promise<Outcome<readonly Artifact[]> | undefined>;
  /** Called before an output is created for the second time. */
  readonly onSecondTry: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Creates the outputs independently of each other: an error of one does not affect the others.
 *
 * @throws DeckhandError, the signal's reason, and PageLostError unless the deck is alone.
 */
export async function makeOutputs(
  layouts: ReadonlyMap<Output, Layout>,
  { path, strict, isAlone }: MakeOptions,
  { make, onSecondTry, signal }: MakePorts,
): Promise<ReadonlyMap<Output, MadeOutput>> {
  const judge = (output: Output, outcome: Outcome<readonly Artifact[]> | undefined): MadeOutput => {
    const inherited = layouts.get(output)?.diagnostics ?? [];
    return outcome ? judgeOutput(output.kind, outcome, { inherited, strict }) : nothingFor(output, path);
  };
  const attempts = [...layouts.keys()].map(async (output) => ({ output, attempt: await attempted(output) }));
  const made = new Map<Output, MadeOutput>();
  // Outputs share a browser, and one that crashes it closes the pages of the others. So those that lost theirs are created
  // again one by one, and only the one that causes the crash fails.
  for (const { output, attempt } of await Promise.all(attempts)) {
    if (attempt.lost) onSecondTry();
    const { error, outcome } = attempt.lost ? await attempted(output) : attempt;
    made.set(output, error === undefined ? judge(output, outcome) : failed(output, error));
  }
  return made;

  async function attempted(output: Output) {
    try {
      return { outcome: await make(output), error: undefined, lost: false };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof DeckhandError || (isLost(error) && !isAlone)) throw error;
      return { outcome: undefined, error, lost: isLost(error) };
    }
  }

  function failed({ kind }: Output, error: unknown): MadeOutput {
    const diagnostics = failedOutput(path, kind, error).map((one) => aboutOutput(kind, one));
    return { kind, status: 'failed', diagnostics };
  }
}

function nothingFor({ kind, whenEmpty }: Output, path: string): MadeOutput {
  const trouble = whenEmpty(path);
  const status = isError(trouble) ? 'failed' : 'empty';
  return { kind, status, diagnostics: [aboutOutput(kind, trouble)] };
}
