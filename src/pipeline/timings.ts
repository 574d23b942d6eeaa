import type { Traffic } from '../browser/traffic.ts';
import type { OnProgress, ProgressEvent, Stage } from '../model/progress.ts';

/** Reports the times of a run: a notice for each deck, and one for the run. */
export interface Timings {
  readonly onProgress: OnProgress;
  /** @param traffic with the browser, if one was started. */
  finish(traffic: Traffic | undefined): void;
}

/** Measures events and passes them on. A stage lasts until the next one of its deck begins. */
export function timings(onProgress: OnProgress, now = (): number => performance.now()): Timings {
  const started = now();
  const decks = new Map<string, { stage: Stage; since: number; spent: Map<Stage, number> }>();
  const say = (message: string): void => onProgress({ type: 'notice', severity: 'info', message });
  const enter = (deck: string, stage: Stage): void => {
    const before = decks.get(deck);
    end(deck);
    decks.set(deck, { stage, since: now(), spent: before?.spent ?? new Map() });
  };
  const end = (deck: string): void => {
    const before = decks.get(deck);
    if (before) before.spent.set(before.stage, (before.spent.get(before.stage) ?? 0) + now() - before.since);
  };
  return {
    onProgress: (event: ProgressEvent) => {
      if (event.type === 'stage-started') enter(event.deck, event.stage);
      if (event.type === 'deck-finished') {
        end(event.deck);
        const spent = [...(decks.get(event.deck)?.spent ?? [])];
        say(`${event.deck}: ${spent.map(([stage, ms]) => `${stage} ${inMs(ms)}`).join(', ')}`);
      }
      onProgress(event);
    },
    finish: (traffic) => {
      const browser = traffic
        ? `; browser: ${traffic.calls} calls, ${traffic.answers} resources, ${(traffic.bytes / 1e6).toFixed(2)} MB sent`
        : '';
      say(`total ${inMs(now() - started)}${browser}`);
    },
  };
}

function inMs(ms: number): string {
  return `${Math.round(ms)} ms`;
}
