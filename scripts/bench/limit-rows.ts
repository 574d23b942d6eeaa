/** Medians of a contender, and the size of its PDFs. */
export interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly megabytes: number;
}

/** Measurements of one deck, by contender; times are from a cold start. */
export interface MeasuredDeck {
  readonly floor: Measured;
  readonly slides: Measured;
  readonly slidesAndHandout: Measured & { readonly handoutMegabytes: number };
  readonly all: Measured;
  /** The slides with `--images original`. */
  readonly originals?: Measured | undefined;
  /** All three outputs of {@link COPIES} copies of the deck, in one run. */
  readonly copies?: Measured | undefined;
}

/** How many decks a run of many has. */
export const COPIES = 13;

/** A usual deck in a headless shell, the same in a full Chromium, or a deck of hundreds of slides in a headless shell. */
export type LimitsFor = 'usual' | 'full browser' | 'long';

/** What each measure may be at most. Times and memory are parts of the floor, which prints the deck once. */
const MOST = { slides: 0.6, handout: 0.12, handoutSize: 1.15, memory: 0.8, originals: 0.35, copies: 0.45 };
const MOST_OF_ALL: Readonly<Record<LimitsFor, number>> = { usual: 0.8, 'full browser': 1, long: 0.6 };

/** A Markdown table of what was measured of a deck and what it should be at most. */
export function limitRows(measured: MeasuredDeck, kind: LimitsFor): string[] {
  const { floor, slides, slidesAndHandout, all, originals, copies } = measured;
  const row = (name: string, value: number, most: number): string =>
    `| ${name} | ${value.toFixed(2)} | ${most} | ${value <= most ? 'yes' : 'no'} |`;
  const rows = [
    row('slides, handout and cheatsheet / floor', all.seconds / floor.seconds, MOST_OF_ALL[kind]),
    row('slides / floor', slides.seconds / floor.seconds, MOST.slides),
    row('time that the handout adds / slides', slidesAndHandout.seconds / slides.seconds - 1, MOST.handout),
    row(
      'size of the handout / slides',
      slidesAndHandout.handoutMegabytes / slides.megabytes,
      MOST.handoutSize,
    ),
    row('peak memory of all three / floor', all.peakMegabytes / floor.peakMegabytes, MOST.memory),
  ];
  if (originals)
    rows.push(
      row(
        'slides / slides with the original images, size',
        slides.megabytes / originals.megabytes,
        MOST.originals,
      ),
    );
  if (copies)
    rows.push(
      row(
        `all three of ${COPIES} copies / ${COPIES} floors`,
        copies.seconds / (COPIES * floor.seconds),
        MOST.copies,
      ),
    );
  return ['| measure | value | at most | met |', '|---|---:|---:|---|', ...rows];
}
