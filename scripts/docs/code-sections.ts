import { DECK_CODES } from '../../src/model/diagnostics/deck-codes.ts';
import type { CodeEntry } from '../../src/model/diagnostics/entry.ts';
import { IMAGE_CODES } from '../../src/model/diagnostics/image-codes.ts';
import { OUTPUT_CODES } from '../../src/model/diagnostics/output-codes.ts';
import { RUN_CODES } from '../../src/model/diagnostics/run-codes.ts';
import { SLIDE_CODES } from '../../src/model/diagnostics/slide-codes.ts';

const GROUPS: Readonly<Record<string, Readonly<Record<string, CodeEntry>>>> = {
  Decks: DECK_CODES,
  Slides: SLIDE_CODES,
  Images: IMAGE_CODES,
  Outputs: OUTPUT_CODES,
};

/** A section for each diagnostic code, in groups. */
export function codeSections(): string {
  const groups = Object.entries(GROUPS).map(([title, codes]) =>
    [
      `## ${title}`,
      ...Object.entries(codes).map(([code, entry]) => section(code, entry, entry.severity)),
    ].join('\n\n'),
  );
  const run = Object.entries(RUN_CODES).map(([code, entry]) =>
    section(code, entry, `exit code ${entry.exitCode}`),
  );
  const ending = [
    '## Errors that end a run',
    'These are reported before any deck is built, or when results cannot be written.',
  ];
  return [...groups, ...ending, ...run].join('\n\n');
}

function section(
  code: string,
  { meaning, cause, remedy }: Omit<CodeEntry, 'severity'>,
  kind: string,
): string {
  const sentence = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`;
  return [
    `### ${code}`,
    `*${kind}* · ${escaped(sentence)}`,
    `- **Cause**: ${escaped(cause)}\n- **Remedy**: ${escaped(remedy)}`,
  ].join('\n\n');
}

/** HTML outside of code would not be visible. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('');
}
