/** What is fetched from the web. */
export type ResourceKind = 'image' | 'stylesheet' | 'font';

/** Formats that can be used, best first; then any, because servers often state a wrong type. */
export const ACCEPT: Readonly<Record<ResourceKind, string>> = {
  image: 'image/avif,image/webp,image/png,image/svg+xml,image/jpeg,image/*;q=0.8,*/*;q=0.5',
  stylesheet: 'text/css,*/*;q=0.1',
  font: 'font/woff2,font/woff,font/ttf;q=0.9,font/otf;q=0.9,font/*;q=0.8,*/*;q=0.1',
};
