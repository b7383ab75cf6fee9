import { describe, expect, it } from 'vitest';
import { csvFeed, geojsonFeed } from './feeds.ts';
import { html } from './html.ts';
import type { PublicIncident } from './model.ts';

const incident = (more: Partial<PublicIncident> = {}): PublicIncident => ({
  id: 'inc-1',
  type: 'shelling',
  place: { id: null, name: { ar: 'قرية، أ', en: '=HYPERLINK("x")', ru: 'село "А"' }, precision: 'town', area: null },
  point: { lat: 36.1, lon: 37.2 },
  day: '2016-05-11',
  start: null,
  slot: null,
  killed: { low: 3, high: null, byOrigin: [] },
  injured: { low: null, high: null, byOrigin: [] },
  allegedParties: ['north', 'south'],
  contested: true,
  reports: ['r-1'],
  origins: 1,
  inTerms: { value: 'contested', by: [], reason: 'sources-disagree', parties: [] },
  status: 'disputed',
  proposed: true,
  acts: [],
  ...more,
});

describe('the feeds', () => {
  it('make formulas harmless and quote what needs it', () => {
    const [header, row] = csvFeed([incident()]).split('\r\n');
    expect(header?.split(',').slice(0, 4)).toEqual(['id', 'type', 'day', 'start']);
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    expect(row).toContain('"село ""А"""');
    expect(row).toContain('قرية، أ');
  });

  it('leave an unplaced incident without a geometry', () => {
    const feed = JSON.parse(geojsonFeed([incident(), incident({ id: 'inc-2', point: null })]));
    expect(feed.features.map((feature: { geometry: unknown }) => feature.geometry)).toEqual([
      { type: 'Point', coordinates: [37.2, 36.1] },
      null,
    ]);
  });
});

describe('html templates', () => {
  it('escape every value but their own', () => {
    const inner = html`<b>${'<script>"&\''}</b>`;
    expect(html`<p>${inner}${['<i>', 1]}${null}${false}</p>`.text).toBe(
      '<p><b>&lt;script&gt;&quot;&amp;&#39;</b>&lt;i&gt;1</p>',
    );
  });
});
