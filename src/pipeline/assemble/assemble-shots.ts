import { type Diagnostic, diagnostic, type Outcome } from '../../model/diagnostics.ts';
import type { Artifact, Deck, PlannedShot, Shot, ShotFormat, ShotPlan, Shots } from '../../model/model.ts';
import type { Output } from '../contract/output.ts';
import type { Place } from '../contract/places.ts';

const ENDINGS: Readonly<Record<ShotFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

const BUG = 'this is a bug in Deckhand: please report it with the deck';

/** Differences up to half a pixel of a slide are rounding. */
const TOLERANCE_PX = 0.5;

/**
 * Names the images of pages, and checks that none is missing and that each shows exactly its page.
 *
 * @param key hash of everything they were made from, in hex.
 */
export function assembleShots(
  deck: Deck,
  output: Output,
  { folder }: Place,
  { plan, shots }: Shots,
  key: string,
): Outcome<readonly Artifact[]> {
  const place = { deck: deck.source.path };
  if (shots.length !== plan.shots.length) {
    const message = `there are ${shots.length} ${output.kind} instead of ${plan.shots.length}`;
    return { value: [], diagnostics: [diagnostic('PAGE_COUNT_MISMATCH', message, place, BUG)] };
  }
  const made = plan.shots.map((planned, i) => {
    const shot = shots[i] as Shot;
    const file = `${folder}/${planned.name}.${ENDINGS[plan.format]}`;
    const artifact: Artifact = { kind: output.kind, file, bytes: shot.bytes, pages: 1, key };
    return { artifact, diagnostics: checkShot(deck, plan, planned, shot) };
  });
  return {
    value: made.map(({ artifact }) => artifact),
    diagnostics: [...(plan.diagnostics ?? []), ...made.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function checkShot(
  deck: Deck,
  { page, scale }: ShotPlan,
  { slide, line }: PlannedShot,
  { box, size, lost }: Shot,
): Diagnostic[] {
  const place = { deck: deck.source.path, slide, line };
  const [widthPx, heightPx] = [Math.round(page.widthPx * scale), Math.round(page.heightPx * scale)];
  const isPlaced = [box.x, box.y, box.width - page.widthPx, box.height - page.heightPx].every(
    (offPx) => Math.abs(offPx) <= TOLERANCE_PX,
  );
  const isWhole = isPlaced && size.widthPx === widthPx && size.heightPx === heightPx;
  const message = 'the image does not show exactly this slide';
  return [
    ...(isWhole ? [] : [diagnostic('SLIDE_IMAGE_INCOMPLETE', message, place, BUG)]),
    ...lost.map((url) =>
      diagnostic('PICTURE_NOT_DRAWN', `the image of this slide does not show ${url}`, { ...place, url }, BUG),
    ),
  ];
}
