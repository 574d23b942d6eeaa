/** A picture as a PDF holds it: what goes into the file without being decoded again. ISO 32000-1, 8.9.5. */
export interface PdfImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `DCT`: a whole JPEG. `Flate`: zlib over rows as a PNG has them, each behind the number of its filter. */
  readonly filter: 'DCT' | 'Flate';
  readonly colours: 'gray' | 'rgb' | 'indexed';
  /** Red, green, blue of each colour; only for `indexed`. */
  readonly palette?: Uint8Array;
  /** Of a sample. */
  readonly bitsPerComponent: BitDepth;
  readonly bytes: Uint8Array;
  /** How opaque each pixel is: `Flate`, `gray`, and without a mask of its own. None: all of it is opaque. */
  readonly mask?: PdfImage;
}

export type BitDepth = 1 | 2 | 4 | 8;

/** What stands for a picture while a document is printed. */
export interface Stub {
  readonly id: string;
  /** What the print then holds, byte for byte, where the picture belongs. */
  readonly jpeg: Uint8Array;
  /** What the browser is given in place of the picture. */
  readonly file: Rendition;
}

/** A name by which links from elsewhere find a page. */
export interface Destination {
  readonly name: string;
  /** From 0. */
  readonly page: number;
}

/** Where links with a certain address lead: into another PDF. */
export interface FileLink {
  /** The address that they were printed with. */
  readonly url: string;
  /** Path of the other file from the folder of this one, with `/`. */
  readonly file: string;
  /** Name of the place in it; none: its first page. */
  readonly destination?: string;
  /** For who cannot see where it leads. */
  readonly words: string;
}

/** A bookmark and those below it. */
export interface BookmarkTree {
  readonly title: string;
  /** From 0. */
  readonly page: number;
  readonly children: readonly BookmarkTree[];
}

/** What a document is changed for: `save` prints dark on white, `gray` without colours. */
export type SparingInk = 'save' | 'gray' | 'save,gray';

/** A picture as it goes into a PDF: `image/jpeg`, `image/png` or `image/svg+xml`. */
export interface Rendition {
  readonly bytes: Uint8Array;
  readonly type: string;
}
