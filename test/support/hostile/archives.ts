/** Archives as an attacker makes them: zips whose directory lies, and a tar with a link out of its folder. */

import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** What the headers say that it unpacks to; the truth where absent. */
  readonly claimed?: number;
}

/** A zip with deflated files. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed } of files) {
    const packed = deflateRawSync(content, { level: 9 });
    const size = claimed ?? content.length;
    const nameBytes = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, nameBytes, packed);
    directory.push(entry, nameBytes);
    offset += local.length + nameBytes.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** A workbook of one sheet whose sheet is the given XML. */
export function workbook(sheet: string, more: readonly ZipFile[] = [], claimed?: number): Buffer {
  const text = (content: string) => new TextEncoder().encode(content);
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zip([
    {
      name: '[Content_Types].xml',
      content: text(
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
    },
    {
      name: 'xl/workbook.xml',
      content: text(
        `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${rel}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: text(
        `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
    },
    { name: 'xl/worksheets/sheet1.xml', content: text(sheet), ...(claimed === undefined ? {} : { claimed }) },
    ...more,
  ]);
}

const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A sheet with the given rows of inline strings; `prolog` stands before its root. */
export const sheetXml = (rows: readonly (readonly string[])[], prolog = ''): string =>
  `<?xml version="1.0"?>${prolog}<worksheet xmlns="${SHEET}"><sheetData>${rows
    .map(
      (cells, y) =>
        `<row r="${y + 1}">${cells
          .map((cell, x) => `<c r="${String.fromCharCode(65 + x)}${y + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`)
          .join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;

/** A tar with one symbolic link to `target`. */
export function tarWithLink(name: string, target: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0, 'latin1');
  head.write('0000777\0', 100, 'latin1');
  head.write('00000000000\0', 124, 'latin1');
  head.write('2', 156, 'latin1');
  head.write(target, 157, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  head.fill(' ', 148, 156);
  const sum = head.reduce((a, b) => a + b, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([head, Buffer.alloc(1024)]);
}
