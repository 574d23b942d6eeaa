import { createViteServer } from 'vitest/node';

/**
 * Records anew what the browser gives for the courses of `test/recorded`, or only for those that are named. Loaded as tests
 * are: functions that run inside a page must not be rewritten, as tsx does to keep their names.
 */
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
try {
  const { recordCourses } = await server.ssrLoadModule('/test/support/recorded/record-courses.ts');
  await recordCourses(process.argv.slice(2));
} finally {
  await server.close();
}
