/**
 * Pages in Debian's Chromium for the end-to-end tests: each page notes what it asked for and what it complained of, so
 * that a test can demand that nothing went to an outside host and nothing broke.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Need, program } from './needs.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that `describeWith` asks for. */
export const CHROMIUM: Need = program('chromium', ...PLACES);

const axeSource = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface WatchedPage {
  readonly page: Page;
  /** Hosts asked for that are not the server's own. */
  readonly outside: string[];
  /** Errors of the console and of scripts. */
  readonly complaints: string[];
}

/** Starts the browser with software drawing, so that the map is drawn on any machine. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PLACES.find((path) => existsSync(path)),
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export async function openPage(browser: Browser, origin: string, width = 1280, height = 900): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width, height } });
  const outside: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) outside.push(url.href);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, outside, complaints };
}

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly first: string;
}

/** What axe finds by WCAG 2.2 A and AA on the page as it stands; serious and critical findings only. */
export async function seriousFindings(page: Page): Promise<Finding[]> {
  await page.evaluate(axeSource());
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]?.html.slice(0, 200) ?? '' }));
  });
  return findings.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
