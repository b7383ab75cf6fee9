/** Real pictures and files for the tests of uploads: honest ones with a place in them, and hostile ones. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { crc32 } from './crc32.ts';

export const SECRET_PLACE = { lat: 36.206512, lon: 37.158934 } as const;
export const DEVICE = 'zqcanaryCamera9x';

/** A picture with noise, so that it is of the size of a photograph; `grain` pixels wide is one spot of it. */
export async function photograph(
  format: 'jpeg' | 'png' | 'webp',
  width = 640,
  height = 480,
  grain = 1,
): Promise<Buffer> {
  const raw = Buffer.alloc(width * height * 3);
  for (let i = 0; i < raw.length; i++) raw[i] = (Math.imul(Math.floor(i / 3 / grain), 2_654_435_761) >>> 24) & 0xff;
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: DEVICE, Software: DEVICE },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '36/1 12/1 23443/1000',
        GPSLongitudeRef: 'E',
        GPSLongitude: '37/1 9/1 32162/1000',
      },
    })
    .toFormat(format)
    .toBuffer();
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG whose header promises `width` × `height` pixels of one bit and whose data are `rows` empty rows, tightly packed. */
export function emptyPng(width: number, height: number, rows = height): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const data = deflateSync(Buffer.alloc(rows * (Math.ceil(width / 8) + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A PNG with a compressed text chunk that unpacks to `size` bytes: a bomb beside a picture of one pixel. */
export function textBombPng(size: number): Buffer {
  const plain = emptyPng(8, 8);
  const text = Buffer.concat([
    Buffer.from('Comment\0\0', 'latin1'),
    deflateSync(Buffer.alloc(size, 0x61), { level: 9 }),
  ]);
  return Buffer.concat([plain.subarray(0, 33), chunk('zTXt', text), plain.subarray(33)]);
}

export const SVG_WITH_SCRIPT = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="1" height="1"/></svg>',
);
