import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { FormatOptions, Row } from './format.ts';
import { chooseFormat } from './index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const options = (fileName: string, mapping: [string, string][] = []): FormatOptions => ({
  source: null,
  mapping: new Map(mapping),
  fileName,
});

async function rows(fileName: string, content: string | Uint8Array, mapping: [string, string][] = []): Promise<Row[]> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return [...(await chooseFormat('auto', fileName, bytes).rows(bytes, options(fileName, mapping)))];
}

describe('report-jsonl', () => {
  it('names the line that is not JSON and goes on', async () => {
    const found = await rows('a.jsonl', '{"text":"a"}\n{"text":\n\n{"text":"b"}\r\n');
    expect(found.map((row) => [row.line, 'reason' in row])).toEqual([
      [1, false],
      [2, true],
      [4, false],
    ]);
  });

  it('refuses one enormous line and goes on', async () => {
    const huge = bytesOf(`{"text":"${'x'.repeat(50_000_000)}"}\n{"text":"b"}\n`);
    const found = await rows('a.jsonl', huge);
    expect(found[0]).toMatchObject({ line: 1, reason: expect.stringContaining('more than 4000000') });
    expect(found[1]).toMatchObject({ line: 2, value: { text: 'b' } });
  });

  it('reads windows-1256', async () => {
    const text = 'قصفت قوات النظام بلدة في ريف حلب الشمالي بقذائف الهاون';
    const found = await rows('a.jsonl', iconv.encode(`{"text":"${text}"}\n`, 'windows-1256'));
    expect(found[0]).toMatchObject({ value: { text } });
  });

  it('bounds the depth before parsing', async () => {
    const found = await rows('a.jsonl', `${'['.repeat(100_000)}\n`);
    expect(found[0]).toMatchObject({ line: 1, reason: 'nested deeper than 32' });
  });
});

describe('csv', () => {
  const TABLE = 'when;words;who;n\n2016-03-01;"قصف، مدفعي";شبكة;=1+1\n';

  it('maps columns to fields', async () => {
    const found = await rows('a.csv', TABLE, [
      ['when', 'published'],
      ['words', 'text'],
      ['who', 'source'],
    ]);
    expect(found).toEqual([
      { line: 2, value: { published: '2016-03-01', text: 'قصف، مدفعي', source: { name: 'شبكة' } } },
    ]);
  });

  it('keeps a formula as text, and refuses it where a number belongs', async () => {
    const found = await rows('a.csv', 'text,killed_low\n"=cmd|\' /C calc\'!A0",=1+1\n');
    expect(found[0]).toMatchObject({ value: { text: "=cmd|' /C calc'!A0", event: { killed: { low: '=1+1' } } } });
  });

  it('says which column is missing', async () => {
    await expect(rows('a.csv', TABLE, [['nowhere', 'text']])).rejects.toThrow('there is no column nowhere');
    await expect(rows('a.csv', TABLE)).rejects.toThrow('no column gives the text');
  });

  it('names the line where the quoting breaks', async () => {
    await expect(rows('a.csv', 'text\n"a\n')).rejects.toMatchObject({ where: expect.stringContaining('a.csv') });
  });
});

describe('geojson', () => {
  it('takes points and refuses other shapes by number', async () => {
    const collection = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [36.3, 33.5] },
          properties: { text: 'a', source: 'b' },
        },
        { type: 'Feature', geometry: { type: 'LineString', coordinates: [] }, properties: {} },
        null,
      ],
    };
    const found = await rows('a.geojson', JSON.stringify(collection));
    expect(found).toEqual([
      { line: 1, value: { text: 'a', source: { name: 'b' }, event: { lon: 36.3, lat: 33.5 } } },
      { line: 2, reason: 'a LineString, not a Point' },
      { line: 3, reason: 'not a feature' },
    ]);
  });
});

describe('article', () => {
  it('is one report, named after its file', async () => {
    expect(await rows('note.txt', 'سطر\nآخر')).toEqual([
      { line: 1, value: { source: { name: 'note.txt' }, text: 'سطر\nآخر' } },
    ]);
  });
});

describe('choosing a format', () => {
  it('says what it knows when it cannot tell', () => {
    expect(() => chooseFormat('auto', 'a.bin', bytesOf('???'))).toThrow('name it with --format');
    expect(() => chooseFormat('docx', 'a.docx', bytesOf(''))).toThrow('no format docx');
  });
});

describe('xlsx', () => {
  const workbook = readFileSync(new URL('./fixtures/reports.xlsx', import.meta.url));
  const MAPPING: [string, string][] = [
    ['date', 'published'],
    ['words', 'text'],
    ['who', 'source'],
    ['dead', 'killed_low'],
  ];

  it('reads the first sheet by the same mapping; a formula in a cell is text', async () => {
    const found = await rows('reports.xlsx', workbook, MAPPING);
    expect(found).toEqual([
      {
        line: 2,
        value: {
          published: '2016-05-11',
          text: 'قصف مدفعي على بلدة في ريف حلب',
          source: { name: 'شبكة أولى' },
          event: { killed: { low: 3 } },
        },
      },
      { line: 3, value: { published: '2016-05-12', text: '=HYPERLINK(1)', source: { name: 'شبكة ثانية' } } },
    ]);
  });

  it('refuses what is no workbook, or says that it unpacks to more than allowed', async () => {
    await expect(rows('a.xlsx', 'hello')).rejects.toThrow('not an XLSX workbook');
    const bomb = Buffer.from(workbook);
    const entry = bomb.indexOf(Buffer.from('504b0102', 'hex'));
    bomb.writeUInt32LE(4_000_000_000, entry + 24);
    await expect(rows('a.xlsx', bomb, MAPPING)).rejects.toThrow('unpacks to');
  });
});
