import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import type {
  Deck,
  Reference,
  RevealOptions,
  SourceFile,
  SourceSlide,
  Stylesheet,
} from '../../../../model/model.ts';

/** A slide with its Markdown. */
export interface MarkdownSlide extends SourceSlide {
  readonly line: number;
  readonly markdown: string;
  /** Where `markdown` begins in the deck's text, in UTF-16 units. */
  readonly offset: number;
  /** It is a `<section>` inside a slide of the Markdown, with the content around it, like the other slides of its stack. */
  readonly isInner?: true;
}

/** A reference of a slide, with its line. */
export interface MarkdownReference extends Reference {
  readonly line: number;
}

/** A deck in Markdown, with everything that its page is made of. */
export interface MarkdownDeck extends Deck {
  /** Its own file first: the Markdown, changed by the preprocessor if there is one. */
  readonly sources: readonly [TextFile, ...SourceFile[]];
  /** Stacks of slides; a stack of one is a horizontal slide. The outline has the same slides. */
  readonly stacks: readonly (readonly MarkdownSlide[])[];
  readonly theme: Stylesheet;
  readonly highlightTheme: Stylesheet;
  /** The deck's own stylesheets (`css` in the front matter). */
  readonly css: readonly Stylesheet[];
  readonly printed: PrintedOptions;
  readonly presentation: PresentationOptions;
  /** Missing if nothing about it is set. */
  readonly math?: MathSettings;
  readonly diagrams?: DiagramSettings;
  readonly notesSeparator?: string;
  /** The page of the project in which it is shown; default: that of reveal-md. */
  readonly template?: DeckTemplate;
}

export interface TextFile extends SourceFile {
  readonly content: string;
}

/** The deck's options of reveal.js that change what a page shows. */
export interface PrintedOptions extends RevealOptions {
  /** Margin of the window around the slide; reveal.js's default is 0.04. */
  readonly margin?: number;
  readonly minScale?: number;
  readonly maxScale?: number;
  readonly rtl?: boolean;
  readonly showSlideNumber?: string;
  readonly markdown?: MarkdownFlags;
  readonly parallaxBackgroundImage?: string;
  readonly parallaxBackgroundSize?: string;
  readonly parallaxBackgroundHorizontal?: number;
  readonly parallaxBackgroundVertical?: number;
}

/** All other options, which only affect a live presentation, by name: https://revealjs.com/config */
export type PresentationOptions = Readonly<Record<string, boolean | number | string>>;

/** How a deck's formulas are rendered; `false` if dollar signs are never formulas. */
export type MathSettings = false | { readonly macros: Readonly<Record<string, string>> };

/** The author's Mermaid configuration; `false` if Mermaid blocks are shown as code. */
export type DiagramSettings = false | Readonly<Record<string, unknown>>;

/** A page around the slides. Its scripts are not run. */
export interface DeckTemplate {
  /** In their order. */
  readonly styles: readonly TemplateStyle[];
  /** The body, with a comment where the slides go: see `template-page.ts`. */
  readonly bodyHtml: string;
  readonly htmlAttributes: readonly { readonly name: string; readonly value: string }[];
  readonly bodyAttributes: readonly { readonly name: string; readonly value: string }[];
}

export type TemplateStyle =
  /** The position of the deck's own styles. */
  | { readonly kind: 'theme' | 'highlightTheme' | 'css' }
  | { readonly kind: 'sheet'; readonly sheet: Stylesheet; readonly media?: string }
  | { readonly kind: 'inline'; readonly css: string; readonly media?: string };
