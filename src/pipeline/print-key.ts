import { createHash } from 'node:crypto';
import type { Print } from './model.ts';

export interface PrintContext {
  readonly toolVersion: string;
  readonly browserVersion: string;
  /** Identifies the fonts that pages are set in. */
  readonly fontsDigest: string;
}

/** Names everything that the bytes of a print depend on: SHA-256, hex. */
export function printKey(print: Print, context: PrintContext): string {
  const inputs = {
    ...context,
    html: print.plan.html,
    page: print.plan.page,
    ink: print.plan.ink,
    fileLinks: print.plan.fileLinks,
    served: [...print.served].map(([url, { sha256 }]) => `${url} ${sha256}`).sort(),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
