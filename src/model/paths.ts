declare const kind: unique symbol;

/**
 * A path below the root of a project, with `/`: what archives, lock files and reports have, whatever the system. Joined with
 * the root it is the path of a file.
 */
export type SitePath = string & { readonly [kind]: 'SitePath' };

/**
 * The absolute path of a file that may be read for a deck: of its project, vendored, or one of ours. Only who has judged that
 * makes one, so the compiler finds where any other path would be opened for a deck.
 */
export type FilePath = string & { readonly [kind]: 'FilePath' };
