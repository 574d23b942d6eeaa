import { createHash } from 'node:crypto';
import type { Outcome } from '../../model/diagnostics.ts';
import type { Artifact, Deck, TextPlan } from '../../model/model.ts';
import type { Output } from '../contract/output.ts';
import { filePlace } from '../contract/places.ts';

/** Makes the file of an output that is plain text. */
export function assembleText(
  { source }: Pick<Deck, 'source'>,
  { kind, extension = 'txt' }: Output,
  { text, diagnostics = [] }: TextPlan,
): Outcome<readonly Artifact[]> {
  const { folder, name } = filePlace(source, kind, extension);
  const bytes = new TextEncoder().encode(text);
  const key = createHash('sha256').update(bytes).digest('hex');
  return { value: [{ kind, file: `${folder}/${name}`, bytes, key }], diagnostics };
}
