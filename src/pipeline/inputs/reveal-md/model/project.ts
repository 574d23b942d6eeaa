import { projectRoot } from '../../../site/project-root.ts';

/** Names of the configuration file of reveal-md, in the order in which they are tried. */
export const REVEAL_MD_CONFIGS = ['reveal-md.json5', 'reveal-md.json'] as const;
/** Names of its file with options of reveal.js. */
export const REVEAL_CONFIGS = ['reveal.json5', 'reveal.json'] as const;
export const REVEAL_MD_FILES: readonly string[] = [...REVEAL_MD_CONFIGS, ...REVEAL_CONFIGS];

/** The root of the project of a Markdown deck. */
export function markdownRoot(deckFile: string): string {
  return projectRoot(deckFile, REVEAL_MD_FILES);
}
