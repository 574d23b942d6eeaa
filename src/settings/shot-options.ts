import * as z from 'zod';
import { row } from './option-row.ts';

/** Options of slide images. */
export const SHOT_OPTIONS = {
  imageFormat: row({
    flag: 'image-format',
    env: 'DECKHAND_IMAGE_FORMAT',
    type: 'string',
    default: 'png',
    value: 'FORMAT',
    help: 'format of slide images (--only images): png or webp, which are lossless, or jpeg',
    changesFiles: true,
    schema: z.enum(['png', 'jpeg', 'webp']),
  }),
  scale: row({
    flag: 'scale',
    env: 'DECKHAND_SCALE',
    type: 'number',
    default: 1,
    value: 'N',
    help: 'scale of slide images, 0.1 to 4; 2 for high-resolution screens',
    changesFiles: true,
    // With two decimals, pages begin at whole pixels: see `outputs/images.ts`.
    schema: z.number().min(0.1).max(4).multipleOf(0.01),
  }),
} as const;
