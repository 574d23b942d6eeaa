/**
 * Writes everything that is generated from the source: parts of the documents (options, diagnostics, the library's functions
 * and types), and JSON schemas.
 *
 *   npm run docs [-- --check]     with --check: writes nothing; exits with 1 where something is out of date, or a link is dead
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { configSchema } from './docs/config-schema.ts';
import { deadLinks } from './docs/dead-links.ts';
import { unusedParts, withGeneratedParts } from './docs/generated-parts.ts';
import { pictureProblems } from './docs/picture-sizes.ts';
import { reportSchema } from './docs/report-schema.ts';

const root = join(import.meta.dirname, '..');
const textOf = (path: string): string =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';

const paths = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: root, dot: true }).sort();
const documents = new Map(paths.map((path) => [path, withGeneratedParts(textOf(path), path)]));
const generated = new Map([
  ...documents,
  ['schemas/report.schema.json', reportSchema()],
  ['schemas/config.schema.json', configSchema()],
]);

const isCheck = process.argv.includes('--check');
const stale = [...generated].filter(([path, text]) => textOf(path) !== text);
if (!isCheck) for (const [path, text] of stale) writeFileSync(join(root, path), text);

const problems = [
  ...(isCheck ? stale.map(([path]) => `${path} is out of date: run npm run docs`) : []),
  ...unusedParts([...documents.values()]).map((name) => `no document has the generated part “${name}”`),
  ...deadLinks(documents, root),
  ...pictureProblems([...documents.values()], root),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
