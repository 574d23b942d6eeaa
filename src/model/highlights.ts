/** What highlighting makes of a block of code: its classes and its content. By the classes and the content that it had. */
export type Highlights = Readonly<Record<string, readonly [className: string, html: string]>>;
