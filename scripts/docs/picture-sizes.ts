import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const MOST_PICTURE_BYTES = 60_000;

/** Pictures of `docs/pictures` that are too large, or that no document shows. */
export function pictureProblems(texts: readonly string[], root: string): string[] {
  const folder = join(root, 'docs/pictures');
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const { size } = statSync(join(folder, name));
      return [
        ...(size > MOST_PICTURE_BYTES
          ? [`docs/pictures/${name} has ${size} bytes, more than ${MOST_PICTURE_BYTES}`]
          : []),
        ...(texts.some((text) => text.includes(`pictures/${name}`))
          ? []
          : [`no document shows docs/pictures/${name}`]),
      ];
    });
}
