/** A reader verifies the record in the page: a true log is valid, a log with one flipped bit is not, and the entry is named. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { openLog } from '../../src/record/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { CHROMIUM, openPage, seriousFindings, startBrowser } from '../support/browser.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { describeWith } from '../support/needs.ts';

const REPORTS = ['إعزاز', 'داريا', 'تلبيسة']
  .map((town, i) =>
    JSON.stringify({
      id: `v-${i}`,
      source: { name: 'شبكة' },
      published: '2016-05-12',
      text: `قصف مدفعي على ${town} أمس.`,
    }),
  )
  .join('\n');

describeWith([CHROMIUM], 'the record verified in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-e2e-record-'));
  let at: TestHouse;
  let app: FastifyInstance;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const { folder: webDir } = await buildWeb();
    at = await testHouse();
    await at.importText(REPORTS);
    const record = await openLog(at.house.ctx(), { folder, origin: 'test.example/page', publicLag: 'none' });
    await record.round();
    await record.publish();
    app = await buildApp(at.house, { webDir, sample: null, record });
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await at?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds a true log valid, and a bit flipped on the way not', async () => {
    const { page, outside, complaints } = await openPage(browser, origin, 390, 844);
    await page.goto(`${origin}/record?lang=ar`);
    const check = page.getByRole('button', { name: 'افحص السجل كله' });
    await check.click();
    await page.locator('[data-outcome="valid"]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.route('**/record/tile/entries/**', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      const middle = Math.floor(body.length / 2);
      body[middle] = (body[middle] ?? 0) ^ 1;
      await route.fulfill({ response, body });
    });
    await check.click();
    const outcome = page.locator('[data-outcome="invalid"]');
    await outcome.waitFor();
    expect(await outcome.textContent()).toMatch(/أول قيد معيب: \d+/);

    await page.unroute('**/record/tile/entries/**');
    await page.getByRole('textbox').fill('log nobody');
    await check.click();
    await page.getByText('السياسة غير صالحة').waitFor();
    expect([outside, complaints]).toEqual([[], []]);
    await page.close();
  });
});
