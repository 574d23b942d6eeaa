/** Mermaid's configuration as the author has it; `false` where its code blocks are code. */
export type DiagramSettings = false | Readonly<Record<string, unknown>>;

/** Options of reveal.js for the live presentation, by name: https://revealjs.com/config */
export type PresentationOptions = Readonly<Record<string, boolean | number | string>>;

/** What highlighting makes of a block of code: its classes and its content. By the classes and the content that it had. */
export type Highlights = Readonly<Record<string, readonly [className: string, html: string]>>;

/** How a deck's formulas are set; `false` where it has none, whatever its dollars look like. */
export type MathSettings = false | { readonly macros: Readonly<Record<string, string>> };
