import { manifest } from './package-root.ts';

/** Of this package, from its manifest. */
export function packageVersion(): string {
  return manifest().version;
}
