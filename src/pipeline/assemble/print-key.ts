import { createHash } from 'node:crypto';
import type { Deck, Print, PrintedDocument, Shots } from '../../model/model.ts';
import type { Attachment } from '../../pdf/attachments.ts';
import type { PdfA } from '../../pdf/conformance/xmp.ts';

export interface PrintContext {
  readonly toolVersion: string;
  readonly browserVersion: string;
  /** Identifies the available fonts. */
  readonly fontsDigest: string;
  /** Content that is added to the print in the finished file. */
  readonly added: Pick<Deck, 'metadata' | 'date' | 'commit'> & {
    readonly pdfa: PdfA;
    readonly attachments: readonly Attachment[];
  };
}

/** A key for everything that the bytes of a print, or of slide images, depend on: SHA-256 in hex. */
export function printKey(captured: Print | Shots, context: PrintContext): string {
  const { metadata, date, commit, pdfa, attachments } = context.added;
  const attached = attachments.map(({ name, bytes }) => [
    name,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  const inputs = {
    ...context,
    added: { metadata, date, commit, pdfa, attached },
    ...('shots' in captured ? shotInputs(captured) : printInputs(captured)),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

function shotInputs({ plan: { html, page, scale, format }, served }: Shots) {
  return { html, page, scale, format, served: digests(served) };
}

function printInputs({ plan: { page, ink, fileLinks, ...plan }, sheets, frames }: Print) {
  const shown =
    'frames' in plan
      ? plan.frames.map(({ html }) => html)
      : plan.cells?.map((one) => one.map(({ frame: _, ...place }) => place));
  const documents = [sheets, frames].flatMap((one) =>
    one ? [{ html: one.html, served: digests(one.served), images: imageDigests(one) }] : [],
  );
  return { page, ink, fileLinks, shown, documents };
}

function digests(served: PrintedDocument['served']): string[] {
  return [...served].map(([url, { sha256 }]) => `${url} ${sha256}`).sort();
}

function imageDigests({ images }: PrintedDocument): string[] {
  return images.map(({ url, sha256 }) => `${url} ${sha256}`).sort();
}
