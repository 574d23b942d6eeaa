import type { BrowserSession } from '../browser/session.ts';
import type { Cache } from '../images/cache/cache.ts';
import type { Decoder } from '../images/model/model.ts';
import type { ImageSource } from '../images/source.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import type { OnProgress } from '../model/progress.ts';
import type { Settings } from '../settings/options.ts';
import type { Assembler } from './assemble/assembler.ts';
import type { ParseDeck } from './contract/input.ts';

/** What a run needs from the outside world. */
export interface RunPorts {
  readonly cwd: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly sourceDateEpoch?: number | undefined;
  readonly session: BrowserSession;
  readonly images: ImageSource;
  readonly decoder: Decoder;
  readonly parse: ParseDeck;
  readonly renditions: Cache;
  readonly assembler: Assembler;
  /** Identifies the available fonts. */
  readonly fontsDigest: () => Promise<string>;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

export interface RunOptions extends Settings {
  /** Nothing is written, not even the report. */
  readonly isDry: boolean;
  /** Outputs that are written under their usual names, with a report; default: all. */
  readonly usual?: readonly OutputKind[] | undefined;
}
