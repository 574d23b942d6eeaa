import { beforeAll, describe, expect, test } from 'vitest';
import type { PrintedDocument } from '../../src/model/model.ts';
import { captureCourse } from '../support/recorded/capture-course.ts';
import { RECORDED_COURSES, type RecordedCourse } from '../support/recorded/courses.ts';
import { isPinnedBrowserThere, withPinnedBrowser } from '../support/recorded/pinned-browser.ts';
import type { DeckRecording } from '../support/recorded/recording.ts';
import { type ReplayedFile, replayedCourse } from '../support/recorded/replay-course.ts';
import { loadRecordings } from '../support/recorded/store.ts';
import { placesIn, summaryOf } from '../support/recorded/summary.ts';

const captured = new Map<RecordedCourse, readonly DeckRecording[]>();
beforeAll(async () => {
  if (!isPinnedBrowserThere) return;
  await withPinnedBrowser(async (session) => {
    for (const course of RECORDED_COURSES) captured.set(course, await captureCourse(course, session));
  });
});

/** What a document loaded, and which pictures have stubs in it. */
function loaded({ served, blank, images }: Omit<PrintedDocument, 'html'>) {
  return { served, blank, images: images.map(({ url, sha256, stub }) => [url, sha256, stub.id]) };
}

/**
 * Tests that replay a recording hold only as long as it is what the browser gives now. Where one of these fails, and the
 * change is meant: npx tsx scripts/record-captures.ts
 */
describe.runIf(isPinnedBrowserThere).each(RECORDED_COURSES)('the recording of the course $name', (course) => {
  let recorded: readonly DeckRecording[] = [];
  let current: readonly DeckRecording[] = [];
  beforeAll(async () => {
    recorded = await loadRecordings(course.name);
    current = captured.get(course) ?? [];
  });

  test('has the layouts that the browser gives now', () => {
    const layouts = (recordings: readonly DeckRecording[]) =>
      recordings.map(({ path, layouts }) => [path, layouts]);
    expect(layouts(current)).toEqual(layouts(recorded));
  });

  test('has what the typesetter measures now, and what documents load', () => {
    const given = (recordings: readonly DeckRecording[]) =>
      recordings.map(({ path, frames, prints }) => [
        path,
        frames.map(({ kinds, ...print }) => [kinds, loaded(print)]),
        prints.map(({ sheets, ...print }) => [print, sheets && loaded(sheets)]),
      ]);
    expect(given(current)).toEqual(given(recorded));
  });

  test('becomes files that hold what those of now hold, each at its place', async () => {
    const filesOf = (recordings: readonly DeckRecording[]): Promise<readonly ReplayedFile[]> =>
      replayedCourse(course, { recordings }).files();
    const [before, now] = [await filesOf(recorded), await filesOf(current)];
    expect(now.map(({ path, kind }) => `${kind} of ${path}`)).toEqual(
      before.map(({ path, kind }) => `${kind} of ${path}`),
    );
    for (const [i, { path, kind, bytes }] of now.entries()) {
      const was = before[i]?.bytes ?? new Uint8Array();
      // The same bytes hold the same.
      if (Buffer.compare(bytes, was) === 0) continue;
      expect(await summaryOf(bytes), `${kind} of ${path}`).toEqual(await summaryOf(was));
      const [places, earlier] = [await placesIn(bytes), await placesIn(was)];
      const moved = places.map((edges, page) =>
        edges.filter((edge, k) => !(Math.abs(edge - (earlier[page]?.[k] ?? Number.NaN)) < 0.5)),
      );
      expect(moved, `${kind} of ${path}`).toEqual(places.map(() => []));
    }
  });
});
