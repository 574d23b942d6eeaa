import { expect, test } from 'vitest';
import type { ProgressEvent } from '../../src/model/progress.ts';
import { timings } from '../../src/pipeline/timings.ts';

test('the times of each stage of each deck are reported, and what was sent to the browser', () => {
  let clock = 0;
  const heard: ProgressEvent[] = [];
  const timed = timings(
    (event) => heard.push(event),
    () => clock,
  );
  const at = (ms: number, event: ProgressEvent): void => {
    clock = ms;
    timed.onProgress(event);
  };
  at(0, { type: 'stage-started', deck: 'a.md', stage: 'read' });
  at(5, { type: 'stage-started', deck: 'b.md', stage: 'read' });
  at(20, { type: 'stage-started', deck: 'a.md', stage: 'measure' });
  const result = {
    path: 'a.md',
    title: '',
    slides: 1,
    decorations: 0,
    outputs: [],
    diagnostics: [],
    failed: false,
  };
  at(120, { type: 'deck-finished', deck: 'a.md', result });
  clock = 150;
  timed.finish({ calls: 3, answers: 2, bytes: 1_500_000 });
  const said = heard.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
  expect(said).toEqual([
    'a.md: read 20 ms, measure 100 ms',
    'total 150 ms; browser: 3 calls, 2 resources, 1.50 MB sent',
  ]);
  expect(heard).toHaveLength(6);
});
