/** A URL that contains its resource. RFC 2397. */
export function dataUrl(type: string, bytes: Uint8Array | string): string {
  return `data:${type.replace(/\s/g, '')};base64,${Buffer.from(bytes).toString('base64')}`;
}
