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
}

/** The limit of each measurement, as a multiple of the minimum, which prints the deck once in a headless shell. */
const MOST = { all: 0.8, slides: 0.6, handout: 0.12, handoutSize: 1.15, memory: 0.8 };

/** A Markdown table of the measurements of a deck and their limits. */
export function limitRows({ floor, slides, slidesAndHandout, all }: MeasuredDeck): string[] {
  const row = (name: string, value: number, most: number): string =>
    `| ${name} | ${value.toFixed(2)} | ${most} | ${value <= most ? 'yes' : 'no'} |`;
  return [
    '| measure | value | at most | met |',
    '|---|---:|---:|---|',
    row('slides, handout and cheatsheet / floor', all.seconds / floor.seconds, MOST.all),
    row('slides / floor', slides.seconds / floor.seconds, MOST.slides),
    row('time that the handout adds / slides', slidesAndHandout.seconds / slides.seconds - 1, MOST.handout),
    row(
      'size of the handout / slides',
      slidesAndHandout.handoutMegabytes / slides.megabytes,
      MOST.handoutSize,
    ),
    row('peak memory of all three / floor', all.peakMegabytes / floor.peakMegabytes, MOST.memory),
  ];
}
