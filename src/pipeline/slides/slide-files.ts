import type { OutputKind } from '../../model/output-kinds.ts';

/** Files that can be opened at a slide, in the order in which they are tried if there is none of the same kind. */
const WITH_SLIDES = ['slides', 'handout'] as const satisfies readonly OutputKind[];

export type SlideFileKind = (typeof WITH_SLIDES)[number];

/** Those of the kinds that a build creates. */
export function slideFiles(only: readonly OutputKind[]): SlideFileKind[] {
  return WITH_SLIDES.filter((kind) => only.includes(kind));
}

/** @param mark value of the slide's `data-handout`. */
export function showsSlide(kind: SlideFileKind, mark: string | undefined): boolean {
  return mark !== (kind === 'handout' ? 'skip' : 'only');
}

export function atLeastOne<T>([first, ...others]: readonly T[]): readonly [T, ...T[]] | undefined {
  return first === undefined ? undefined : [first, ...others];
}
