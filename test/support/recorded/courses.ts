import type { Config } from '../../../src/index.ts';
import type { Files } from '../course.ts';
import { LINKED } from './linked.ts';
import { ODD } from './odd.ts';
import { OUTLINED } from './outlined.ts';
import { ARTICLE, GROWN, NOTES_ONLY } from './paper-forms.ts';
import { PARTED } from './parted.ts';
import { SAMPLER } from './sampler.ts';

/** A course whose captures are kept in `test/recorded`, and the settings that it is captured with. */
export interface RecordedCourse {
  /** Of its folder in `test/recorded`. */
  readonly name: string;
  readonly config: Config;
  readonly files: Files;
}

/** Few, and hard: each is there for what a print can hold or what authors get wrong. */
export const RECORDED_COURSES: readonly RecordedCourse[] = [
  SAMPLER,
  ODD,
  LINKED,
  OUTLINED,
  NOTES_ONLY,
  ARTICLE,
  GROWN,
  PARTED,
];
