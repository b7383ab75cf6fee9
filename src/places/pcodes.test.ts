import { describe, expect, it } from 'vitest';
import { parsePcodes } from './pcodes.ts';

const HEADER =
  'pcode,name_en,name_ar,lat,lon,adm3_pcode,adm3_en,adm3_ar,adm2_pcode,adm2_en,adm2_ar,adm1_pcode,adm1_en,adm1_ar';
const AREA = 'SY020303,Upper,مركز العليا,SY0203,Wide,الوسيعة,SY02,Aleppo,حلب';
const good = (code: string, name = 'Zarquniya', lat = '36.1', lon = '37.2'): string =>
  `${code},${name},زرقونية,${lat},${lon},${AREA}`;

describe('a table of P-codes', () => {
  it('gives settlements and the areas that hold them', () => {
    const { places, refused, derived } = parsePcodes(
      [HEADER, good('C1'), good('C2', 'Other', '36.3', '37.4')].join('\n'),
    );
    expect(refused).toEqual([]);
    expect(derived).toBe(2);
    expect(places.map(({ id, class: kind, area, parent }) => [id, kind, area, parent])).toEqual([
      ['pc:C1', 'village', 'iso:SY-HL', 'pc:SY020303'],
      ['pc:C2', 'village', 'iso:SY-HL', 'pc:SY020303'],
      ['pc:SY020303', 'subdistrict', 'iso:SY-HL', 'pc:SY0203'],
      ['pc:SY0203', 'district', 'iso:SY-HL', 'iso:SY-HL'],
    ]);
    expect(places[2]).toMatchObject({ name: { ar: 'ناحية العليا', en: 'Upper subdistrict' } });
    expect(places[2]?.point.lat).toBeCloseTo(36.2, 6);
  });
  it('knows the columns by the names of another table too', () => {
    const text =
      'ADM3_EN,admin4Pcode,admin4Name_en,admin4Name_ar,Longitude,Latitude\nX,C9,Zarquniya,زرقونية,37.2,36.1\n';
    expect(parsePcodes(text).places[0]).toMatchObject({ id: 'pc:C9', point: { lat: 36.1, lon: 37.2 } });
  });
  it('refuses each bad row with its line and keeps the others', () => {
    const rows = [
      HEADER,
      good('C1'),
      good('', 'No code'),
      good('C2', ''),
      good('C3', 'Far', '136.1'),
      good('C1'),
      good('C4', 'Text', 'north'),
      good('C5'),
    ];
    const { places, refused } = parsePcodes(rows.join('\r\n'));
    expect(places.filter(({ class: kind }) => kind === 'village').map(({ id }) => id)).toEqual(['pc:C1', 'pc:C5']);
    expect(refused.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
  });
  it('reads quoted cells and semicolons', () => {
    const text = 'pcode;name_en;lat;lon\nC1;"Upper; ""Old"" Town";36.1;37.2\nC2;"Open;36.1;37.2\nC3;Last;36.1;37.2\n';
    const { places, refused } = parsePcodes(text);
    expect(places.map(({ name }) => name.en)).toEqual(['Upper; "Old" Town', 'Last']);
    expect(refused).toEqual([{ line: 3, reason: 'an open quotation mark, or a line too long' }]);
  });
  it('refuses a table without the columns it needs, naming them', () => {
    expect(parsePcodes('a,b\n1,2\n')).toMatchObject({
      places: [],
      refused: [{ line: 1, reason: 'no column pcode, nameen, lat, lon' }],
    });
    expect(parsePcodes('').places).toEqual([]);
  });
});
