/** How large a zip says it unpacks to, from its central directory: a bomb is refused before anything is unpacked. */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const MAX_COMMENT = 65_557;

/** Sum of the unpacked sizes in bytes and the number of files; undefined when this is no plain (32-bit) zip. */
export function unpackedSize(bytes: Uint8Array): { readonly bytes: number; readonly files: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) {
      return sumDirectory(view, view.getUint32(at + 16, true), view.getUint16(at + 10, true));
    }
  }
  return undefined;
}

function sumDirectory(view: DataView, start: number, files: number): { bytes: number; files: number } | undefined {
  let at = start;
  let total = 0;
  for (let i = 0; i < files; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined;
    total += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { bytes: total, files };
}
