import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';

const ARABIC =
  'قصفت قوات النظام بلدة في ريف حلب الشمالي بقذائف الهاون وسقط ثلاثة جرحى، وأضاف المراسل أن الهدوء عاد بعد ساعة.';
const RUSSIAN =
  'В ночь на вторник неизвестные обстреляли из миномётов посёлок на севере провинции, пострадали двое мирных жителей.';

describe('decoding bytes from outside', () => {
  it.each([
    ['windows-1256', ARABIC],
    ['iso-8859-6', ARABIC],
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['utf-8', ARABIC],
    ['utf-8', RUSSIAN],
  ])('reads %s', (encoding, text) => {
    const decoded = decodeText(iconv.encode(text, encoding));
    expect(decoded).toEqual({ text, encoding, broken: 0 });
  });

  it.each(['utf-16le', 'utf-16be'] as const)('reads %s by its mark, and keeps the mark', (encoding) => {
    expect(decodeText(iconv.encode(ARABIC, encoding, { addBOM: true })).text).toBe(`\ufeff${ARABIC}`);
  });

  it('keeps a torn UTF-8 file as UTF-8 and counts the tears', () => {
    const bytes = Buffer.from(ARABIC.repeat(5));
    const decoded = decodeText(bytes.subarray(0, bytes.length - 2));
    expect(decoded.encoding).toBe('utf-8');
  });

  it('never throws on random bytes', () => {
    for (let seed = 1; seed < 200; seed++) {
      const bytes = Uint8Array.from({ length: 300 }, (_, i) => (seed * 7919 + i * i * 104729) % 256);
      expect(typeof decodeText(bytes).text).toBe('string');
    }
  });
});
