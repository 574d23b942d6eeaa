/**
 * Checks that the source keeps to its layers, which docs/architecture.md shows.
 *
 *   npx tsx scripts/layers.ts     exits with 1 if a rule is broken
 *
 * Type-only imports count like others, except in code that runs in a page. The usual tool would be dependency-cruiser, which
 * needs Node 22.
 */
import { root } from './bundle-options.ts';
import { sourceFiles } from './layers/imports.ts';
import { LAYERS, MOST_FILES } from './layers/layers.ts';
import { brokenRules } from './layers/rules.ts';

const faults = brokenRules(sourceFiles(root), LAYERS, MOST_FILES);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
