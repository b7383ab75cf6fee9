import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';
import { createReader } from './index.ts';

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

const NEWS = [
  'وقال المتحدث باسم الجيش إن الهدنة انتهت في حلب.',
  'Украина и Россия договорились о перемирии в Донбассе, сообщил МИД.',
] as const;

test('a text that was read in the wrong encoding is put right where its bytes can be had back', () => {
  for (const text of NEWS) {
    const wrong = iconv.decode(Buffer.from(text, 'utf8'), 'latin1');
    expect(decodeText(Buffer.from(wrong, 'utf8')).text).toBe(text);
  }
  const cyrillic = iconv.decode(iconv.encode(NEWS[1], 'windows-1251'), 'windows-1252');
  expect(decodeText(Buffer.from(cyrillic, 'utf8')).text).toBe(NEWS[1]);
});

test('real words with marks are no wrong encoding', () => {
  for (const text of [
    'Élysée: à Genève, l’été a été très agité.',
    'Türkiye’de ateşkes müzakereleri sürüyor',
    'Was? Wirklich???',
  ])
    expect(decodeText(Buffer.from(text, 'utf8')).text).toBe(text);
});

test('a line in the wrong encoding is read as nothing and listed', () => {
  const wrong = iconv.decode(Buffer.from(NEWS[0], 'utf8'), 'latin1');
  const reading = createReader().read(`${wrong}\nThe truce in Aleppo is holding.`);
  expect(reading.dropped.map(({ reason }) => reason)).toEqual(['encoding']);
  expect(reading.statements).toEqual([]);
});
