import { createHash } from 'node:crypto';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stagedFolder } from '../../system/staged-folder.ts';
import { FONTS_CONF } from './fonts-conf.ts';
import { woffToSfnt } from './woff.ts';

/** Increase it when the same packages give other files. */
const RECIPE = 1;
const CONF = 'fonts.conf';

interface FontFile {
  /** Name in the staged folder. The prefix avoids names that fonts.conf rejects. */
  readonly name: string;
  readonly module: string;
}

const FILES: readonly FontFile[] = [
  ...fontsource('lato', ['latin', 'latin-ext'], ['400-normal', '400-italic', '700-normal', '700-italic']),
  ...fontsource(
    'lora',
    ['latin', 'latin-ext', 'cyrillic', 'math'],
    ['400-normal', '400-italic', '700-normal', '700-italic'],
  ),
  ...fontsource('jetbrains-mono', ['latin', 'latin-ext', 'greek', 'cyrillic'], ['400-normal', '700-normal']),
  ...fontsource('noto-color-emoji', ['emoji'], ['400-normal']),
  // For characters that none of the fonts above has: arrows, box drawing, check marks, Greek, Hebrew, Arabic.
  ...['Sans', 'Sans-Bold', 'SansMono', 'SansMono-Bold'].map((face) => ({
    name: `deckhand-dejavu-${face.toLowerCase()}.ttf`,
    module: `dejavu-fonts-ttf/ttf/DejaVu${face}.ttf`,
  })),
];

const PACKAGES = [
  '@fontsource/lato',
  '@fontsource/lora',
  '@fontsource/jetbrains-mono',
  '@fontsource/noto-color-emoji',
  'dejavu-fonts-ttf',
];

function fontsource(
  family: string,
  subsets: readonly string[],
  styles: readonly string[],
): readonly FontFile[] {
  return subsets.flatMap((subset) =>
    styles.map((style) => ({
      name: `deckhand-${family}-${subset}-${style}.ttf`,
      module: `@fontsource/${family}/files/${family}-${subset}-${style}.woff`,
    })),
  );
}

export interface PreparedFonts {
  /** Path for the environment variable FONTCONFIG_FILE. */
  readonly fontconfigFile: string;
  /** The same value as from `fontsDigest`. */
  readonly digest: string;
}

/**
 * Puts our fonts where Chromium finds them, in `<cacheDir>/fonts/<digest>`. Without any font on the system, Chromium prints
 * blank pages and reports no error. Sans-serif, serif, monospace and emoji are ours even if the system has fonts, so that a
 * deck looks the same everywhere. Characters that ours lack (such as Chinese) come from the system's fonts.
 *
 * Only systems with fontconfig use the result: Linux and the BSDs.
 *
 * @throws DeckhandError `CACHE_UNWRITABLE`.
 */
export async function prepareFonts({ cacheDir }: { readonly cacheDir: string }): Promise<PreparedFonts> {
  const require = createRequire(import.meta.url);
  const digest = await fontsDigest();
  const dir = await stagedFolder(cacheDir, {
    name: join('fonts', digest),
    fill: async (staging) => {
      for (const file of FILES) await place(require.resolve(file.module), join(staging, file.name));
      await writeFile(join(staging, CONF), FONTS_CONF);
    },
    isWhole: async (candidate) => {
      const names = [CONF, ...FILES.map((file) => file.name)];
      const sizes = await Promise.all(
        names.map((name) =>
          stat(join(candidate, name)).then(
            (s) => s.size,
            () => 0,
          ),
        ),
      );
      return sizes.every((size) => size > 0);
    },
  });
  return { fontconfigFile: join(dir, CONF), digest };
}

async function place(source: string, target: string): Promise<void> {
  if (!source.endsWith('.woff')) return await copyFile(source, target);
  // Emoji are also in the package as SVG glyphs (20 MB), which Chromium does not use.
  await writeFile(target, woffToSfnt(await readFile(source), ['SVG ']));
}

/** Identifies our fonts independently of their folder: 16 hex digits, for cache keys. */
export async function fontsDigest(): Promise<string> {
  const require = createRequire(import.meta.url);
  const manifests = PACKAGES.map((name) => readFile(manifestOf(require, name), 'utf8'));
  const versions = (await Promise.all(manifests)).map(
    (text) => (JSON.parse(text) as { version?: unknown }).version,
  );
  return createHash('sha256')
    .update(JSON.stringify([RECIPE, versions, FILES, FONTS_CONF]))
    .digest('hex')
    .slice(0, 16);
}

function manifestOf(require: NodeJS.Require, name: string): string {
  const file = FILES.find(({ module }) => module.startsWith(`${name}/`));
  if (file === undefined) throw new Error(`${name} gives no font`);
  const path = require.resolve(file.module);
  return join(path.slice(0, path.length - file.module.length), name, 'package.json');
}
