import { describe, expect, it } from 'vitest';
import { loadShippedGazetteer } from '../places/index.ts';
import { createReader } from '../reading/index.ts';
import type { ReportEvent } from '../sources/index.ts';
import { loadInstrument } from '../terms/index.ts';
import { claimsOf } from './extract.ts';
import { factsOf } from './facts.ts';
import type { Claim, NewClaim } from './model.ts';

const gazetteer = loadShippedGazetteer();
const reader = createReader({ gazetteer, instrument: loadInstrument() });
const TEXT = 'قصفت قوات النظام مدينة إعزاز في ريف حلب الشمالي بالمدفعية أمس، وقتل ثلاثة مدنيين.';

const stored = (claims: readonly NewClaim[], standing: Claim['standing'] = 'proposed', version = 1): Claim[] =>
  claims.map(
    (claim) => ({ ...claim, report: 'r', version, standing, decidedBy: null, decidedAt: null, reason: null }) as Claim,
  );

const stated = (more: Partial<ReportEvent>): ReportEvent => ({
  type: null,
  start: null,
  end: null,
  lat: null,
  lon: null,
  precision: null,
  place_text: null,
  actor: null,
  killed: { low: null, high: null },
  injured: { low: null, high: null },
  target: null,
  ...more,
});

describe('claims of a report', () => {
  const reading = reader.read(TEXT, { published: '2016-03-02', lang: 'ar' });

  it('carry the words that each value was read from', () => {
    const claims = claimsOf(TEXT, reading, null, gazetteer).filter(({ event }) => event === 0);
    const words = (field: string) =>
      claims.find((claim) => claim.field === field)?.spans.map(({ start, end }) => TEXT.slice(start, end));
    expect(words('start')).toEqual(['أمس']);
    expect(words('killed')?.[0]).toContain('ثلاثة');
    expect(words('place')?.[0]).toContain('إعزاز');
  });

  it('put what the sender stated before what was read, and keep the rest', () => {
    const [facts] = factsOf(
      stored(claimsOf(TEXT, reading, stated({ type: 'missile', killed: { low: 5, high: 5 } }), gazetteer)),
    );
    expect(facts).toMatchObject({
      type: 'missile',
      killed: { low: 5, high: 5 },
      start: '2016-03-01',
      actor: { code: 'government' },
    });
  });

  it.each([
    ['Aleppo town, Jabal Saman district, Aleppo governorate', 'iso:SY-HL', true],
    ['Nowhere-on-the-list village, Latakia governorate', 'iso:SY-LA', false],
  ])('place stated words: %s', (words, area, known) => {
    const place = factsOf(stored(claimsOf(TEXT, reading, stated({ place_text: words }), gazetteer)))[0]?.place;
    expect(place?.area).toBe(area);
    expect(place?.id !== null).toBe(known);
  });

  it('are silent once rejected, and speak with the corrected value', () => {
    const first = stored(
      claimsOf(TEXT, reading, null, gazetteer).filter(({ field, event }) => field === 'killed' && event === 0),
    );
    expect(factsOf([...first, ...stored(first, 'rejected', 2)])).toEqual([]);
    const corrected = first.map(
      (claim) => ({ ...claim, version: 2, standing: 'corrected', value: { low: 4, high: 4 } }) as Claim,
    );
    expect(factsOf([...corrected, ...first])[0]?.killed).toEqual({ low: 4, high: 4 });
  });
});
