import { manifest } from './package-root.ts';

/** The version of this package, from its manifest. */
export function packageVersion(): string {
  return manifest().version;
}
