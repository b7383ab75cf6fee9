/** What other people's programs make of our feeds: GDAL reads both, and counts what we count. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../support/house.ts';
import { describeWith, program } from '../support/needs.ts';

const REPORTS = ['إعزاز', 'داريا', 'تدمر']
  .map((town, i) =>
    JSON.stringify({
      source: { name: `مصدر ${i}` },
      published: '2016-05-12',
      text: `قصف مدفعي على مدينة ${town} يوم الأربعاء ومقتل شخصين.`,
    }),
  )
  .join('\n');

describeWith([program('ogrinfo')], 'GDAL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-gdal-'));
  let at: TestHouse;
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(REPORTS);
  });
  afterAll(async () => {
    await at.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['geojson', 'csv'])('reads the %s feed', async (format) => {
    const path = join(folder, `incidents.${format}`);
    writeFileSync(path, (await at.app.inject({ url: `/feeds/incidents.${format}` })).body);
    const summary = execFileSync('ogrinfo', ['-ro', '-al', '-so', path], { encoding: 'utf8' });
    expect(summary).toContain('Feature Count: 3');
    expect(summary).toContain('place_ar');
    if (format === 'geojson') expect(summary).toContain('Geometry: Point');
  });
});
