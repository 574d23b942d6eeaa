/**
 * pdf.js. Its build for Node replaces functions of the language with its own for the whole process: `JSON.stringify`
 * takes a hundred times as long with it, and every build that follows in the process talks to its browser in JSON.
 */
const REPLACED: readonly (readonly [object, string])[] = [
  [JSON, 'parse'],
  [JSON, 'stringify'],
  [Array.prototype, 'push'],
  // puppeteer decodes with this what it finds, and with Node's own function otherwise.
  [Uint8Array, 'fromBase64'],
];
const before = REPLACED.map(
  ([owner, name]) => [owner, name, Object.getOwnPropertyDescriptor(owner, name)] as const,
);

const { getDocument, OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
// It would load when the first file is read, and replace them again.
// @ts-expect-error: it has no types.
await import('pdfjs-dist/legacy/build/pdf.worker.mjs');

for (const [owner, name, descriptor] of before) {
  if (descriptor) Object.defineProperty(owner, name, descriptor);
  else Reflect.deleteProperty(owner, name);
}

export { getDocument, OPS };
