import type { LaidOutPage, LaidOutSlide } from '../../../../model/model.ts';
import { type Geometry, scaleIn } from './geometry.ts';

/** CSS pixels per point. */
const PX_PER_PT = 96 / 72;

/** The size of a slide: the usual one, larger because its type would be too small, or large because its author marked it. */
export interface Wish {
  readonly kind: 'usual' | 'grown' | 'large';
  readonly scale: number;
}

/**
 * Determines the size of a slide.
 *
 * @param minTypePt minimum size of its smallest type, in points; 0: any.
 */
export function wishMaker(
  geometry: Geometry,
  minTypePt: number,
): (slide: Pick<LaidOutSlide, 'handout'>, page: LaidOutPage) => Wish {
  const { columns, rows } = geometry;
  const whole = scaleIn(geometry, { columns, rows });
  // It gets rows of its own; if it already has one, it is no larger than the others.
  const large = columns > 1 ? scaleIn(geometry, { columns, rows: Math.min(2, rows) }) : geometry.scale;
  return ({ handout }, { smallestTextPx }) => {
    const legible = smallestTextPx ? (minTypePt * PX_PER_PT) / smallestTextPx : 0;
    const wanted = Math.min(legible, whole);
    if (handout === 'large' && columns > 1) return { kind: 'large', scale: Math.max(large, wanted) };
    // A slide that would hardly become larger keeps the usual size.
    if (wanted <= geometry.scale * 1.01) return { kind: 'usual', scale: geometry.scale };
    return { kind: 'grown', scale: wanted };
  };
}
