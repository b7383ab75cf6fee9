/**
 * A picture drawn anew from its pixels: no place, time, device, thumbnail, colour profile, comment or tail of the
 * original is in the copy. Runs in the workshop's own process only; the decoders of everything but three formats are off.
 */
import sharp from 'sharp';
import type { Picture } from './kind.ts';

/** Longest edge of a copy in pixels: enough to look at, and a file of some hundred kilobytes. */
const LONGEST_EDGE = 1_600;
const QUALITY = 78;
const LOADERS: Readonly<Record<Picture, string>> = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  webp: 'VipsForeignLoadWebp',
};

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: Object.values(LOADERS) });
sharp.cache(false);
sharp.concurrency(1);

export type Redrawn =
  | { readonly view: Buffer; readonly width: number; readonly height: number }
  | { readonly refused: 'too-many-pixels' | 'unreadable' };

/** The copy (JPEG, upright, sRGB, white behind what is transparent), or why there is none. */
export async function redraw(bytes: Uint8Array, kind: Picture, maxPixels: number): Promise<Redrawn> {
  try {
    // The size first, from the header, with no limit: so that what is too large is told from what is broken.
    const { width, height, format } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (format !== kind) return { refused: 'unreadable' };
    if (width * height > maxPixels) return { refused: 'too-many-pixels' };
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { view: data, width: info.width, height: info.height };
  } catch {
    return { refused: 'unreadable' };
  }
}
