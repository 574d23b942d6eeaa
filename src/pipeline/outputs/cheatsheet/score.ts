import type { Judged } from './judged.ts';
import { SIGNALS, type Signal } from './signals.ts';

/** How useful a block is on a cheatsheet, and the reasons. */
export interface Score {
  /** Above 0, the block is kept. */
  readonly value: number;
  /** Signals for and against it, the strongest first. */
  readonly reasons: { readonly for: readonly string[]; readonly against: readonly string[] };
}

export type Weights = Readonly<Record<string, number>>;

/** The names of the signals that apply to a block. */
export function signalsOf(judged: Judged): string[] {
  return Object.entries(SIGNALS).flatMap(([name, { kinds, holds }]) =>
    (kinds === undefined || kinds.includes(judged.block.kind)) && holds(judged) ? [name] : [],
  );
}

/** @param weights replace those of the table. */
export function scoreOf(judged: Judged, weights?: Weights): Score {
  const found = signalsOf(judged)
    .map((name) => ({ signal: SIGNALS[name] as Signal, weight: weightOf(name, weights) }))
    .filter(({ weight }) => weight !== 0)
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  const value = found.reduce((sum, { weight }) => sum + weight, 0);
  const saying = (sign: 1 | -1): string[] =>
    found.filter(({ weight }) => Math.sign(weight) === sign).map(({ signal }) => signal.says);
  return { value: Math.round(value * 100) / 100, reasons: { for: saying(1), against: saying(-1) } };
}

function weightOf(name: string, weights: Weights | undefined): number {
  return weights ? (weights[name] ?? 0) : (SIGNALS[name]?.weight ?? 0);
}
