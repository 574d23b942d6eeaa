import { join } from 'node:path';
import { sourceFiles } from '../layers/imports.ts';
import { LAYERS } from '../layers/layers.ts';
import { picture } from '../layers/picture.ts';
import { codeSections } from './code-sections.ts';
import { libraryApi } from './library/library-api.ts';
import { frontMatterTable, optionTable } from './option-tables.ts';

/** The generated parts of the documents, between `<!-- generated: NAME -->` and `<!-- /generated -->`, by name. */
const PARTS: Readonly<Record<string, () => string>> = {
  options: () => optionTable(),
  'options-paper': () => optionTable('paper'),
  'options-deck': () => optionTable('deck'),
  'options-limits': () => optionTable('limits'),
  'options-vendor': () => optionTable('vendor'),
  'options-init': () => optionTable('init'),
  'front-matter': frontMatterTable,
  codes: codeSections,
  'source-tree': () => picture(sourceFiles(join(import.meta.dirname, '../..')), LAYERS),
  library: () => libraryApi(join(import.meta.dirname, '../..')),
};

const PART = /<!-- generated: (\S+) -->\n[\s\S]*?<!-- \/generated -->/g;

/**
 * A document with its generated parts brought up to date.
 *
 * @throws Error for an unknown part.
 */
export function withGeneratedParts(text: string, file: string): string {
  return text.replaceAll(PART, (_, name: string) => {
    const generate = PARTS[name];
    if (!generate) throw new Error(`${file}: nothing generates “${name}”`);
    return `<!-- generated: ${name} -->\n\n${generate()}\n\n<!-- /generated -->`;
  });
}

/** Names of generated parts that no document contains. */
export function unusedParts(texts: readonly string[]): string[] {
  const used = new Set(texts.flatMap((text) => [...text.matchAll(PART)].map(([, name]) => name)));
  return Object.keys(PARTS).filter((name) => !used.has(name));
}
