import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const ARABIC = 'قال مصدر في مدينة حلب إن القصف أصاب السوق بعد الظهر من يوم الثلاثاء.';
const RUSSIAN = 'По данным центра, в провинции Алеппо за сутки не зафиксировано нарушений.';

test.each([
  ['windows-1256', ARABIC],
  ['iso-8859-6', ARABIC],
  ['windows-1251', RUSSIAN],
  ['koi8-r', RUSSIAN],
])('bytes in %s are told from one another', (encoding, text) => {
  expect(decodeText(iconv.encode(text, encoding)).text).toBe(text);
});

test('UTF-8 keeps its byte-order mark as the first unit', () => {
  const decoded = decodeText(Buffer.from(`\ufeff${ARABIC}`, 'utf8'));
  expect(decoded.encoding).toBe('utf-8');
  expect(decoded.text).toBe(`\ufeff${ARABIC}`);
});

test('UTF-16 is told by its mark', () => {
  expect(decodeText(Buffer.from(`\ufeff${ARABIC}`, 'utf16le')).text).toBe(`\ufeff${ARABIC}`);
});

test('a UTF-8 text with one broken byte stays UTF-8', () => {
  const bytes = Buffer.from(ARABIC.repeat(4), 'utf8');
  const decoded = decodeText(Buffer.concat([bytes, Buffer.from([0xff]), bytes]));
  expect(decoded.encoding).toBe('utf-8');
  expect(decoded.text).toContain('مدينة حلب');
});
