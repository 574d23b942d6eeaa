import { captureCourse } from './capture-course.ts';
import { RECORDED_COURSES } from './courses.ts';
import { withPinnedBrowser } from './pinned-browser.ts';
import { storeRecordings } from './store.ts';

/** @param names of courses; all, where there are none. */
export async function recordCourses(names: readonly string[]): Promise<void> {
  const courses = RECORDED_COURSES.filter(({ name }) => names.length === 0 || names.includes(name));
  await withPinnedBrowser(async (session) => {
    for (const course of courses) {
      const size = await storeRecordings(course.name, await captureCourse(course, session));
      console.log(`${course.name}: ${size.layouts} bytes of layouts, ${size.prints} of prints`);
    }
  });
}
