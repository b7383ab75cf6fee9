/**
 * A custodian opens a sealed identity in a browser: the opening is in the record before anything is shown, the key goes
 * nowhere, another key opens nothing, and what was shown can be hidden. By keyboard, in Arabic and English.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.ts';
import { invite } from '../../src/access/index.ts';
import { read } from '../../src/record/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { CHROMIUM, seriousFindings, startBrowser } from '../support/browser.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { sealIdentity, send, setUpIntake, submissionOf, type TestIntake } from '../support/intake.ts';
import { describeWith } from '../support/needs.ts';

const NAME = 'zqcanaryname';
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
const PICTURES = process.env.HUDNA_PICTURES;

describeWith([CHROMIUM], 'custody in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-custody-'));
  const keyFile = (name: string) => join(folder, name);
  let at: TestHouse;
  let app: FastifyInstance;
  let browser: Browser;
  let origin: string;
  let intake: TestIntake;
  let receipt: string;
  const sent: string[] = [];

  beforeAll(async () => {
    const { folder: webDir } = await buildWeb();
    at = await testHouse();
    app = await buildApp(at.house, { webDir, sample: null, record: null });
    intake = await setUpIntake(at.house);
    const identity = await sealIdentity({ name: NAME, phone: '', reach: 'after sunset' }, intake.recipients);
    receipt = (await send(app, submissionOf('سمعنا قصفا', { identity }))).json().receipt;
    writeFileSync(keyFile('own.key'), `# public key: ${intake.recipients[0]}\n${intake.custodian}\n`);
    writeFileSync(keyFile('other.key'), await generateX25519Identity());
    writeFileSync(keyFile('none.txt'), 'no key here');
    origin = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await at?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signedIn(role: string, lang: string, width = 1280): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
    const { secret } = await invite(at.house.ctx(), {
      organisation: intake.organisation,
      name: `${role} ${lang} ${width}`,
      roles: [role],
    });
    await page.goto(`${origin}/desk/join?lang=${lang}#${secret}`);
    await page.getByRole('button', { name: /Make a passkey|اصنع مفتاح/ }).click();
    await page.waitForURL(/\/desk\/account/);
    return page;
  }

  const openings = async () =>
    (await read(at.house.ctx().db, { agreement: at.house.ctx().agreement })).filter(
      ({ kind }) => kind === 'identity.opened',
    );

  async function picture(page: Page, name: string): Promise<void> {
    expect(await seriousFindings(page), name).toEqual([]);
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  it('opens with the custodian’s key after the record has it, by keyboard; another key opens nothing', async () => {
    const page = await signedIn('custodian', 'en');
    await page.getByRole('link', { name: 'Sealed identities' }).press('Enter');
    const button = page.getByRole('button', { name: 'Open an identity' });
    await picture(page, 'custody-en');
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel('Your secret key (a file)').setInputFiles(keyFile('none.txt'));
    await page.getByText('There is no secret key in this file').waitFor();

    await page.getByLabel('Receipt number').fill(receipt);
    await page.getByLabel('Why it must be known who spoke').fill('a call back was agreed');
    await page.getByLabel('Your secret key (a file)').setInputFiles(keyFile('other.key'));
    await page.getByText('One key read').waitFor();
    await button.press('Enter');
    await page.getByText('not sealed to this key').waitFor();
    expect(await openings()).toHaveLength(1);

    await page.getByLabel('Your secret key (a file)').setInputFiles(keyFile('own.key'));
    await button.press('Enter');
    await page.getByText(NAME).waitFor();
    await page.getByText('after sunset').waitFor();
    expect(await openings()).toHaveLength(2);
    await picture(page, 'custody-opened-en');
    await page.getByRole('button', { name: 'Hide' }).press('Enter');
    await page.getByText(NAME).waitFor({ state: 'detached' });
    expect(sent.filter((one) => /AGE-SECRET|zqcanary/i.test(one))).toEqual([]);
  });

  it('says in words that a number is not known', async () => {
    const page = await signedIn('custodian', 'ar', 390);
    await page.goto(`${origin}/desk/custody?lang=ar`);
    await page.getByLabel('رقم الإيصال').fill('0000-0000-0000');
    await page.getByLabel('لماذا يجب أن يُعرف من تكلّم').fill('اتفقنا على معاودة الاتصال');
    await page.getByLabel('مفتاحك السري (ملف)').setInputFiles(keyFile('own.key'));
    await page.getByText('قُرئ مفتاح واحد').waitFor();
    await page.getByRole('button', { name: 'افتح هوية' }).press('Enter');
    await page.getByRole('alert').getByText(/./).waitFor();
    await picture(page, 'custody-ar');
  });

  it('is not there for others', async () => {
    const page = await signedIn('analyst', 'en');
    expect(await page.getByRole('link', { name: 'Sealed identities' }).count()).toBe(0);
    await page.goto(`${origin}/desk/custody?lang=en`);
    await page.getByText('not among your roles').or(page.getByText(/role/)).first().waitFor();
    expect(await page.getByLabel('Receipt number').count()).toBe(0);
  });
});
