import { createHash } from 'node:crypto';
import type { Print, Shots } from './model.ts';

export interface PrintContext {
  readonly toolVersion: string;
  readonly browserVersion: string;
  /** Identifies the fonts that pages are set in. */
  readonly fontsDigest: string;
}

/** Names everything that the bytes of a print, or of pictures, depend on: SHA-256, hex. */
export function printKey({ plan, served }: Print | Shots, context: PrintContext): string {
  const inputs = {
    ...context,
    html: plan.html,
    page: plan.page,
    ...('shots' in plan
      ? { scale: plan.scale, format: plan.format }
      : { ink: plan.ink, fileLinks: plan.fileLinks }),
    served: [...served].map(([url, { sha256 }]) => `${url} ${sha256}`).sort(),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
