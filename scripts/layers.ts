/**
 * Checks that the source keeps to its layers, and draws them.
 *
 *   npx tsx scripts/layers.ts [--check]     with --check: exits with 1 where a rule is broken or the picture is out of date
 *
 * Of an import it makes no difference whether it is one of types only, except for code that runs in a page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globSync } from 'tinyglobby';
import { root } from './bundle-options.ts';
import { importsOf, type SourceFile } from './layers/imports.ts';
import { LAYERS, MOST_FILES } from './layers/layers.ts';
import { picture } from './layers/picture.ts';
import { brokenRules } from './layers/rules.ts';

const PICTURE = join(root, 'docs/source-tree.md');

const files: SourceFile[] = globSync('**/*.ts', { cwd: join(root, 'src') })
  .map((path) => path.split('\\').join('/'))
  .sort()
  .map((path) => ({ path, imports: importsOf(path, readFileSync(posix.join(root, 'src', path), 'utf8')) }));

const faults = brokenRules(files, LAYERS, MOST_FILES);
for (const fault of faults) console.error(fault);

const drawn = picture(files, LAYERS);
const isCheck = process.argv.includes('--check');
if (!isCheck) writeFileSync(PICTURE, drawn);
else if (readFileSync(PICTURE, 'utf8') !== drawn) {
  faults.push('stale');
  console.error('docs/source-tree.md is out of date: run npx tsx scripts/layers.ts');
}
process.exitCode = faults.length === 0 ? 0 : 1;
