import { z } from 'zod';
import { RUN_CODES } from '../../src/model/diagnostics/run-codes.ts';
import { DIAGNOSTICS } from '../../src/model/diagnostics.ts';
import type { BlockKind, RunReport } from '../../src/model/model.ts';
import { OUTPUT_KINDS } from '../../src/model/output-kinds.ts';

const BLOCK_KINDS = {
  heading: true,
  formula: true,
  code: true,
  table: true,
  list: true,
  definition: true,
  quote: true,
  picture: true,
  text: true,
} satisfies Record<BlockKind, true>;

function oneOf<T extends string>(names: Readonly<Record<T, unknown>>) {
  return z.enum(Object.keys(names) as [T, ...T[]]);
}

const kind = z.enum(OUTPUT_KINDS);
const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const slideNumbers = z.array(z.string()).describe('Numbers of slides, in the order of the deck.');
const kept = z.array(z.string()).describe('Files of an earlier build that are still there.');

const file = {
  kind,
  file: z.string().describe('Path in the output folder, with /.'),
  pages: count.optional().describe('Number of pages; none for an archive.'),
  slides: z.strictObject({ shown: count, skipped: count }).optional(),
  ink: z.enum(['save', 'gray', 'save,gray']).optional().describe('How it spares ink, if it does.'),
  bytes: count,
  sha256: hash,
  key: hash.describe('Hash of everything that the file was made from.'),
};

const output = z.discriminatedUnion('status', [
  z.strictObject({ ...file, status: z.literal('complete') }),
  z.strictObject({ ...file, status: z.literal('incomplete'), faultySlides: slideNumbers }),
  z.strictObject({
    kind,
    status: z.literal('withheld'),
    reason: z.enum(['unsound', 'incomplete']),
    faultySlides: slideNumbers,
    kept,
  }),
  z.strictObject({ kind, status: z.literal('failed'), kept }),
]);

const diagnostic = z.strictObject({
  code: oneOf(DIAGNOSTICS),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string().describe('What is wrong. For people: may change between versions.'),
  hint: z.string().optional().describe('What to do.'),
  deck: z.string(),
  file: z.string().optional().describe('The file that it is about, if that is not the deck.'),
  line: z.int().min(1).optional(),
  slide: z.string().optional().describe('Number of the slide, as reveal.js shows it.'),
  url: z.string().optional(),
  output: kind.optional(),
});

const block = z.strictObject({
  slide: z.string(),
  line: z.int().min(1).optional(),
  kind: oneOf(BLOCK_KINDS),
  words: z.string(),
  included: z.boolean(),
  reason: z.string(),
});

const digests = z.record(z.string(), z.union([hash, z.literal('missing')]));
const inputs = z.strictObject({
  files: digests.describe('Files of the project, by path.'),
  remote: digests.describe('Files from the web, by URL.'),
  links: hash.describe('Of where links to other decks lead.'),
  settings: z.record(z.string(), z.unknown()).describe('Options that change files.'),
  versions: z.record(z.string(), z.string()),
  fonts: z.string(),
  date: z.iso.datetime(),
  commit: z.string().optional(),
});

const deck = z.strictObject({
  path: z.string(),
  title: z.string(),
  slides: count.describe('Number of slides, without hidden ones.'),
  decorations: count.describe('Number of images with an empty alternative text.'),
  outputs: z.array(output),
  diagnostics: z.array(diagnostic),
  explanation: z.array(block).optional().describe('With --explain cheatsheet.'),
  settings: z
    .array(z.strictObject({ key: z.string(), value: z.string(), from: z.string() }))
    .optional()
    .describe('With --explain settings.'),
  inputs: inputs.optional().describe('With --explain inputs.'),
});

const report = z.strictObject({
  version: z.string().describe('Version of Deckhand.'),
  exitCode: z.int().min(0),
  decks: z.array(deck),
  unfinished: z.array(z.string()).optional().describe('Decks that an interrupted run did not finish.'),
});

/** Fails to compile if the schema and the type of the report differ. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type DeepReadonly<T> = unknown extends T ? T : { readonly [K in keyof T]: DeepReadonly<T[K]> };
true satisfies Same<DeepReadonly<z.output<typeof report>>, RunReport>;

/** The output of `--json` for a run that an error ended, instead of decks. */
const error = z
  .strictObject({ code: oneOf(RUN_CODES), message: z.string(), hint: z.string().optional() })
  .describe('What ended the run; only in the output of --json.');

/** The JSON schema of `report.json`, and of the output of `--json`. */
export function reportSchema(): string {
  const schema = z.toJSONSchema(report.extend({ error: error.optional() }), { reused: 'ref' });
  const about = {
    title: 'The report of a Deckhand build',
    description: 'report.json in the output folder, and the output of deckhand build --json.',
  };
  return `${JSON.stringify({ ...about, ...schema }, null, 2)}\n`;
}
