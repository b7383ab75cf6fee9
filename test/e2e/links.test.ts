/**
 * An analyst works through what the machine asks about links, in a browser and by keyboard: the reasons are shown, a
 * decision needs a word of why, and an undo brings the question back. In English and Arabic.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { createToken, invite } from '../../src/access/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { CHROMIUM, seriousFindings, startBrowser } from '../support/browser.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { describeWith, inRepository } from '../support/needs.ts';

const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
const PICTURES = process.env.HUDNA_PICTURES;

describeWith([CHROMIUM], 'links at the desk', () => {
  let at: TestHouse;
  let app: FastifyInstance;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const { folder: webDir } = await buildWeb();
    at = await testHouse();
    await at.importText(readFileSync(inRepository('sample/reports-a.jsonl'), 'utf8'));
    app = await buildApp(at.house, { webDir, sample: null, record: null });
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    browser = await startBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await at?.close();
  });

  async function analyst(lang: string, width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
    const name = `analyst ${lang} ${width}`;
    const { secret } = await invite(at.house.ctx(), { organisation: 'Cell A', name, roles: ['analyst'] });
    await page.goto(`${origin}/desk/join?lang=${lang}#${secret}`);
    await page.getByRole('button', { name: /Make a passkey|اصنع مفتاح/ }).click();
    await page.waitForURL(/\/desk\/account/);
    return page;
  }

  const waiting = async (): Promise<number> => {
    const { token } = await createToken(at.house.ctx(), 'Cell A', 'analyst');
    const answer = await app.inject({ url: '/api/incidents/queue', headers: { authorization: `Bearer ${token}` } });
    return answer.json().total;
  };

  async function picture(page: Page, name: string): Promise<void> {
    expect(await seriousFindings(page), name).toEqual([]);
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  it('are decided one after another by keyboard, each with a reason, and undone', async () => {
    const page = await analyst('en', 1280);
    await page.getByRole('link', { name: 'Same event?' }).press('Enter');
    const before = await waiting();
    expect(before).toBeGreaterThan(1);
    await page.getByRole('heading', { name: `${before} reports wait` }).waitFor();
    await page.getByText('Why might it belong there?').first().press('Enter');
    await page.getByText('Sum').first().waitFor();
    await picture(page, 'links-en');
    const own = page.getByRole('button', { name: 'An event of its own' }).first();
    expect(await own.isDisabled()).toBe(true);
    await page.getByLabel('Why (stands in the record)').first().fill('another street and another hour');
    await own.press('Enter');
    await page.getByText('Decided, and in the record.').waitFor();
    expect(await waiting()).toBe(before - 1);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByRole('heading', { name: `${before} reports wait` }).waitFor();
    expect(await waiting()).toBe(before);

    await page.getByLabel('Why (stands in the record)').first().fill('the same three shells, told twice');
    await page.getByRole('button', { name: 'The same event' }).first().press('Enter');
    await page.getByText('Decided, and in the record.').waitFor();
    expect(await waiting()).toBe(before - 1);
  });

  it('are told in Arabic from the right, on a phone', async () => {
    const page = await analyst('ar', 390);
    await page.goto(`${origin}/desk/links?lang=ar`);
    await page.getByText('الحدث نفسه').first().waitFor();
    await picture(page, 'links-ar');
  });
});
