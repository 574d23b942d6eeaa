import { createReadStream, createWriteStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { type FolderRecipe, stagedFolder } from '../../system/staged-folder.ts';
import { isExecutable } from './probe.ts';
import { untar } from './untar.ts';

const PACKAGE = '@sparticuz/chromium';
/** Every complete Chromium is much larger than this; a partly written one must not be taken for one. */
const WHOLE_BYTES = 100_000_000;

/** The unpacked Chromium of the optional npm package. */
export interface BundledChromium {
  readonly executablePath: string;
  /** Version of the npm package, which follows Chromium's: `147.0.0`. */
  readonly version: string;
  /** Folder with the shared libraries (NSS, expat) that minimal systems lack. */
  readonly libraryDir: string;
}

interface Source {
  /** The package's folder of brotli files. */
  readonly bin: string;
  readonly version: string;
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium` into `<cacheDir>/chromium-<version>`, once.
 *
 * Only its files are used. The package's own code unpacks to a predictable place in /tmp, trusts files that are already
 * there, and switches web security off.
 *
 * @returns `undefined` if the package is not installed, or on other systems than Linux x64 (it has no other build).
 */
export async function unpackBundled(
  cacheDir: string,
  log?: (line: string) => void,
): Promise<BundledChromium | undefined> {
  const source = await bundledSource();
  const before = await unpackedBundled(cacheDir);
  if (source === undefined || before) return before;
  log?.(`Unpacking the Chromium of ${PACKAGE} ${source.version}, which takes some seconds, once`);
  return chromiumIn(await stagedFolder(cacheDir, recipe(source)), source.version);
}

/** The browser that {@link unpackBundled} would return, if it was unpacked before. Never unpacks. */
export async function unpackedBundled(cacheDir: string): Promise<BundledChromium | undefined> {
  const source = await bundledSource();
  if (source === undefined) return undefined;
  const { name, isWhole } = recipe(source);
  const dir = join(cacheDir, name);
  return (await isWhole(dir)) ? chromiumIn(dir, source.version) : undefined;
}

function chromiumIn(dir: string, version: string): BundledChromium {
  return { executablePath: join(dir, 'chromium'), version, libraryDir: join(dir, 'lib') };
}

function recipe(source: Source): FolderRecipe {
  return {
    name: `chromium-${source.version}`,
    fill: async (dir) => {
      // The tar is unpacked last: `lib` proves that the large file before it is complete.
      await pipeline(
        createReadStream(join(source.bin, 'chromium.br'), { highWaterMark: 1 << 20 }),
        createBrotliDecompress({ chunkSize: 1 << 21 }),
        createWriteStream(join(dir, 'chromium'), { mode: 0o755 }),
      );
      const libraries = await readFile(join(source.bin, 'al2023.tar.br'));
      await untar(await promisify(brotliDecompress)(libraries), dir);
    },
    isWhole: async (dir) => {
      if (!(await isExecutable(join(dir, 'chromium')))) return false;
      const { size } = await stat(join(dir, 'chromium'));
      return size > WHOLE_BYTES && (await exists(join(dir, 'lib', 'libnss3.so')));
    },
  };
}

async function bundledSource(): Promise<Source | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let root: string;
  try {
    root = dirname(createRequire(import.meta.url).resolve(PACKAGE));
  } catch {
    return undefined;
  }
  // The package does not export its package.json; its entry point is some folders below it.
  while (!(await exists(join(root, 'bin', 'chromium.br')))) {
    const parent = dirname(root);
    if (parent === root) return undefined;
    root = parent;
  }
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version = (manifest as { readonly version?: unknown }).version;
  return typeof version === 'string' ? { bin: join(root, 'bin'), version } : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
