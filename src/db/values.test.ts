/** Values must come back from Postgres as they went in, on both engines. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../test/support/database.ts';
import { elementsOf, encodeParam } from './values.ts';

// Postgres text holds every character but U+0000, and no half of a surrogate pair.
const text = fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\u0000', ''));

describe('array literals', () => {
  it('come apart as they were put together', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text)), (list) => {
        expect(elementsOf(encodeParam(list) ?? '')).toEqual(list);
      }),
    );
  });
});

describeOnEachDatabase('values', (db) => {
  it('text, numbers, booleans, bytes and lists survive the way there and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.uint8Array(),
        fc.array(fc.option(text)),
        fc.array(fc.uint8Array()),
        async (t, n, b, bytes, texts, byteses) => {
          const [row] = await db().rows<Record<string, unknown>>(
            'select $1::text t, $2::bigint n, $3::boolean b, $4::bytea bytes, $5::text[] texts, $6::bytea[] byteses',
            [t, n, b, bytes, texts, byteses],
          );
          expect(row).toEqual({ t, n, b, bytes, texts, byteses });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('JSON comes parsed, instants as Date, calendar days as text, sums as numbers', async () => {
    const [row] = await db().rows<Record<string, unknown>>(
      `select $1::jsonb j, $2::timestamptz at, '2016-04-28'::date d, sum(x) s, null::text nothing from generate_series(1, 4) x`,
      [JSON.stringify({ a: [1, 'ب'] }), new Date('2016-04-28T01:02:03.456Z')],
    );
    expect(row).toEqual({
      j: { a: [1, 'ب'] },
      at: new Date('2016-04-28T01:02:03.456Z'),
      d: '2016-04-28',
      s: 10,
      nothing: null,
    });
  });

  it('refuses a number that would lose digits', async () => {
    await expect(db().rows('select 9007199254740993::bigint x')).rejects.toThrow(/exact/);
  });
});
