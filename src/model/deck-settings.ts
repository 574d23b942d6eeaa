/** The author's Mermaid configuration; `false` if Mermaid blocks are shown as code. */
export type DiagramSettings = false | Readonly<Record<string, unknown>>;

/** Options of reveal.js for the live presentation, by name: https://revealjs.com/config */
export type PresentationOptions = Readonly<Record<string, boolean | number | string>>;

/** The result of highlighting code blocks: classes and content, by their original classes and content. */
export type Highlights = Readonly<Record<string, readonly [className: string, html: string]>>;

/** How a deck's formulas are rendered; `false` if dollar signs are never formulas. */
export type MathSettings = false | { readonly macros: Readonly<Record<string, string>> };
