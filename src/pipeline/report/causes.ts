import type { Diagnostic } from '../../model/diagnostics.ts';
import { unique } from '../../text/unique.ts';
import { formatDiagnostic } from './report.ts';

/** Maximum number of slides and addresses that are listed. */
const LISTED = { slides: 12, urls: 4 };

/** The suffix of a diagnostic about one address for other places that name it. */
const MORE_PLACES = / \(and on \d+ more\)/;

/**
 * Diagnostics as lines for people, one for each cause: similar ones are printed at their first place, with the slides of that
 * deck and the number of occurrences.
 */
export function formatCauses(diagnostics: readonly Diagnostic[]): string[] {
  const causes = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const key = causeOf(one);
    causes.set(key, [...(causes.get(key) ?? []), one]);
  }
  return [...causes.values()].flatMap(([first, ...others]) =>
    first ? [formatDiagnostic(together(first, others))] : [],
  );
}

/** Codes about keys and names that a person wrote: each has to be corrected separately. */
const OF_SETTINGS =
  /^(?:FRONT_MATTER|REVEAL_MD_CONFIG|TEMPLATE|THEME|HIGHLIGHT_THEME|DATE|LANG)_|^STYLE_NOT_FOUND$/;

/**
 * On slides, diagnostics with the same code have the same cause. Errors, and diagnostics about no slide, must also have the
 * same text.
 */
function causeOf({ code, severity, message, output, slide }: Diagnostic): string {
  const isOneByOne = severity === 'error' || slide === undefined || OF_SETTINGS.test(code);
  return JSON.stringify([code, severity, isOneByOne ? message : '', output]);
}

function together(first: Diagnostic, others: readonly Diagnostic[]): Diagnostic {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const own = all.filter(({ deck }) => deck === first.deck);
  const { url: _, slide: __, ...rest } = first;
  const slides = unique(own.flatMap(({ slide }) => slide ?? []));
  const urls = unique(all.flatMap(({ url }) => url ?? []));
  const message = first.message.replace(MORE_PLACES, '');
  return {
    ...rest,
    message: `${message}${addresses(urls, message)}${howOften(all, own, slides)}`,
    ...(slides.length > 0 ? { slide: listed(slides, LISTED.slides) } : {}),
  };
}

function howOften(all: readonly Diagnostic[], own: readonly Diagnostic[], slides: readonly string[]): string {
  const kinds = new Set(all.map(({ message }) => message.replace(MORE_PLACES, ''))).size;
  const decks = new Set(all.map(({ deck }) => deck)).size;
  const elsewhere = decks > 1 ? `, in ${decks} decks` : '';
  if (kinds > 1) return `; ${all.length - 1} more like it${elsewhere} (--verbose lists each)`;
  if (all.length === own.length && own.length === slides.length) return '';
  return ` (${all.length} times${elsewhere})`;
}

function addresses(urls: readonly string[], message: string): string {
  if (urls.length < 2) return urls.every((one) => message.includes(one)) ? '' : ` — ${urls.join('')}`;
  // A message that contains its own address is one of several in that case.
  return message.includes(urls[0] ?? '') ? '' : ` — ${listed(urls, LISTED.urls)}`;
}

function listed(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).join(', ');
  return texts.length > most ? `${shown} and ${texts.length - most} more` : shown;
}
