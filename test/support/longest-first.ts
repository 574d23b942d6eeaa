import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The projects, in the order in which they begin: what is left for the end should be short, or one processor waits. */
const PROJECTS = ['system', 'browser', 'unit'];

/** Files that take much longer than their size tells, longest first. */
const LONG = [
  'docs/worked-examples.system',
  'decks/reproducible.system',
  'decks/volume.system',
  'images/decoder/decoder.system',
  'cli/killed.system',
  'cli/kill-moments.system',
  'browser/find/bundled.system',
  'decks/ending.system',
  'cli/environment.system',
  'decks/live.browser',
  'decks/recorded.browser',
  'decks/odd-addresses.browser',
  'decks/archive.browser',
  'cli/build.browser',
  'cli/vendor.browser',
  'decks/handout-cells.browser',
  'pipeline/read/deck-parser',
  'images/svg/svg-fuzz',
].map((name) => `/test/${name}.test.ts`);

/**
 * Begins with the longest files, so that none of them runs alone at the end. vitest knows how long a file took only where
 * the tests ran before; then it goes by size.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.sort((a, b) => place(a) - place(b));
  }
}

/** Those of one place stay as they are. */
function place({ project, moduleId }: TestSpecification): number {
  const long = LONG.findIndex((name) => moduleId.endsWith(name));
  return PROJECTS.indexOf(project.name) * 1000 + (long < 0 ? LONG.length : long);
}
