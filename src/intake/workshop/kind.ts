/**
 * What a file is, by its bytes and never by its name or the sender's word. Only what is listed here comes in: pictures,
 * which are drawn anew, and sound, film and PDF, which are kept sealed and never shown. Markup, archives, tables and
 * programs are nothing that a witness sends.
 */

export const PICTURES = ['jpeg', 'png', 'webp'] as const;
export const KEPT_ONLY = ['heic', 'mp4', 'webm', 'ogg', 'mp3', 'amr', 'pdf'] as const;
export type Picture = (typeof PICTURES)[number];
export type Kind = Picture | (typeof KEPT_ONLY)[number];

const MP4_BRANDS = new Set([
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4A ',
  'M4V ',
  'qt  ',
  '3gp4',
  '3gp5',
  '3gp6',
]);
const HEIC_BRANDS = new Set(['heic', 'heix', 'mif1', 'msf1', 'avif']);

/** The kind of a file; undefined for what is not taken. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.slice(4, 8) === 'ftyp') {
    const brand = head.slice(8, 12);
    return HEIC_BRANDS.has(brand) ? 'heic' : MP4_BRANDS.has(brand) ? 'mp4' : undefined;
  }
  if (head.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  if (head.startsWith('OggS')) return 'ogg';
  if (head.startsWith('ID3') || /^\xff[\xfb\xf3\xf2]/.test(head)) return 'mp3';
  if (head.startsWith('#!AMR\n')) return 'amr';
  if (head.startsWith('%PDF-')) return 'pdf';
  return undefined;
}

export const isPicture = (kind: Kind): kind is Picture => PICTURES.includes(kind as Picture);
