import { createHash } from 'node:crypto';
import type { Stylesheet } from '../../../model/model.ts';
import { attributesOf, escapeHtml, inScript } from '../../../text/html.ts';
import type { PageAround, PageOptions, PageSheet, Site } from '../../contract/input.ts';
import { FOR_PRINT, SLIDES } from '../../contract/input.ts';
import { MOUNT_PREFIX } from '../../site/mounts.ts';
import { styleFileUrl } from '../../site/site-urls.ts';
import { ORIGIN } from './model/addresses.ts';
import type { MarkdownDeck, MarkdownSlide, TemplateStyle } from './model/markdown-deck.ts';
import { drawDiagrams } from './page/draw-diagrams.ts';
import { drawEmbeds } from './page/draw-embeds.ts';
import { reuseHighlights } from './page/reuse-highlights.ts';
import { setMath } from './page/set-math.ts';
import { stampInnerSections } from './page/stamp-inner-sections.ts';
import { mayHoldCode } from './slides/code.ts';
import { mayHoldDiagrams } from './slides/diagrams.ts';
import { MATH_PATTERNS, mayHoldMath } from './slides/math.ts';
import { sourceLines } from './source-lines.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** Renders a deck to the page that reveal.js shows. */
export function renderSite(deck: MarkdownDeck, options: PageOptions = {}): Site {
  const styles = deckStyles(deck);
  const stacks = deck.stacks.map(renderStack(deck, options)).join('\n');
  const lang = deck.metadata.lang ? ` lang="${escapeHtml(deck.metadata.lang)}"` : '';
  const script = bootScript(deck, options);
  const html = `<!doctype html>
<html${lang}${attributesOf(deck.template?.htmlAttributes)}>
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy(script)}">
<title>${escapeHtml(deck.metadata.title)}</title>
${styles.map(styleElement).join('\n')}
</head>
<body${attributesOf(deck.template?.bodyAttributes)}>
${bodyAround(deck).replace(SLIDES, () => stacks)}
<script type="module">${script}</script>
</body>
</html>`;
  return { html, lines: sourceLines(deck) };
}

/** Our modules that the page starts. */
const MODULES = ['reveal', 'katex', 'mermaid'];

/**
 * What may run in the page: our own script and modules; https://www.w3.org/TR/CSP3/. A deck is Markdown: none of its
 * handlers, scripts and addresses run, no `<base>` has an effect and no form is sent.
 */
function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const modules = MODULES.map((name) => `${ORIGIN}${MOUNT_PREFIX}${name}/`);
  return [
    `script-src 'sha256-${hash}' ${modules.join(' ')}`,
    "script-src-attr 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The styles of a deck for the screen, in order. */
function deckStyles(deck: MarkdownDeck): PageSheet[] {
  const own = deck.template?.styles ?? USUAL_STYLES;
  return [
    { url: `${MOUNT_PREFIX}print/fonts.css` },
    { url: `${MOUNT_PREFIX}reveal/reset.css` },
    { url: `${MOUNT_PREFIX}reveal/reveal.css` },
    ...own.flatMap((style) => ownStyles(style, deck)),
    ...(hasMath(deck) ? [{ url: `${MOUNT_PREFIX}katex/katex.min.css` }] : []),
    { url: `${MOUNT_PREFIX}print/set-content.css` },
  ];
}

/** As on reveal-md's own page. */
const USUAL_STYLES: readonly TemplateStyle[] = [
  { kind: 'theme' },
  { kind: 'highlightTheme' },
  { kind: 'css' },
];

function ownStyles(style: TemplateStyle, deck: MarkdownDeck): PageSheet[] {
  if (style.kind === 'inline') return [style];
  if (style.kind === 'sheet') return [{ ...style, url: styleUrl(style.sheet, deck.root) }];
  return [deck[style.kind]].flat().map((sheet) => ({ url: styleUrl(sheet, deck.root) }));
}

function styleElement(sheet: PageSheet): string {
  const media = sheet.media === undefined ? '' : ` media="${escapeHtml(sheet.media)}"`;
  if ('url' in sheet) return `<link rel="stylesheet" href="${escapeHtml(sheet.url)}"${media}>`;
  return `<style data-deckhand-template${media}>${sheet.css.replaceAll('</', '<\\/')}</style>`;
}

/** The page without its scripts and slides. */
export function pageAround(deck: MarkdownDeck): PageAround {
  const { htmlAttributes = [], bodyAttributes = [] } = deck.template ?? {};
  const { markdown: _, ...printed } = deck.printed;
  const config = { ...deck.presentation, ...printed };
  return { sheets: deckStyles(deck), html: bodyAround(deck), htmlAttributes, bodyAttributes, config };
}

/** What surrounds the slides, with the marker in their place. */
function bodyAround({ template }: MarkdownDeck): string {
  return template?.bodyHtml ?? `<div class="reveal"><div class="slides">\n${SLIDES}\n</div></div>`;
}

function renderStack(deck: MarkdownDeck, { view }: PageOptions): (stack: readonly MarkdownSlide[]) => string {
  const notes = deck.notesSeparator ? ` data-separator-notes="${escapeHtml(deck.notesSeparator)}"` : '';
  // A <textarea> contains any Markdown, including closing script tags and comments, as plain text. The separator that matches
  // nothing keeps reveal.js from splitting a slide at its own default, which here is a horizontal rule on the slide.
  const section = (index: number, markdown: string, attributes = ''): string =>
    `<section data-markdown data-separator="(?!)" data-deckhand-slide="${index}"${attributes}${notes}>` +
    `<textarea data-template>\n${escapeHtml(markdown)}</textarea></section>`;
  // A live presentation shows blank slides, and counts them.
  const isThere = (slide: MarkdownSlide): boolean => !slide.hidden || (view === 'source' && slide.onScreen);
  return (stack) => {
    const shown = stack.filter(isThere);
    const [first, last] = [stack[0], stack.at(-1)];
    if (first?.isInner && last && shown.length > 0) {
      const whole = deck.sources[0].content.slice(first.offset, last.offset + last.markdown.length);
      const indexes = stack.map(({ index }) => index).join(' ');
      return section(first.index, whole, ` data-deckhand-inner="${indexes}"`);
    }
    const sections = shown.map(({ index, markdown }) => section(index, markdown)).join('\n');
    return stack.length > 1 && shown.length > 0 ? `<section>\n${sections}\n</section>` : sections;
  };
}

function styleUrl(style: Stylesheet, root: string): string {
  return 'url' in style ? style.url : styleFileUrl(style.file, root);
}

/** The plugin knows two hundred languages, a megabyte of script that most decks do not need. */
function hasCode(deck: MarkdownDeck): boolean {
  return deck.stacks.flat().some(mayHoldCode);
}

function hasDiagrams(deck: MarkdownDeck): boolean {
  return deck.diagrams !== false && deck.stacks.flat().some(mayHoldDiagrams);
}

function hasMath(deck: MarkdownDeck): boolean {
  return deck.math !== false && deck.stacks.flat().some(mayHoldMath);
}

/** Starts reveal.js. Settings for print override those of the deck. */
function bootScript(deck: MarkdownDeck, options: PageOptions): string {
  const isLive = options.view !== 'source';
  const config = {
    center: true,
    // The page of reveal-md sets them: https://github.com/webpro/reveal-md/blob/main/lib/template/reveal.html
    slideNumber: true,
    ...deck.printed,
    markdown: { ...deck.printed.markdown },
    // This is for print.
    ...(deck.printed.showSlideNumber === 'print' ? { showSlideNumber: 'all' } : {}),
    width: deck.size.widthPx,
    height: deck.size.heightPx,
    ...FOR_PRINT,
  };
  return `
import Reveal from '${MOUNT_PREFIX}reveal/reveal.mjs';
import Markdown from '${MOUNT_PREFIX}reveal/plugin/markdown.mjs';
${hasCode(deck) ? `import Highlight from '${MOUNT_PREFIX}reveal/plugin/highlight.mjs';` : ''}
const late = (globalThis.deckhandLate = []);
${SAY_WHAT_FAILS}
${hasMath(deck) ? mathScript(deck, options) : ''}
${hasDiagrams(deck) ? diagramScript(deck, options) : ''}
const config = ${inScript(config)};
const keepWhole = () => ({ id: 'deckhand-keep-whole', init: (deck) => {
  (${stampInnerSections})(deck.getSlidesElement());
${isLive ? SHOW_WHAT_IS_FOR_PAPER : ''}
  (${drawEmbeds})(deck.getSlidesElement());
} });
const highlighted = () => ({ id: 'deckhand-highlighted', init: () => { globalThis.deckhandHighlighted = isStarting = true; } });
const plugins = [Markdown, keepWhole, ${hasMath(deck) ? '...math.plugins, ' : ''}${hasDiagrams(deck) ? 'diagrams, ' : ''}${hasCode(deck) ? 'Highlight, ' : ''}highlighted];
${isLive ? '' : STOP_BEFORE_START}
${hasCode(deck) ? highlightScript(options) : ''}
${hasMath(deck) ? 'Object.assign(config.markdown, math.markdown);' : ''}
${STAY_HERE}
const deck = new Reveal({ ...config, plugins: plugins.map(watched) });
globalThis.Reveal = deck;
deck.on('ready', ready);
deck.initialize();`;
}

/**
 * reveal.js waits forever for a start that failed. The error comes from one of its plugins, or from its own start directly
 * after the last one. It also fails on a background whose address it cannot decode: here that is requested unchanged.
 */
const SAY_WHAT_FAILS = `
const { dataset } = document.documentElement;
let isStarting = false;
const ready = () => { dataset.deckhandReady = ''; };
const fail = (reason) => { dataset.deckhandFailed ??= String(reason?.message ?? reason).slice(0, 500); };
addEventListener('unhandledrejection', ({ reason }) => {
  if (isStarting) setTimeout(() => { if (dataset.deckhandReady === undefined) fail(reason); }, 50);
});
const watched = (make) => () => {
  const plugin = make();
  const init = plugin.init?.bind(plugin);
  const failed = (reason) => { fail(reason); throw reason; };
  plugin.init = (deck) => {
    try {
      const started = init?.(deck);
      return started instanceof Promise ? started.catch(failed) : started;
    } catch (reason) {
      return failed(reason);
    }
  };
  return plugin;
};
const { decodeURI: decode } = globalThis;
globalThis.decodeURI = (text) => {
  try { return decode(text); } catch { return text; }
};`;

/**
 * No policy forbids a page to be refreshed, and a `<meta>` takes effect as soon as it is in the page; a `<base>` would take
 * effect in documents that are made from the page. A `<link>` without attributes has no effect and is not visible.
 */
const STAY_HERE = `
config.markdown.hooks = {
  ...config.markdown.hooks,
  postprocess: (html) => html.replace(/<(?:meta|base)(?=[\\s/>])/gi, '<link'),
};`;

/** Slides that are hidden on the screen may be visible in print. */
const SHOW_WHAT_IS_FOR_PAPER = `
  for (const slide of deck.getSlidesElement().querySelectorAll('section[data-handout="only"]'))
    delete slide.dataset.visibility;`;

/** reveal.js waits for its plugins; it would wait for this one forever. */
const STOP_BEFORE_START = `
plugins.push(() => ({ id: 'deckhand-stop', init: () => {
  document.documentElement.dataset.deckhandReady = '';
  return new Promise(() => {});
} }));`;

/** Code that was highlighted before is not highlighted again. */
function highlightScript({ highlights = {} }: PageOptions): string {
  return `
config.highlight = { ...config.highlight, beforeHighlight: (hljs) => {
  globalThis.deckhandHighlights = (${reuseHighlights})(hljs, ${inScript(highlights)});
} };`;
}

/** KaTeX, and the module that applies it to a deck. Chemistry is a separate file that few decks need. */
function mathScript({ math, stacks }: MarkdownDeck, { timeoutMs = DEFAULT_TIMEOUT_MS }: PageOptions): string {
  const { macros } = math || { macros: {} };
  const hasChemistry = stacks.flat().some(({ markdown }) => /\\(?:ce|pu)\b/.test(markdown));
  return `
const setMath = ${setMath};
const loadMath = async () => {
  const { default: katex } = await import('${MOUNT_PREFIX}katex/katex.mjs');
  ${hasChemistry ? `await import('${MOUNT_PREFIX}katex/contrib/mhchem.mjs');` : ''}
  const { markdown, plugin } = setMath(katex, ${inScript({ macros, patterns: MATH_PATTERNS })});
  return { markdown, plugins: [plugin] };
};
const mathDeadline = new Promise((resolve) => setTimeout(resolve, ${timeoutMs / 2}));
const loadedMath = await Promise.race([loadMath().catch(() => undefined), mathDeadline]);
if (!loadedMath) late.push('math');
const math = loadedMath ?? { markdown: {}, plugins: [] };`;
}

/** Mermaid, which reveal.js waits for. */
function diagramScript(
  { diagrams, date }: MarkdownDeck,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: PageOptions,
): string {
  const options = { config: diagrams || {}, now: date.getTime(), timeoutMs: timeoutMs / 2 };
  return `
const drawDiagrams = ${drawDiagrams};
const diagrams = () => ({ id: 'deckhand-diagrams', init: async (deck) => {
  const load = () => import('${MOUNT_PREFIX}mermaid/mermaid.esm.min.mjs');
  const drawn = drawDiagrams(deck.getSlidesElement(), load, ${inScript(options)});
  if (!(await drawn.catch(() => false))) late.push('diagrams');
} });`;
}
