import { createHash } from 'node:crypto';
import { packPdfImage } from '../../images/model/pdf-image.ts';
import { pictureFile } from '../../images/renditions/picture-file.ts';
import { makeStub, type StubForm, stubId } from '../../images/renditions/stub.ts';
import type { PlacedImage, Resource } from '../../model/model.ts';
import type { PdfImage, Stub } from '../../model/pdf-parts.ts';
import type { FitPicture, Pictures } from '../optimize/optimize.ts';
import type { PictureUse } from './page/picture-uses.ts';

/** What a document gets in place of its images. It may turn out that the browser has to draw some of them itself. */
export interface StandIns {
  /** The image for the browser; undefined if it is not an image of the deck. */
  file(url: string): Promise<Resource | undefined>;
  /** @returns whether some replacements have changed, so that the document has to be loaded again. */
  require(uses: readonly PictureUse[]): boolean;
  /**
   * Finds the stubs of a print.
   *
   * @param seen addresses of images that must be in it.
   * @returns the images that replace them; undefined if some have to be printed as they are, so that the document has to be
   * loaded again.
   */
  resolve(pdf: Uint8Array, seen: ReadonlySet<string>): Promise<readonly PlacedImage[] | undefined>;
}

/**
 * Serves stubs in place of images. An image that the browser has to draw is served as it is, to the whole document.
 *
 * @param painted addresses of images that are not only shown as a whole, as far as known.
 */
export function standInsFor(pictures: Pictures, painted: ReadonlySet<string>): StandIns {
  const forms = new Map<string, StubForm | 'real'>();
  const stubs = new Map<string, { readonly url: string; readonly stub: Stub }>();
  const formOf = (url: string, isOpaque: boolean): StubForm | 'real' =>
    forms.get(url) ?? (isOpaque && !painted.has(url) ? 'plain' : 'wrapped');
  const change = (url: string, form: StubForm | 'real'): boolean => {
    const facts = pictures.apart.get(url);
    if (!facts || RANK[formOf(url, facts.isOpaque)] >= RANK[form]) return false;
    forms.set(url, form);
    return true;
  };
  return {
    file: async (url) => {
      const facts = pictures.apart.get(url);
      const form = facts && formOf(url, facts.isOpaque);
      if (!facts || !form || form === 'real') return fileOf(await pictures.get(url));
      const stub = makeStub(facts.natural, idOf(url, form), form);
      stubs.set(stub.id, { url, stub });
      return stub.file;
    },
    require: (uses) => uses.map(({ url, form }) => change(url, form)).includes(true),
    resolve: async (pdf, seen) => {
      const found = stubsIn(pdf);
      const placed: PlacedImage[] = [];
      let isComplete = true;
      for (const [id, { url, stub }] of stubs) {
        const form = forms.get(url);
        if (form === 'real') continue;
        const fit = await pictures.get(url);
        if (found.has(id) && fit && 'image' in fit) placed.push(placedImage(url, stub, fit.image));
        else if (found.has(id) || (seen.has(url) && isCurrent(id, url)))
          isComplete = !change(url, 'real') && isComplete;
      }
      return isComplete ? placed : undefined;
    },
  };

  /** Whether no other kind of stub is left for the image. */
  function isCurrent(id: string, url: string): boolean {
    const facts = pictures.apart.get(url);
    const form = facts && formOf(url, facts.isOpaque);
    return form !== undefined && form !== 'real' && idOf(url, form) === id;
  }
}

const RANK: Readonly<Record<StubForm | 'real', number>> = { plain: 0, wrapped: 1, real: 2 };

/** An image as the browser may draw it. */
export function fileOf(picture: FitPicture | undefined): Resource | undefined {
  if (!picture) return undefined;
  return 'file' in picture ? picture.file : pictureFile(picture.image, picture.natural);
}

function placedImage(url: string, stub: Stub, image: PdfImage): PlacedImage {
  const sha256 = digests.get(image) ?? createHash('sha256').update(packPdfImage(image)).digest('hex');
  digests.set(image, sha256);
  return { url, stub, image, sha256 };
}

/** The documents of a deck show the same images. */
const digests = new WeakMap<PdfImage, string>();

function idOf(url: string, form: StubForm): string {
  return `${ID_PREFIX}${createHash('sha256').update(`${form} ${url}`).digest('hex').slice(0, 24)}`;
}

const ID_PREFIX = 'deckhand ';
/** Where a JPEG has a comment at its start. */
const START = Buffer.from([0xff, 0xd8, 0xff, 0xfe]);

/** The ids of the stubs in a print, which contains JPEGs byte for byte. */
function stubsIn(pdf: Uint8Array): ReadonlySet<string> {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length);
  const ids = new Set<string>();
  for (let at = bytes.indexOf(START); at >= 0; at = bytes.indexOf(START, at + START.length)) {
    const id = stubId(bytes.subarray(at));
    if (id?.startsWith(ID_PREFIX)) ids.add(id);
  }
  return ids;
}
