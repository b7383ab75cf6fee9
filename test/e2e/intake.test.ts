/**
 * The intake form in a real browser: a call taken down in Arabic on a phone, a testimony without an account in English,
 * with a picture, a place from the map and a connection that breaks. Who spoke never leaves the page in clear.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { createToken } from '../../src/access/index.ts';
import { listReports, readReports } from '../../src/sources/index.ts';
import { CHROMIUM, openPage, seriousFindings, startBrowser, type WatchedPage } from '../support/browser.ts';
import { photograph, SVG_WITH_SCRIPT } from '../support/hostile/pictures.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { bearer, hashOf, setUpIntake, type TestIntake } from '../support/intake.ts';
import { describeWith } from '../support/needs.ts';

const NAME = 'zqcanaryname';

describeWith([CHROMIUM], 'the intake form in a browser', () => {
  let at: TestHouse;
  let browser: Browser;
  let origin: string;
  let intake: TestIntake;

  beforeAll(async () => {
    const { folder } = await buildWeb();
    at = await testHouse('terms.yaml', { webDir: folder });
    origin = (await at.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.close();
  });

  const settled = async (watched: WatchedPage) => {
    expect(await seriousFindings(watched.page)).toEqual([]);
    expect(watched.outside).toEqual([]);
  };
  const isNarrow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth <= 0);
  /** HUDNA_SHOTS names a folder for pictures to look at. */
  const shot = async (page: Page, name: string) => {
    const folder = process.env.HUDNA_SHOTS;
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };
  /** Bodies of all that the page sent. */
  const sentBy = (page: Page): string[] => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url(), request.postDataBuffer()?.toString('latin1') ?? ''));
    return sent;
  };
  const reportOf = async (receipt: string) => {
    const [report] = await readReports(at.house.db, at.house.instrument.id, [receipt]);
    return report;
  };
  const receiptIn = async (page: Page) => (await page.locator('section bdi[dir="ltr"]').first().textContent()) ?? '';

  it('takes down a call in Arabic on a phone: nothing is sent unread, who spoke is sealed, one number comes back', async () => {
    intake = await setUpIntake(at.house, 'Cell A', false);
    const { token } = await createToken(at.house.ctx(), 'Cell A', 'duty_officer');
    const watched = await openPage(browser, origin, 390, 844);
    const { page } = watched;
    const sent = sentBy(page);
    await page.goto(`${origin}/report?lang=ar`);
    await page.getByRole('button', { name: 'إرسال' }).click();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(2);
    await settled(watched);
    await page.getByLabel('الشهادة', { exact: true }).fill('سقطت قذائف على حي الأشرفية في حلب مساء أمس وجُرح ثلاثة.');
    await page.getByLabel('المكان', { exact: true }).fill('الأشرفية');
    await page.getByRole('group', { name: 'أيّها تقصد؟' }).getByRole('button').first().click();
    await page.getByText('حُدّد المكان').waitFor();
    await page.getByLabel('اليوم', { exact: true }).fill('2016-06-09');
    await page.getByLabel('وقت اليوم').selectOption('evening');
    await page.getByLabel('ما الذي أُصيب؟').selectOption('residential');
    await page.getByLabel('على الأقل').last().fill('٣');
    expect(await page.getByText('الجرحى: 3 على الأقل').count()).toBe(1);
    await page.getByLabel('الاسم', { exact: true }).fill(NAME);
    await page.getByLabel('الهاتف أو وسيلة اتصال').fill('zqcanaryphone');
    await page.getByLabel('قرأته على المتصل ووافق عليه').check();
    await page.getByLabel('رمز الدخول').fill(token);
    expect(await isNarrow(page)).toBe(true);
    await settled(watched);
    await shot(page, 'intake-ar-phone');
    await page.getByRole('button', { name: 'إرسال' }).click();
    await page.getByRole('heading', { name: 'وصل البلاغ' }).waitFor();
    const receipt = await receiptIn(page);
    expect(await reportOf(receipt)).toMatchObject({
      origin: `caller ${receipt}`,
      event: { place_text: 'الأشرفية', start: '2016-06-09T15:00:00Z', target: 'residential' },
    });
    await settled(watched);
    await shot(page, 'intake-ar-receipt');
    expect(watched.complaints.filter((one) => !one.includes('403'))).toEqual([]);
    expect(sent.join('\n')).not.toContain('zqcanary');

    const opened = await at.app.inject({
      method: 'POST',
      url: `/api/custody/${receipt}/openings`,
      payload: { reason: 'a call back was agreed' },
      headers: await bearer(at.house, 'Cell A', 'custodian'),
    });
    const decrypter = new Decrypter();
    decrypter.addIdentity(intake.custodian);
    expect(JSON.parse(await decrypter.decrypt(new Uint8Array(opened.rawPayload), 'text'))).toMatchObject({
      name: NAME,
    });
    await page.close();
  });

  it('takes a testimony without an account in English, by keyboard, over a connection that breaks', async () => {
    intake = await setUpIntake(at.house, 'Cell B');
    const watched = await openPage(browser, origin, 1280, 900);
    const { page } = watched;
    const sent = sentBy(page);
    const photo = join(at.house.dataDir, `${NAME}.jpg`);
    const drawing = join(at.house.dataDir, 'drawing.jpg');
    const bytes = await photograph('jpeg', 320, 240);
    writeFileSync(photo, bytes);
    writeFileSync(drawing, SVG_WITH_SCRIPT);
    await page.goto(`${origin}/report?lang=en`);
    await page.getByLabel('Testimony', { exact: true }).focus();
    await page.keyboard.type('Shells fell near the market this morning.');
    await page.getByLabel('Day', { exact: true }).fill('2016-06-10');
    await page.getByLabel('Part of the day').selectOption('morning');

    // The map by keyboard alone: open, move, closer, take.
    const open = page.getByRole('button', { name: 'Choose on the map' });
    await open.focus();
    await page.keyboard.press('Enter');
    const canvas = page.locator('canvas.maplibregl-canvas');
    await canvas.waitFor();
    const take = page.getByRole('button', { name: /^The place under the cross/ });
    await take.waitFor();
    await canvas.focus();
    const before = await take.textContent();
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('=');
      await page.waitForTimeout(700);
    }
    await page.waitForFunction(
      (old) => ![...document.querySelectorAll('button')].some((b) => b.textContent === old),
      before,
    );
    await shot(page, 'intake-en-map');
    await take.focus();
    await page.keyboard.press('Enter');
    await page.getByText('The place is set').waitFor();

    await page.getByLabel('Add files').setInputFiles([photo, drawing]);
    await page.getByRole('button', { name: `Remove ${NAME}.jpg` }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill(NAME);
    await page.getByLabel('I have read it and it is as I mean it').check();
    await settled(watched);
    await shot(page, 'intake-en-desktop');

    // First nothing goes out, then the answer to the testimony is lost, then a file's.
    let cut = 2;
    await page.route('**/api/intake**', async (route) => {
      const { method } = { method: route.request().method() };
      if (cut > 0) {
        cut -= 1;
        await route.abort();
        return;
      }
      if (method !== 'GET' && !lost.has(method)) {
        lost.add(method);
        await route.fetch();
        await route.abort();
        return;
      }
      await route.continue();
    });
    const lost = new Set<string>();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('No connection now').waitFor();
    await shot(page, 'intake-en-waiting');
    await page.getByRole('heading', { name: 'The report is received' }).waitFor({ timeout: 30_000 });
    expect([...lost].sort()).toEqual(['POST', 'PUT']);
    expect(await page.getByRole('alert').textContent()).toContain('drawing.jpg');
    await settled(watched);
    await shot(page, 'intake-en-receipt');

    const receipt = await receiptIn(page);
    const report = await reportOf(receipt);
    expect(report?.event?.lat).toBeGreaterThan(30);
    const held = await at.house.db.rows<{ report_id: string; sha256: string }>(
      'select report_id, sha256 from attachment',
    );
    expect(held).toEqual([{ report_id: receipt, sha256: hashOf(bytes) }]);
    const { reports } = await listReports(at.house.db, at.house.instrument.id, 0, 500, new Date());
    expect(reports.filter(({ text }) => text.startsWith('Shells'))).toHaveLength(1);
    expect(sent.join('\n')).not.toContain(NAME);
    expect(watched.outside).toEqual([]);
    // Nothing of it is left in the browser.
    const kept = await page.evaluate(async () =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases()]),
    );
    expect(kept).not.toMatch(/zqcanary|Shells|market/);
    await page.close();
  });

  it('is read in Russian on a narrow phone and in Arabic in the dark', async () => {
    const watched = await openPage(browser, origin, 320, 700);
    const { page } = watched;
    await page.goto(`${origin}/report?lang=ru`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await isNarrow(page)).toBe(true);
    await settled(watched);
    await shot(page, 'intake-ru-phone');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${origin}/report?lang=ar`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(watched);
    await shot(page, 'intake-ar-desktop-dark');
    await page.close();
  });
});
