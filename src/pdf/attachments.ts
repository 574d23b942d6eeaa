import { AFRelationship, type PDFDocument } from 'pdf-lib';

/** A file to be embedded in a PDF. */
export interface Attachment {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** Embeds source files into a document, in place. ISO 32000-1, 7.11; ISO 19005-3, 6.8. */
export async function attachSources(
  document: PDFDocument,
  attachments: readonly Attachment[],
  date: Date,
): Promise<void> {
  for (const { name, type, description, bytes } of attachments)
    await document.attach(bytes, name, {
      mimeType: type,
      description,
      creationDate: date,
      modificationDate: date,
      afRelationship: AFRelationship.Source,
    });
  // pdf-lib only registers them; embedding now makes them visible to later steps.
  await document.flush();
}
