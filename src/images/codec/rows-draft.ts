import { deflatedRows, type Rows } from './png-rows.ts';

/** Rows that are not deflated yet. */
export interface RowsDraft {
  /** How many bytes they will take: at most {@link MAX_OVERESTIMATE} times too many, and seldom too few. */
  readonly likelyBytes: number;
  deflate(): Promise<Uint8Array>;
}

/** A sample lacks most of what it repeats. Measured on photographs, screenshots and drawings: up to 2. */
export const MAX_OVERESTIMATE = 2.5;

/** For larger images, a sample of rows decides whether filters help. */
const TRIED_WHOLE_BYTES = 100_000;
const BANDS = 8;
/** Number of rows in that sample. */
const TRIED_SHARE = 1 / 8;

/** Plain rows take a fifth fewer bytes at the best level than at any other; it takes five times as long as the usual one. */
const BEST_LEVEL = 9;
/** Filtered rows gain little by it, so that in a sample they are as good with this one. */
const FILTERED_TRIAL_LEVEL = 6;
/** If filtered rows of a sample take this share of the bytes of plain ones, both are tried as a whole. */
const UNDECIDED = { from: 0.92, to: 1.02 } as const;

/** Rows to be deflated with or without filters, whichever takes fewer bytes. */
export async function draftRows(rows: Rows): Promise<RowsDraft> {
  if (rows.data.length <= TRIED_WHOLE_BYTES || rows.rowCount < BANDS / TRIED_SHARE) return triedWhole(rows);
  const tried = bandsOf(rows);
  const filtered = await deflatedRows(tried, { isFiltered: true, level: FILTERED_TRIAL_LEVEL });
  const plain = await deflatedRows(tried, { isFiltered: false, level: BEST_LEVEL });
  const share = filtered.length / plain.length;
  if (share >= UNDECIDED.from && share <= UNDECIDED.to) return triedWhole(rows);
  const isFiltered = share < 1;
  const triedBytes = Math.min(filtered.length, plain.length);
  return {
    likelyBytes: (triedBytes * rows.rowCount) / tried.rowCount,
    deflate: () => deflatedRows(rows, { isFiltered, level: BEST_LEVEL }),
  };
}

async function triedWhole(rows: Rows): Promise<RowsDraft> {
  const filtered = await deflatedRows(rows, { isFiltered: true, level: BEST_LEVEL });
  const plain = await deflatedRows(rows, { isFiltered: false, level: BEST_LEVEL });
  const bytes = filtered.length < plain.length ? filtered : plain;
  return { likelyBytes: bytes.length, deflate: async () => bytes };
}

/** Some rows from all parts of the image. */
function bandsOf(rows: Rows): Rows {
  const { data, rowBytes, rowCount } = rows;
  const bandRows = Math.floor((rowCount * TRIED_SHARE) / BANDS);
  const bands = Array.from({ length: BANDS }, (_, band) => {
    const from = Math.floor(((band + 0.5) * rowCount) / BANDS) * rowBytes;
    return data.subarray(from, from + bandRows * rowBytes);
  });
  return { ...rows, data: Buffer.concat(bands), rowCount: bandRows * BANDS };
}
