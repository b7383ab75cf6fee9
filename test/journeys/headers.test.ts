/** What every answer tells a browser: no script but our own, no inline, no frame, no referrer; TLS for good where there is TLS. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const PAGES = ['/', '/docs', '/bulletins/2016-05-11', '/api/days', '/api/session', '/nothing', '/feeds/incidents.csv'];

describe('the headers of every answer', () => {
  let at: TestHouse;
  let secure: FastifyInstance;
  beforeAll(async () => {
    at = await testHouse();
    secure = await buildApp(at.house, {
      webDir: undefined,
      sample: null,
      record: null,
      origin: 'https://hudna.example',
    });
  });
  afterAll(async () => {
    await secure.close();
    await at.close();
  });

  it('allow nothing inline and nothing from elsewhere', async () => {
    const nonces = new Set<string>();
    for (const url of PAGES) {
      const { headers } = await at.app.inject({ url });
      const policy = String(headers['content-security-policy']);
      expect(policy, url).not.toMatch(/unsafe|https?:|\*/);
      expect(policy, url).toContain("default-src 'none'");
      expect(policy, url).toContain("frame-ancestors 'none'");
      expect(policy, url).toContain("base-uri 'none'");
      nonces.add(/script-src [^;]*'nonce-([0-9a-f]{32})'/.exec(policy)?.[1] ?? '');
      expect(headers['x-content-type-options'], url).toBe('nosniff');
      expect(headers['referrer-policy'], url).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy'], url).toBe('same-origin');
      expect(headers['access-control-allow-origin'], url).toBeUndefined();
      expect(headers.server ?? headers['x-powered-by'], url).toBeUndefined();
    }
    // A nonce is good for one answer.
    expect(nonces.size).toBe(PAGES.length);
    expect(nonces.has('')).toBe(false);
  });

  it('ask for TLS for a year where the server is behind TLS, and only there', async () => {
    expect((await at.app.inject({ url: '/api/days' })).headers['strict-transport-security']).toBeUndefined();
    const { headers } = await secure.inject({ url: '/api/days' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it('say the type of what is answered, in UTF-8, and of refusals that they are problems', async () => {
    const type = async (url: string) => String((await at.app.inject({ url })).headers['content-type']);
    expect(await type('/api/days')).toBe('application/json; charset=utf-8');
    expect(await type('/bulletins/2016-05-11')).toBe('text/html; charset=utf-8');
    expect(await type('/feeds/incidents.csv')).toBe('text/csv; charset=utf-8');
    expect(await type('/api/people')).toBe('application/problem+json; charset=utf-8');
  });

  it('answer other methods with a refusal, and a bulletin’s script or image tags never', async () => {
    for (const method of ['TRACE', 'PATCH', 'OPTIONS'] as const)
      expect((await at.app.inject({ method: method as 'PATCH', url: '/api/days' })).statusCode).toBeGreaterThanOrEqual(
        400,
      );
    const { body } = await at.app.inject({ url: '/bulletins/2016-05-11' });
    expect(body).not.toMatch(/<script|<img|<iframe|\son[a-z]+=/);
  });
});
