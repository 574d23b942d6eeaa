import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import type {
  Deck,
  Reference,
  RevealOptions,
  SourceFile,
  SourceSlide,
  Stylesheet,
} from '../../../../model/model.ts';

/** A slide, as its Markdown. */
export interface MarkdownSlide extends SourceSlide {
  readonly line: number;
  readonly markdown: string;
  /** Where `markdown` begins in the deck's text, in UTF-16 units. */
  readonly offset: number;
  /** A `<section>` inside a slide of the Markdown, with what stands around it; the others of its stack are, too. */
  readonly isInner?: true;
}

/** What a slide asks for, with its line. */
export interface MarkdownReference extends Reference {
  readonly line: number;
}

/** A deck in Markdown, with all that its page is made of. */
export interface MarkdownDeck extends Deck {
  /** Its own file first: the Markdown, changed by a preprocessor where there is one. */
  readonly sources: readonly [TextFile, ...SourceFile[]];
  /** Stacks of slides; a stack of one is a horizontal slide. The outline has the same slides. */
  readonly stacks: readonly (readonly MarkdownSlide[])[];
  readonly theme: Stylesheet;
  readonly highlightTheme: Stylesheet;
  /** The deck's own stylesheets (`css` in the front matter). */
  readonly css: readonly Stylesheet[];
  readonly printed: PrintedOptions;
  readonly presentation: PresentationOptions;
  /** None: as if nobody had said anything of it. */
  readonly math?: MathSettings;
  readonly diagrams?: DiagramSettings;
  readonly notesSeparator?: string;
  /** The page of the project that it is shown in; none: that of reveal-md. */
  readonly template?: DeckTemplate;
}

export interface TextFile extends SourceFile {
  readonly content: string;
}

/** The options of reveal.js, as the deck says them, that change what a page shows. */
export interface PrintedOptions extends RevealOptions {
  /** Of the window, around the slide; reveal.js's own default is 0.04. */
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

/** All others, which only a live presentation follows, by name: https://revealjs.com/config */
export type PresentationOptions = Readonly<Record<string, boolean | number | string>>;

/** How a deck's formulas are set; `false` where it has none, whatever its dollars look like. */
export type MathSettings = false | { readonly macros: Readonly<Record<string, string>> };

/** Mermaid's configuration as the author has it; `false` where its code blocks are code. */
export type DiagramSettings = false | Readonly<Record<string, unknown>>;

/** A page around slides, of which nothing runs. */
export interface DeckTemplate {
  /** In their order. */
  readonly styles: readonly TemplateStyle[];
  /** Of the body, with a comment where the slides go: see `template-page.ts`. */
  readonly bodyHtml: string;
  readonly htmlAttributes: readonly { readonly name: string; readonly value: string }[];
  readonly bodyAttributes: readonly { readonly name: string; readonly value: string }[];
}

export type TemplateStyle =
  /** The place of the deck's own styles. */
  | { readonly kind: 'theme' | 'highlightTheme' | 'css' }
  | { readonly kind: 'sheet'; readonly sheet: Stylesheet; readonly media?: string }
  | { readonly kind: 'inline'; readonly css: string; readonly media?: string };
