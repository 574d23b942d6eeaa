import { createViteServer } from 'vitest/node';

/**
 * Records what the browser returns for the courses of `test/recorded`, or only for those that are named. Loaded as in tests:
 * functions that run inside a page must not be rewritten, which tsx does to keep their names.
 */
const server = await createViteServer({ server: { middlewareMode: true, hmr: false }, logLevel: 'error' });
try {
  const { recordCourses } = await server.ssrLoadModule('/test/support/recorded/record-courses.ts');
  await recordCourses(process.argv.slice(2));
} finally {
  await server.close();
}
