/** An image in the form that a PDF holds, ready to be embedded. ISO 32000-1, 8.9.5. */
export interface PdfImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `DCT`: a complete JPEG. `Flate`: zlib over rows like those of a PNG, each after the number of its filter. */
  readonly filter: 'DCT' | 'Flate';
  readonly colours: 'gray' | 'rgb' | 'indexed';
  /** Red, green, blue of each color; only for `indexed`. */
  readonly palette?: Uint8Array;
  /** Bits per sample. */
  readonly bitsPerComponent: BitDepth;
  readonly bytes: Uint8Array;
  /** The opacity of each pixel: `Flate`, `gray`, and without a mask of its own. Missing: all of it is opaque. */
  readonly mask?: PdfImage;
}

export type BitDepth = 1 | 2 | 4 | 8;

/** The replacement for an image while a document is printed. */
export interface Stub {
  readonly id: string;
  /** The bytes that the print contains in place of the image. */
  readonly jpeg: Uint8Array;
  /** The file that the browser gets in place of the image. */
  readonly file: Rendition;
}

/** A name for a page, for links from elsewhere. */
export interface Destination {
  readonly name: string;
  /** From 0. */
  readonly page: number;
}

/** The target of links with a certain address: a place in another PDF. */
export interface FileLink {
  /** The address that they were printed with. */
  readonly url: string;
  /** Path of the other file from the folder of this one, with `/`. */
  readonly file: string;
  /** Name of the place in it; missing: its first page. */
  readonly destination?: string;
  /** Description for people who cannot see the target. */
  readonly words: string;
}

/** A bookmark and those below it. */
export interface BookmarkTree {
  readonly title: string;
  /** From 0. */
  readonly page: number;
  readonly children: readonly BookmarkTree[];
}

/** Why a document is changed: `save` prints dark on white, `gray` without colors. */
export type SparingInk = 'save' | 'gray' | 'save,gray';

/** An image in a PDF: `image/jpeg`, `image/png` or `image/svg+xml`. */
export interface Rendition {
  readonly bytes: Uint8Array;
  readonly type: string;
}
