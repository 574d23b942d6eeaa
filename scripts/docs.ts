/**
 * Writes the generated parts of the documents: options, diagnostics, the library's functions and types.
 *
 *   npm run docs [-- --check]     with --check: writes nothing; exits with 1 where a part is out of date or a link is dead
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { deadLinks } from './docs/dead-links.ts';
import { unusedParts, withGeneratedParts } from './docs/generated-parts.ts';

const root = join(import.meta.dirname, '..');
const paths = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: root, dot: true }).sort();
const before = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const after = new Map([...before].map(([path, text]) => [path, withGeneratedParts(text, path)]));

const isCheck = process.argv.includes('--check');
const stale = paths.filter((path) => before.get(path) !== after.get(path));
if (!isCheck) for (const path of stale) writeFileSync(join(root, path), after.get(path) ?? '');

const problems = [
  ...(isCheck ? stale.map((path) => `${path} is out of date: run npm run docs`) : []),
  ...unusedParts([...after.values()]).map((name) => `no document has the generated part “${name}”`),
  ...deadLinks(after, root),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
