import type { LaidOutPage, LaidOutSlide } from '../../../../model/model.ts';
import { type Geometry, scaleIn } from './geometry.ts';

/** CSS pixels of a point. */
const PX_PER_PT = 96 / 72;

/** How large a slide is to be: as all are, larger since its type would be too small, or large since its author says so. */
export interface Wish {
  readonly kind: 'usual' | 'grown' | 'large';
  readonly scale: number;
}

/**
 * Says how large a slide is to be.
 *
 * @param minTypePt size that its smallest type should not fall below; 0: any.
 */
export function wishMaker(
  geometry: Geometry,
  minTypePt: number,
): (slide: Pick<LaidOutSlide, 'handout'>, page: LaidOutPage) => Wish {
  const { columns, rows } = geometry;
  const whole = scaleIn(geometry, { columns, rows });
  // Rows to itself; where it has a row anyway it is no larger than the others.
  const large = columns > 1 ? scaleIn(geometry, { columns, rows: Math.min(2, rows) }) : geometry.scale;
  return ({ handout }, { smallestTextPx }) => {
    const legible = smallestTextPx ? (minTypePt * PX_PER_PT) / smallestTextPx : 0;
    const wanted = Math.min(legible, whole);
    if (handout === 'large' && columns > 1) return { kind: 'large', scale: Math.max(large, wanted) };
    // What would hardly be larger stays in line with the others.
    if (wanted <= geometry.scale * 1.01) return { kind: 'usual', scale: geometry.scale };
    return { kind: 'grown', scale: wanted };
  };
}
