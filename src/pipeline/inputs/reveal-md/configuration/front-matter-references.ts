import { CARRIES_ITSELF } from '../../../../markup/css.ts';
import type { Place } from '../../../../model/diagnostics.ts';
import type { Reference, Stylesheet } from '../../../../model/model.ts';
import type { WrittenText } from '../front-matter/front-matter-places.ts';
import { type StyleProject, styleReferences } from '../styles/style-references.ts';
import type { AskedKeys } from './asked-keys.ts';

/** The stylesheets that a deck names, as they were found. */
export interface NamedStyles {
  readonly theme: Stylesheet;
  readonly highlightTheme: Stylesheet;
  readonly css: readonly Stylesheet[];
}

/**
 * The references of front matter and configuration: stylesheets on the web, references in those on disk, and the image behind
 * all slides.
 */
export async function frontMatterReferences(
  styles: NamedStyles,
  { placeOf, textsAt }: Pick<AskedKeys, 'placeOf' | 'textsAt'>,
  project: StyleProject,
): Promise<Reference[]> {
  const references: Reference[] = [];
  for (const key of ['theme', 'highlightTheme', 'css'] as const) {
    const at = lineAt(placeOf(key));
    const named = [styles[key]].flat();
    const remote = named.filter((style) => 'url' in style).map(({ name }) => name);
    references.push(
      ...placed(remote, textsAt(key)).map((one) => ({ kind: 'stylesheet' as const, ...at, ...one })),
    );
    for (const style of named) references.push(...(await styleReferences(style, at, project)));
  }
  const parallax = ['revealOptions', 'parallaxBackgroundImage'];
  const pictures = textsAt(...parallax).map(({ text }) => text.trim());
  const named = pictures.filter((url) => url !== '' && !CARRIES_ITSELF.test(url));
  const at = lineAt(placeOf(...parallax));
  return [
    ...references,
    ...placed(named, textsAt(...parallax)).map((one) => ({ kind: 'image' as const, ...at, ...one })),
  ];
}

function lineAt({ line = 1, file }: Place): Pick<Reference, 'line' | 'file'> {
  return { line, ...(file === undefined ? {} : { file }) };
}

/** The positions of used strings among those that were written. */
function placed(
  texts: readonly string[],
  written: readonly WrittenText[],
): Pick<Reference, 'url' | 'span'>[] {
  let [index, cursor] = [0, 0];
  return texts.map((url) => {
    for (; index < written.length; index++, cursor = 0) {
      const { text = '', offset } = written[index] ?? {};
      const found = text.indexOf(url, cursor);
      if (found === -1) continue;
      cursor = found + url.length;
      return { url, ...(offset === undefined ? {} : { span: [offset + found, offset + cursor] as const }) };
    }
    return { url };
  });
}
