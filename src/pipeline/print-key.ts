import { createHash } from 'node:crypto';
import type { Attachment } from '../pdf/attachments.ts';
import type { PdfA } from '../pdf/xmp.ts';
import type { Deck, Print, Shots } from './model.ts';

export interface PrintContext {
  readonly toolVersion: string;
  readonly browserVersion: string;
  /** Identifies the fonts that pages are set in. */
  readonly fontsDigest: string;
  /** What is put into the finished file besides the print. */
  readonly added: Pick<Deck, 'metadata' | 'date' | 'commit'> & {
    readonly pdfa: PdfA;
    readonly attachments: readonly Attachment[];
  };
}

/** Names everything that the bytes of a print, or of pictures, depend on: SHA-256, hex. */
export function printKey({ plan, served }: Print | Shots, context: PrintContext): string {
  const { metadata, date, commit, pdfa, attachments } = context.added;
  const attached = attachments.map(({ name, bytes }) => [
    name,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  const inputs = {
    ...context,
    added: { metadata, date, commit, pdfa, attached },
    html: plan.html,
    page: plan.page,
    ...('shots' in plan
      ? { scale: plan.scale, format: plan.format }
      : { ink: plan.ink, fileLinks: plan.fileLinks }),
    served: [...served].map(([url, { sha256 }]) => `${url} ${sha256}`).sort(),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
