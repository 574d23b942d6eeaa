import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publishedOutputs } from '../../src/pipeline/report/outputs.ts';
import { type BuiltCourse, makeCourse } from './course.ts';
import { runDeckhand } from './deckhand.ts';

/** When the decks were changed last. */
const DECKS_MODIFIED = new Date('2021-03-04T05:06:07Z');

export interface Built {
  readonly folder: string;
  readonly report: BuiltCourse['report'];
}

/** Builds a fresh copy of the course with the command line, in a world as the caller says. */
async function buildSomewhere(
  place: string,
  umask: string,
  env: Record<string, string>,
  args: readonly string[],
  decks: readonly string[],
): Promise<Built> {
  const made = await makeCourse();
  const folder = join(dirname(made), place);
  await mkdir(dirname(folder), { recursive: true });
  await rename(made, folder);
  for (const name of decks) await utimes(join(folder, `decks/${name}.md`), DECKS_MODIFIED, DECKS_MODIFIED);
  const { stdout } = await runDeckhand(
    ['--json', '--quiet', '--offline', ...args, ...decks.map((name) => `decks/${name}.md`)],
    { cwd: folder, env, through: ['/bin/sh', '-c', `umask ${umask} && exec "$@"`, 'sh'] },
  );
  return { folder, report: JSON.parse(stdout) as BuiltCourse['report'] };
}

/**
 * Builds the same decks twice, in two worlds that have nothing in common: folders, time zones, languages, umask, jobs and
 * caches.
 */
export async function buildTwice(
  decks: readonly string[],
  args: readonly string[] = [],
): Promise<[Built, Built]> {
  const first = await buildSomewhere(
    'a',
    '022',
    { TZ: 'America/New_York', LANG: 'C' },
    [...args, '--jobs', '1'],
    decks,
  );
  const second = await buildSomewhere(
    'some/where else/ü',
    '077',
    { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    // A cache of its own: nothing that the first build made is there to be found.
    [...args, '--jobs', '4', '--cache-dir', join(first.folder, '../cache')],
    decks,
  );
  return [first, second];
}

/** Removes a course that was built somewhere. */
export async function removeBuilt({ folder }: Built): Promise<void> {
  await rm(folder.replace(/(deckhand-course-[^/]+).*/, '$1'), { recursive: true, force: true });
}

/** Path and hash of each file that was made. */
export function sumsOf(built: Built | undefined): string[] {
  return (built?.report.decks ?? []).flatMap(publishedOutputs).map(({ file, sha256 }) => `${file} ${sha256}`);
}
