import { AFRelationship, type PDFDocument } from 'pdf-lib';

/** A file inside of a PDF. */
export interface Attachment {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** Embeds what a document was made from, in place. ISO 32000-1, 7.11; ISO 19005-3, 6.8. */
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
  // They are only written down here, and what follows looks at what is written.
  await document.flush();
}
