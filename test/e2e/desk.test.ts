/**
 * The desk in a browser, with a passkey device that Chromium itself plays: the first link, an invitation, roles, removal and
 * its undoing, an act of two persons, by keyboard, in three languages, clean by axe, without complaint of the page's policy.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { invite, inviteFirst } from '../../src/access/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { CHROMIUM, seriousFindings, startBrowser } from '../support/browser.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { describeWith } from '../support/needs.ts';

const REPORT = JSON.stringify({
  id: 'd-1',
  source: { name: 'شبكة', kind: 'newspaper' },
  published: '2016-05-12',
  lang: 'ar',
  text: 'قصف مدفعي على إعزاز أمس أدى إلى مقتل خمسة مدنيين.',
});
/** A passkey device of a laptop, which says yes at once. */
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
/** Set to a folder to keep pictures of each page. */
const PICTURES = process.env.HUDNA_PICTURES;

describeWith([CHROMIUM], 'the desk in a browser', () => {
  let at: TestHouse;
  let app: FastifyInstance;
  let browser: Browser;
  let origin: string;
  const complaints: string[] = [];
  const outside: string[] = [];

  beforeAll(async () => {
    const { folder: webDir } = await buildWeb();
    at = await testHouse();
    await at.importText(REPORT);
    app = await buildApp(at.house, { webDir, sample: null, record: null });
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await at?.close();
  });

  /** A browser of its own, with a passkey device. */
  async function person(width = 1280) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== origin) outside.push(url.href);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A refusal that the test asks for is no complaint.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(message.text());
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
    return { page, context, devtools, authenticatorId };
  }

  async function picture(page: Page, name: string): Promise<void> {
    expect(await seriousFindings(page), name).toEqual([]);
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  const joinBy = async (page: Page, secret: string, lang = 'en') => {
    await page.goto(`${origin}/desk/join?lang=${lang}#${secret}`);
    await page.getByRole('button', { name: /Make a passkey|اصنع مفتاح|Создать ключ/ }).click();
    await page.waitForURL(/\/desk\/account/);
  };
  const invited = async (organisation: string, ...roles: string[]) =>
    (await invite(at.house.ctx(), { organisation, name: `Office of ${organisation}`, roles })).secret;

  it('lets the first administrator in by the link, out, and in again with the passkey, in Arabic', async () => {
    const { page, context } = await person();
    const { secret } = (await inviteFirst(at.house.ctx())) ?? { secret: '' };
    await page.goto(`${origin}/desk/join?lang=ar#${secret}`);
    await page.getByRole('textbox', { name: 'المؤسسة' }).fill('الخلية أ');
    await page.getByRole('textbox', { name: 'الاسم المعلن' }).fill('مدير الحسابات 1');
    // What opens an account does not stay in the address bar.
    expect(page.url()).not.toContain(secret);
    await picture(page, 'join-ar');
    await page.getByRole('button', { name: 'اصنع مفتاح المرور وادخل' }).click();
    await page.waitForURL(/\/desk\/account/);
    await page.getByText('هذه الجلسة').waitFor();
    await picture(page, 'account-ar');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: '__Host-hudna', httpOnly: true, secure: true, sameSite: 'Strict', path: '/' });
    await page.getByRole('button', { name: 'الخروج' }).click();
    await page.waitForURL(/\/desk\/sign-in/);
    await picture(page, 'sign-in-ar');
    await page.getByRole('button', { name: 'ادخل بمفتاح المرور' }).press('Enter');
    await page.waitForURL(/\/desk\/account/);
    await page.getByText('الخلية أ').first().waitFor();
    await context.close();
  });

  it('refuses a device without a passkey of ours, in words', async () => {
    const { page, context } = await person();
    await page.goto(`${origin}/desk/sign-in?lang=en`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').getByText('nothing has changed').waitFor({ timeout: 150_000 });
    await context.close();
  });

  it('invites, changes roles, removes and undoes it, by keyboard alone', async () => {
    const admin = await person();
    await joinBy(admin.page, await invited('Cell A', 'administrator'));
    await admin.page.goto(`${origin}/desk/people?lang=en`);
    await admin.page.getByRole('textbox', { name: 'Public name' }).fill('Analyst 2');
    const box = admin.page.getByRole('checkbox', { name: 'Analyst' });
    await box.focus();
    await admin.page.keyboard.press('Space');
    await admin.page.getByRole('button', { name: 'Make the link' }).press('Enter');
    const link = (await admin.page.locator('[data-link]').textContent()) ?? '';
    expect(link).toMatch(/^http:\/\/localhost:\d+\/desk\/join#[0-9a-f]{64}$/);
    await picture(admin.page, 'people-en');

    const analyst = await person(390);
    await joinBy(analyst.page, link.split('#')[1] ?? '', 'ru');
    await picture(analyst.page, 'account-ru-phone');

    await admin.page.reload();
    const row = admin.page.getByRole('listitem').filter({ hasText: 'Analyst 2' }).first();
    await row.getByRole('button', { name: 'Change roles' }).press('Enter');
    await row.getByRole('checkbox', { name: 'Assessor' }).press('Space');
    await row.getByRole('button', { name: 'Save' }).press('Enter');
    await admin.page.getByText('The roles of Analyst 2 were changed.').waitFor();
    await row.getByRole('button', { name: 'Remove' }).press('Enter');
    await admin.page.getByText('Analyst 2 was removed').waitFor();
    await picture(admin.page, 'people-removed-en');
    await analyst.page.reload();
    await analyst.page.getByText('Эта страница для сотрудников').waitFor();
    await admin.page.getByRole('status').getByRole('button', { name: 'Undo' }).press('Enter');
    await row.getByRole('button', { name: 'Remove' }).waitFor();
    await analyst.page.goto(`${origin}/desk/sign-in?lang=ru`);
    await analyst.page.getByRole('button', { name: 'Войти по ключу доступа' }).click();
    await analyst.page.waitForURL(/\/desk\/account/);
    for (const one of [admin, analyst]) await one.context.close();
  });

  it('carries out an act that persons of two organisations approve with their passkeys', async () => {
    const { items } = await at.get<{ items: { id: string }[] }>('/api/incidents');
    const incident = items[0]?.id ?? '';
    const [author, chair, other] = [await person(), await person(390), await person()];
    await joinBy(author.page, await invited('Cell A', 'analyst'));
    await joinBy(chair.page, await invited('Cell A', 'co_chair'), 'ar');
    await joinBy(other.page, await invited('Cell B', 'assessor'), 'ru');

    await author.page.goto(
      `${origin}/desk/approvals?lang=en&act=incident.dismiss&about=${encodeURIComponent(incident)}`,
    );
    await author.page.getByRole('textbox', { name: 'Reason' }).fill('two teams looked and found nothing');
    await picture(author.page, 'propose-en');
    await author.page.getByRole('button', { name: 'Propose', exact: true }).click();
    await author.page.locator('[data-hash="same"]').waitFor();
    expect(await author.page.locator('[data-text]').textContent()).toContain('two teams looked');
    await author.page.getByText('This is your proposal').waitFor();
    const id = new URL(author.page.url()).pathname;

    await chair.page.goto(`${origin}${id}?lang=ar`);
    await chair.page.locator('[data-hash="same"]').waitFor();
    await picture(chair.page, 'approval-ar-phone');
    await chair.page.getByRole('button', { name: 'أوافق على هذا النص' }).click();
    await chair.page.getByText('لقد وافقت.').waitFor();
    expect((await at.get<{ status: string }>(`/api/incidents/${incident}`)).status).not.toBe('dismissed');

    await other.page.goto(`${origin}/desk/approvals?lang=ru`);
    await other.page.getByText('Ждёт 1 предложение').waitFor();
    await picture(other.page, 'approvals-ru');
    await other.page.getByRole('link', { name: 'Отклонить инцидент' }).click();
    await other.page.getByRole('button', { name: 'Одобряю этот текст' }).click();
    await other.page.getByText('Исполнено').waitFor();
    await picture(other.page, 'approval-done-ru');
    expect((await at.get<{ status: string }>(`/api/incidents/${incident}`)).status).toBe('dismissed');

    const { page, context } = await person();
    await page.goto(`${origin}/incidents/${incident}?lang=ar`);
    await page.locator('[data-act="incident.dismiss"]').waitFor();
    await picture(page, 'incident-dismissed-ar');
    for (const one of [author, chair, other, { context }]) await one.context.close();
  });

  it('adds a second passkey, which the first signs for, and removes it again', async () => {
    const { page, context, devtools, authenticatorId } = await person();
    await joinBy(page, await invited('Cell Y', 'analyst'));
    // One device plays two: its passkey becomes one that a second of the same person does not replace, and what tells it
    // not to make a second is taken out of the answer.
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    for (const { userHandle: _userHandle, ...credential } of credentials) {
      const { credentialId } = credential;
      await devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
      const first = { ...credential, isResidentCredential: false };
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: first });
    }
    await page.route('**/api/passkeys/begin', async (route) => {
      const response = await route.fetch();
      const { ceremony, options } = (await response.json()) as { ceremony: string; options: object };
      await route.fulfill({ response, json: { ceremony, options: { ...options, excludeCredentials: [] } } });
    });
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const remove = page.getByRole('button', { name: 'Remove' });
    await remove.nth(1).waitFor();
    await picture(page, 'account-two-passkeys-en');
    await remove.nth(1).click();
    await remove.first().waitFor({ state: 'detached' });
    await context.close();
  });

  it('forgets what it showed when the session ends', async () => {
    const { page, context } = await person();
    await joinBy(page, await invited('Cell Z', 'administrator'));
    await page.clock.install();
    await page.goto(`${origin}/desk/people?lang=en`);
    await page.getByText('Office of Cell Z').first().waitFor();
    // The server's clock moves on with the page's: both find the session at rest for too long.
    at.advance(16 * 60_000);
    await page.clock.fastForward('16:00');
    await page.getByText('This page is for staff.').waitFor();
    expect(await page.content()).not.toContain('Office of Cell Z');
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
      'Cell Z',
    );
    await context.close();
  });

  it('offers the demo its role switcher, labelled as one', async () => {
    const { folder: webDir } = await buildWeb();
    const demo = await buildApp(at.house, { webDir, sample: { openDay: '2016-05-11' }, record: null, demo: true });
    const there = (await demo.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${there}/desk/account?lang=ar`);
    await page.getByText('أشخاص مختلقون').waitFor();
    await page.getByLabel('تجربة: تصرّف بصفة').selectOption('demo-cell-b-assessor');
    await page.getByText('Demo cell B assessor').first().waitFor();
    await picture(page, 'demo-ar');
    await page.getByLabel('تجربة: تصرّف بصفة').selectOption('');
    await page.getByText('هذه الصفحة للعاملين').waitFor();
    await context.close();
    await demo.close();
  });

  it('has asked no outside host and broken no rule of its own policy', () => {
    expect([outside, complaints]).toEqual([[], []]);
  });
});
