import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeckReport } from '../../src/model/model.ts';
import { publishedOutputs } from '../../src/pipeline/report/outputs.ts';
import { conformanceFaults } from '../../test/support/conformance/index.ts';
import { readPdf, readTagged } from '../../test/support/pdf.ts';

/** The content that readers find in one PDF, as far as browsers must agree on it. */
export interface ReadOutput {
  /** Violations of PDF/A and PDF/UA, and Deckhand's own diagnostics. */
  readonly faults: readonly string[];
  readonly pages: number;
  /** Text of each page, without white space: a line may break elsewhere. */
  readonly texts: readonly string[];
  /** The words in the order of the tags. */
  readonly tagged: string;
  /** For each page: addresses and the targets of internal links. */
  readonly links: readonly string[];
  /** Number of raster images on each page. */
  readonly pictures: readonly number[];
}

/** Reads every output of a deck, by its kind. */
export async function readBuild(folder: string, deck: DeckReport): Promise<Map<string, ReadOutput>> {
  const complaints = deck.diagnostics
    .filter(({ code, severity }) => severity === 'error' || code === 'PDF_NOT_CONFORMING')
    .map(({ code, message }) => `${code}: ${message}`);
  const outputs = new Map<string, ReadOutput>();
  for (const { kind, file } of publishedOutputs(deck)) {
    const bytes = await readFile(join(folder, file));
    const pages = await readPdf(bytes);
    outputs.set(kind, {
      faults: [...complaints, ...(await conformanceFaults(bytes))],
      pages: pages.length,
      texts: pages.map(({ text }) => folded(text)),
      tagged: folded(await readTagged(bytes)),
      links: pages.map(({ links, jumps }) => [...links, ...jumps.map(String)].join(' ')),
      pictures: pages.map(({ pictures }) => pictures),
    });
  }
  if (outputs.size === 0) throw new Error(`no output of ${deck.path}: ${complaints.join('; ')}`);
  return outputs;
}

function folded(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

/** Describes the differences between the outputs of two browsers. */
export function differences(one: ReadOutput, other: ReadOutput | undefined): string[] {
  if (!other) return ['there is none'];
  if (one.pages !== other.pages) return [`${other.pages} pages instead of ${one.pages}`];
  const found = one.texts.flatMap((_, i) => {
    const where = `page ${i + 1}`;
    return [
      textDifference(`words on ${where}`, one.texts[i] ?? '', other.texts[i] ?? ''),
      one.links[i] === other.links[i] ? [] : [`links on ${where}: ${other.links[i]}, not ${one.links[i]}`],
      one.pictures[i] === other.pictures[i]
        ? []
        : [`pictures on ${where}: ${other.pictures[i]} instead of ${one.pictures[i]}`],
    ].flat();
  });
  return [...found, ...textDifference('words in the tags', one.tagged, other.tagged)];
}

function textDifference(what: string, one: string, other: string): string[] {
  if (one === other) return [];
  let at = 0;
  while (one[at] === other[at]) at++;
  const from = Math.max(0, at - 15);
  return [`${what}: “${other.slice(from, at + 25)}”, not “${one.slice(from, at + 25)}”`];
}
