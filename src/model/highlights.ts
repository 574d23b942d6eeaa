/** The result of highlighting code blocks: classes and content, by their original classes and content. */
export type Highlights = Readonly<Record<string, readonly [className: string, html: string]>>;
