/** A reader walks day → map → incident → report → evidence words, in Arabic and in English, in a real browser. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import type { ApiDay, ApiIncident } from '../../src/server/api/types.ts';
import { CHROMIUM, openPage, seriousFindings, startBrowser, type WatchedPage } from '../support/browser.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { describeWith, inRepository } from '../support/needs.ts';

const DAY = '2016-04-27';
const EMPTY_DAY = '2016-04-10';
/** Long enough for a walk with six axe runs on a machine that is busy with other things. */
const WALK_MS = 180_000;

/** The sample's reports published around the day: real words, little enough to be read in seconds. */
function sampleAround(): string {
  const manifest = JSON.parse(readFileSync(inRepository('sample/manifest.json'), 'utf8')) as { reports: string[] };
  return manifest.reports
    .flatMap((name) => readFileSync(inRepository(`sample/${name}`), 'utf8').split('\n'))
    .filter((line) => /"published": ?"2016-04-2[789]/.test(line))
    .join('\n');
}

describeWith([CHROMIUM], 'the screens in a browser', () => {
  let at: TestHouse;
  let browser: Browser;
  let origin: string;
  let busiest: ApiIncident;
  /** Path of the busiest incident's page. */
  let address: string;

  beforeAll(async () => {
    const { folder } = await buildWeb();
    at = await testHouse('terms.yaml', { webDir: folder, sample: { openDay: DAY } });
    await at.importText(sampleAround());
    origin = (await at.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    const day = await at.get<ApiDay>(`/api/days/${DAY}`);
    const [most] = [...day.incidents].sort((a, b) => b.reports.length - a.reports.length);
    busiest = await at.get<ApiIncident>(`/api/incidents/${encodeURIComponent(most?.id ?? '')}`);
    address = `/incidents/${encodeURIComponent(busiest.id)}`;
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.close();
  });

  const settled = async (watched: WatchedPage) => {
    expect(await seriousFindings(watched.page)).toEqual([]);
    expect(watched.outside).toEqual([]);
    expect(watched.complaints).toEqual([]);
  };

  it.each([
    {
      lang: 'ar',
      dir: 'rtl',
      map: 'الخريطة',
      place: 'أين',
      why: 'لماذا هذا التقرير هنا؟',
      sum: 'المجموع',
      width: 1280,
    },
    { lang: 'en', dir: 'ltr', map: 'Map', place: 'Where', why: 'Why is this report here?', sum: 'Sum', width: 390 },
  ])(
    'walk in $lang',
    async ({ lang, dir, map, place, why, sum, width }) => {
      const watched = await openPage(browser, origin, width);
      const { page } = watched;

      // The day: in the language and direction asked for, its incidents listed and drawn.
      await page.goto(`${origin}/?day=${DAY}&lang=${lang}`);
      const line = page.locator(`li:has(a[href^="${address}?"])`).first();
      await line.waitFor();
      expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
        lang,
        dir,
      ]);
      await page.locator('.maplibregl-marker').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await settled(watched);

      // The timeline moves by keyboard, by sight, and the day is in the address.
      const slider = page.getByRole('slider');
      await slider.focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForURL((url) => url.searchParams.get('day') === '2016-04-28');
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL((url) => url.searchParams.get('day') === DAY);
      await line.waitFor();

      // The list chooses on the map, and the choice is in the address.
      await line.getByRole('button').click();
      await page.waitForURL((url) => url.searchParams.get('sel') === busiest.id);
      expect(await page.locator('.maplibregl-marker[data-selected]').count()).toBe(1);

      // Map and list over all days hold the same incident.
      await page.getByRole('navigation').getByRole('link', { name: map }).click();
      await page.waitForURL((url) => url.pathname === '/map');
      await page.locator('.maplibregl-marker').first().waitFor();
      await settled(watched);
      await page.locator(`h3 a[href^="${address}?"]`).click();

      // The incident: every report behind it, each word run in its own direction.
      await page.waitForURL((url) => url.pathname === address);
      const reports = page.locator('article[id^="report-"]');
      await reports.first().waitFor();
      expect(await reports.count()).toBe(busiest.reportList.length);
      for (const report of busiest.reportList) {
        const words = page.locator(`#report-${report.id} [data-words]`);
        expect(await words.textContent()).toBe(report.document);
        expect(await words.evaluate((element) => getComputedStyle(element).direction)).toBe(
          report.lang === 'ar' ? 'rtl' : 'ltr',
        );
      }
      await settled(watched);

      // A field leads to the very words it was read from.
      const placed = busiest.reportList.find((report) =>
        report.claims.some((claim) => claim.value.field === 'place' && claim.spans.length > 0),
      );
      const claim = placed?.claims.find(({ value }) => value.field === 'place');
      const expected = (claim?.spans ?? []).map((span) => placed?.document?.slice(span.start, span.end) ?? '').join('');
      expect(expected).not.toBe('');
      await page.locator(`#report-${placed?.id}`).getByRole('link', { name: place, exact: true }).click();
      await page.waitForURL((url) => url.searchParams.get('field') === 'place');
      const marked = await page.locator(`#report-${placed?.id} mark[data-on]`).allTextContents();
      expect(marked.join('')).toBe(expected);

      // Why a report is here, in words that add up.
      const linked = busiest.reportList.find((report) => !report.link.opened);
      await page.locator(`#report-${linked?.id}`).getByText(why).click();
      await page.locator(`#report-${linked?.id}`).getByText(sum).waitFor();
      await settled(watched);

      // The day's bulletin is a page of its own, with a way back.
      await page.goto(`${origin}/bulletins/${DAY}?lang=${lang}`);
      expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
        lang,
        dir,
      ]);
      await settled(watched);
      await page.close();
    },
    WALK_MS,
  );

  it('changes the language in one click, keeps the place, and remembers', async () => {
    const watched = await openPage(browser, origin);
    const { page } = watched;
    await page.goto(`${origin}${address}?lang=ar`);
    await page.getByRole('link', { name: 'Русский' }).click();
    await page.waitForURL((url) => url.searchParams.get('lang') === 'ru');
    await page.waitForFunction(() => document.documentElement.lang === 'ru');
    expect(new URL(page.url()).pathname).toBe(address);
    await page.goto(`${origin}/terms`);
    await page.waitForURL((url) => url.searchParams.get('lang') === 'ru');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(watched);
    await page.close();
  });

  it.each(['ar', 'ru'])('says what zero means, in %s', async (lang) => {
    const watched = await openPage(browser, origin, 390);
    const { page } = watched;
    await page.goto(`${origin}/?day=${EMPTY_DAY}&lang=${lang}`);
    await page.locator('#incidents').getByText('0').first().waitFor();
    expect(await page.locator('#incidents ol').count()).toBe(0);
    await settled(watched);
    await page.close();
  });

  it('is as readable in the dark, with the choice remembered', async () => {
    const watched = await openPage(browser, origin);
    const { page } = watched;
    await page.goto(`${origin}/?day=${DAY}&lang=ar`);
    await page.getByRole('button', { name: 'الإعدادات' }).click();
    await page.getByText('داكن', { exact: true }).click();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await settled(watched);
    await page.reload();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await page.goto(`${origin}${address}?lang=ar`);
    await page.locator('article[id^="report-"]').first().waitFor();
    await settled(watched);
    await page.close();
  });

  it('says so when there is no such incident, and when the server is gone', async () => {
    const watched = await openPage(browser, origin);
    const { page } = watched;
    await page.goto(`${origin}/incidents/no-such?lang=en`);
    await page.getByRole('heading', { name: 'Nothing stands at this address' }).waitFor();
    await page.route('**/api/days/**', (route) => route.abort());
    await page.goto(`${origin}/?day=${DAY}&lang=en`);
    await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 20_000 });
    await page.unroute('**/api/days/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator(`li:has(a[href^="${address}?"])`).first().waitFor();
    expect(watched.outside).toEqual([]);
    await page.close();
  });
});
