import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataUrl } from '../../../images/model/data-url.ts';
import type { Deck } from '../../../model/model.ts';
import { attributesOf, escapeHtml, inScript } from '../../../text/html.ts';
import { type Attribute, type PageAround, type PageSheet, SLIDES } from '../../contract/input.ts';
import type { Resources } from '../../localize/localize.ts';
import { serveDrawing, serveFile } from '../../localize/serve.ts';
import { MOUNT_PREFIX, MOUNTS } from '../../site/mounts.ts';
import { pictureUrl, requestedUrl } from '../../site/picture-url.ts';
import { borrowDrawings } from './borrowed-drawings.ts';
import { present } from './page/present.ts';
import { presentationSlides, withoutEndTag } from './slides-html.ts';
import type { TakenDown } from './source-slides.ts';
import type { SourceTree } from './source-tree.ts';
import { pathUrl, type StandIns, wholeSheet } from './styles.ts';

export interface PresentationOptions {
  /** Address of the deck on the web, for relative links; undefined if unknown. */
  readonly linkBase?: string | undefined;
  /** The slides to keep, by their index in the deck. */
  readonly keeps: (index: number) => boolean;
}

/**
 * The deck as a live presentation of reveal.js: one HTML page next to the source tree, which opens with a double-click and
 * without a network.
 *
 * It contains the slides as the plugins of reveal.js made them while the archive was built: Markdown as HTML, highlighted
 * code, formulas rendered by KaTeX, diagrams as SVG. So neither the Markdown parser nor Mermaid has to run in future
 * browsers, which will certainly read HTML and SVG, and the presentation shows what was printed. Scripts and fonts are inside
 * the page, because browsers load neither from another local file.
 */
export async function presentationHtml(
  deck: Deck,
  page: PageAround,
  taken: TakenDown,
  tree: SourceTree,
  resources: Resources,
  options: PresentationOptions,
): Promise<string> {
  const base = deck.site.url;
  const standIns = standInsFor(deck, taken, tree, resources);
  const { html, definitions } = await borrowDrawings(taken.html, base, async (url) => {
    const drawing = await serveDrawing({ url, kind: 'other' }, resources);
    return drawing && Buffer.from(drawing.bytes).toString('utf8');
  });
  const slidesOptions = {
    base,
    linkBase: options.linkBase,
    keeps: (index: string) => options.keeps(Number(index)),
  };
  const [slides, borrowed, around] = [
    await presentationSlides(html, standIns, slidesOptions),
    await presentationSlides(definitions, standIns, slidesOptions),
    await presentationSlides(page.html, standIns, slidesOptions),
  ];
  const sheets = [...page.sheets, { url: `${MOUNT_PREFIX}print/presentation.css` }].map((sheet) =>
    sheetText(sheet, base, standIns),
  );
  const styles = [...(await Promise.all(sheets)), ...taken.styles].filter((css) => css.trim() !== '');
  const [library, boot] = [await revealScript(), bootScript(page, deck, standIns)];
  const lang = deck.metadata.lang ? ` lang="${escapeHtml(deck.metadata.lang)}"` : '';
  return `<!doctype html>
<html${lang}${attributesOf(page.htmlAttributes)}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([library, boot])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(deck.metadata.title)}</title>
${styles.map((css) => `<style>\n${withoutEndTag(css)}\n</style>`).join('\n')}
<noscript><style>${WITHOUT_SCRIPTS}</style></noscript>
</head>
<body${attributesOf(withViewport(page.bodyAttributes))}>${borrowed}
${around.replace(SLIDES, () => slides)}
<script>${library}</script>
<script>${boot}</script>
</body>
</html>
`;
}

/** All slides, one below the other. */
const WITHOUT_SCRIPTS = `
html, body { height: auto !important; overflow: auto !important; }
.reveal, .reveal .slides { position: static !important; width: auto !important; height: auto !important; overflow: visible !important; text-align: inherit; }
.reveal .slides section { display: block !important; position: static !important; padding: 1em; }
.reveal .slides .fragment { opacity: 1 !important; visibility: visible !important; }
.reveal pre > code.fragment, .reveal aside.notes { display: none !important; }
`;

/**
 * Nothing runs except our two scripts, and nothing is loaded except images next to the page. For files, a browser either
 * takes `'self'` for the folder or does not support it; in that case `file:` applies.
 */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' file: data:",
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function standInsFor(deck: Deck, taken: TakenDown, tree: SourceTree, resources: Resources): StandIns {
  return {
    picture: (url) => {
      const path = tree.picture(url);
      return path === undefined ? undefined : `../source/${pathUrl(path)}`;
    },
    font: (url) => {
      const font = taken.fonts.get(url);
      return font && dataUrl(font.type, font.bytes);
    },
    sheet: async (url) => {
      const file = await serveFile({ url, kind: 'stylesheet' }, deck, resources);
      return file && Buffer.from(file.bytes).toString('utf8');
    },
  };
}

async function sheetText(sheet: PageSheet, page: string, standIns: StandIns): Promise<string> {
  const url = 'url' in sheet ? new URL(sheet.url, page).href : page;
  const base = requestedUrl(url);
  const css = 'css' in sheet ? sheet.css : await standIns.sheet(base);
  const whole = css === undefined ? '' : await wholeSheet(css, base, standIns);
  return sheet.media === undefined ? whole : `@media ${sheet.media} {\n${whole}\n}`;
}

/** The class that reveal.js sets on the body of a page that contains only a presentation. */
function withViewport(attributes: readonly Attribute[]): readonly Attribute[] {
  const own = attributes.find(({ name }) => name === 'class')?.value ?? '';
  const others = attributes.filter(({ name }) => name !== 'class');
  return [{ name: 'class', value: `reveal-viewport ${own}`.trim() }, ...others];
}

async function revealScript(): Promise<string> {
  const text = await readFile(join(MOUNTS.reveal ?? '', 'reveal.js'), 'utf8');
  return text.replace(/\r\n?/g, '\n');
}

/** Settings of the archive come last. */
function bootScript(
  { config: { parallaxBackgroundImage, ...shown } }: PageAround,
  { size, site }: Deck,
  standIns: StandIns,
): string {
  const written = typeof parallaxBackgroundImage === 'string' ? parallaxBackgroundImage : '';
  const parallax = written === '' ? undefined : pictureUrl(written, site.url);
  const picture = parallax && standIns.picture(parallax);
  const config = {
    ...shown,
    ...(picture === undefined ? {} : { parallaxBackgroundImage: picture }),
    width: size.widthPx,
    height: size.heightPx,
    hash: true,
    history: false,
    // Other windows cannot control it.
    postMessage: false,
    postMessageEvents: false,
  };
  return `(${present})(${inScript(config)});`;
}
