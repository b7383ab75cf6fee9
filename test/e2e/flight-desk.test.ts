/**
 * The flight desk in a browser: drawn by pointer, by keys and by text, in three languages, clean by axe, nothing from
 * outside, red when the server falls silent.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, serveAirspace } from '../../src/airspace/serve.ts';
import { createToken } from '../../src/airspace/tokens.ts';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../src/core/index.ts';
import { CHROMIUM, openPage, seriousFindings, startBrowser, type WatchedPage } from '../support/browser.ts';
import { describeWith } from '../support/needs.ts';

const PICTURES = process.env.HUDNA_PICTURES;
const world = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE };

async function site(mode: 'blind' | 'private'): Promise<{ running: Running; tokens: Record<string, string> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hudna-desk-'));
  const tokens = {
    alpha: createToken(dataDir, 'alpha', systemRandom),
    bravo: createToken(dataDir, 'bravo', systemRandom),
  };
  const running = await serveAirspace(
    world,
    { dataDir, mode, port: 0, host: '127.0.0.1', jwtKeys: [], audience: undefined, party: 'alpha' },
    () => {},
  );
  return { running, tokens };
}

describeWith([CHROMIUM], 'the flight desk in a browser', () => {
  let browser: Browser;
  let blind: Awaited<ReturnType<typeof site>>;
  beforeAll(async () => {
    browser = await startBrowser();
    blind = await site('blind');
  });
  afterAll(async () => {
    await browser?.close();
    await blind?.running.close();
  });

  async function enter(at: typeof blind, party: string, lang: string, width = 1500): Promise<WatchedPage> {
    const watched = await openPage(browser, at.running.url, width, 1200);
    const { page } = watched;
    await page.goto(`${at.running.url}/desk/flight?lang=${lang}`);
    await page.fill('input[name=token]', at.tokens[party] ?? '');
    await page.click('main.door button');
    await page.waitForSelector('#map .areas');
    return watched;
  }
  const picture = async ({ page }: WatchedPage, name: string): Promise<void> => {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `flight-${name}.png`), fullPage: true });
  };
  const sound = async (watched: WatchedPage): Promise<void> => {
    await watched.page.waitForSelector('#stale', { state: 'hidden' });
    expect(await seriousFindings(watched.page)).toEqual([]);
    // The door answers 401 until a token is given, text that is no place 400, and the browser says so.
    expect(watched.complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([]);
    expect(watched.outside).toEqual([]);
  };
  const fields = ({ page }: WatchedPage) =>
    page.evaluate(() => {
      const form = document.querySelector('#new') as HTMLFormElement;
      const value = (name: string): string => String(new FormData(form).get(name));
      return { place: value('place'), radius: Number(value('radius')) };
    });
  const drafts = ({ page }: WatchedPage): Promise<number> => page.locator('#map .draft').count();

  it('takes a circle and a polygon by pointer, and declares what was drawn', async () => {
    const desk = await enter(blind, 'alpha', 'en');
    const { page } = desk;
    const box = await page.locator('#map').boundingBox();
    if (!box) throw new Error('no map');
    const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await page.click('[data-tool=circle]');
    await page.mouse.move(...at(0.4, 0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.45, 0.5), { steps: 4 });
    await page.mouse.up();
    const circle = await fields(desk);
    expect(circle.place).toMatch(/^-?[\d.]+, -?[\d.]+$/);
    expect(circle.radius).toBeGreaterThan(10);
    expect(circle.radius).toBeLessThan(80);
    await page.fill('input[name=radius]', '8');
    await page.locator('input[name=radius]').blur();
    await page.click('#new button[value=declare]');
    await page.waitForSelector('#list .row');
    await page.waitForSelector('#map .volume');
    expect(await page.locator('#list .row').count()).toBe(1);

    await page.click('[data-tool=polygon]');
    await page.click('[data-act=clear]');
    const corners = [at(0.3, 0.3), at(0.6, 0.3), at(0.6, 0.6), at(0.3, 0.6)];
    for (const corner of [...corners, ...corners.slice(0, 1)]) await page.mouse.click(...corner);
    const drawn = await fields(desk);
    expect(drawn.place.split('\n')).toHaveLength(4);
    // A corner is dragged: the text follows.
    await page.mouse.move(...at(0.6, 0.6));
    await page.mouse.down();
    await page.mouse.move(...at(0.7, 0.7), { steps: 4 });
    await page.mouse.up();
    const dragged = await fields(desk);
    expect(dragged.place.split('\n')[2]).not.toBe(drawn.place.split('\n')[2]);
    expect(dragged.place.split('\n')[0]).toBe(drawn.place.split('\n')[0]);
    await sound(desk);
    await picture(desk, 'en-drawn');
    await page.close();
  }, 120_000);

  it('takes the same by keys alone', async () => {
    const desk = await enter(blind, 'bravo', 'ru');
    const { page } = desk;
    await page.focus('#map');
    await page.keyboard.press('p');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
      await page.keyboard.press('Enter');
      for (let i = 0; i < 3; i++) await page.keyboard.press(`Shift+${key}`);
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('c');
    expect((await fields(desk)).place.split('\n')).toHaveLength(3);
    await page.keyboard.press('Escape');
    expect(await drafts(desk)).toBe(0);
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const { place, radius } = await fields(desk);
    expect(place.split('\n')).toHaveLength(1);
    expect(radius).toBeGreaterThan(1);
    await sound(desk);
    await picture(desk, 'ru-keys');
    await page.close();
  }, 120_000);

  it('draws what is written: decimal, degrees and minutes, MGRS', async () => {
    const desk = await enter(blind, 'alpha', 'ar');
    const { page } = desk;
    const write = async (text: string): Promise<void> => {
      await page.fill('textarea[name=place]', text);
      await page.locator('textarea[name=place]').blur();
    };
    await write('36°12\'07"N 37°08\'03"E');
    await page.waitForSelector('#map .handle[data-centre]');
    await write('36.2, 37.1\n36.4, 37.1\n37S CA 32269 07977');
    await page.waitForSelector('#map .handle[data-corner="2"]');
    await write('nowhere');
    await page.waitForSelector('#message.bad');
    await sound(desk);
    await picture(desk, 'ar-text');
    await page.close();
  }, 120_000);

  it('shows both sides a conflict, and turns red when the server falls silent', async () => {
    const own = await site('blind');
    const [a, b] = [await enter(own, 'alpha', 'ar'), await enter(own, 'bravo', 'ru')];
    for (const { page } of [a, b]) {
      await page.fill('textarea[name=place]', '36.2, 37.1');
      await page.fill('input[name=radius]', '8');
      await page.click('#new button[value=declare]');
      await page.waitForSelector('#list .row');
    }
    for (const { page } of [a, b])
      await page.waitForSelector('#list .row.caution, #list .row.notice, #list .row.warning');
    await a.page.locator('#list .row').first().focus();
    await a.page.keyboard.press('a');
    await a.page.waitForSelector('#list .waiting');
    await picture(a, 'ar-conflict');
    await sound(a);
    expect(await a.page.locator('#stale').isVisible()).toBe(false);
    await own.running.close();
    for (const { page } of [a, b]) {
      await page.waitForSelector('#stale:not([hidden])', { timeout: 10_000 });
      await page.waitForSelector('#list .row.unknown');
    }
    await picture(b, 'ru-stale');
    for (const { page } of [a, b]) await page.close();
  }, 120_000);

  it('has a desk for private mode, for the party whose site it is', async () => {
    const own = await site('private');
    const desk = await enter(own, 'alpha', 'en');
    await desk.page.fill('textarea[name=place]', '36.2, 37.1');
    await desk.page.click('#new button[value=declare]');
    await desk.page.waitForSelector('#list .row.unknown');
    expect(await desk.page.locator('button[value=what-if]').count()).toBe(0);
    // Nothing was ever compared here: the desk says so.
    expect(await desk.page.locator('#stale').isVisible()).toBe(true);
    expect(desk.outside).toEqual([]);
    await picture(desk, 'en-private');
    const other = await openPage(browser, own.running.url);
    await other.page.goto(`${own.running.url}/desk/flight?lang=en`);
    await other.page.fill('input[name=token]', own.tokens.bravo ?? '');
    await other.page.click('main.door button');
    await other.page.waitForSelector('.bad');
    await desk.page.close();
    await other.page.close();
    await own.running.close();
  }, 120_000);
});
