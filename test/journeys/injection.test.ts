/** Words that try to be something else: SQL, markup, paths. They stay words, and no file but what is published is given. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../../src/record/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const EVIL = [
  "'; drop table report; --",
  "1' or '1'='1",
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}} $(7*7) %00',
];
const DAY = '2016-05-11';

describe('words that try to be something else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-paths-'));
  let at: TestHouse;
  let app: FastifyInstance;
  beforeAll(async () => {
    at = await testHouse();
    const lines = EVIL.map((evil, i) =>
      JSON.stringify({
        id: `e-${i}`,
        source: { name: `${evil} ${i}`, kind: 'newspaper', url: evil },
        published: '2016-05-12',
        lang: 'en',
        title: evil,
        text: `${evil} Artillery shelling hit the town of Azaz on Wednesday, killing ${i + 1} civilians.`,
      }),
    );
    await at.importText(`${lines.join('\n')}\n`);
    const record = await openLog(at.house.ctx(), { folder, origin: 'test.example/paths', publicLag: 'none' });
    await record.round();
    await record.publish();
    const webDir = join(folder, 'web');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(webDir);
    writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>web</title>');
    writeFileSync(join(folder, 'secret.txt'), 'zqsecretfile');
    app = await buildApp(at.house, { webDir, sample: null, record });
  });
  afterAll(async () => {
    await app.close();
    await at.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes quotes, comments and statements as the words they are', async () => {
    const { items } = await at.get<{ items: { title: string }[] }>('/api/reports');
    expect(items.map(({ title }) => title).sort()).toEqual([...EVIL].sort());
    for (const evil of EVIL) {
      const word = encodeURIComponent(evil);
      for (const url of [
        `/api/reports/${word}`,
        `/api/incidents/${word}`,
        `/api/days/${word}`,
        `/api/incidents?area=${word}&party=${word}`,
        `/api/incidents?cursor=${word}`,
        `/api/bulletins/${word}`,
        `/feeds/incidents.csv?from=${word}`,
      ]) {
        const answer = await app.inject({ url });
        expect([200, 400, 404], `${url} ${answer.body}`).toContain(answer.statusCode);
      }
    }
    expect((await at.get<{ items: unknown[] }>('/api/reports')).items).toHaveLength(EVIL.length);
  });

  it('shows markup as the letters it is made of', async () => {
    for (const lang of ['ar', 'en', 'ru']) {
      const { body } = await app.inject({ url: `/bulletins/${DAY}?lang=${lang}` });
      expect(body).toContain('&lt;script&gt;');
      expect(body).not.toMatch(/<script|<img|href="javascript:/i);
    }
  });

  it('gives no file outside the record for any path', async () => {
    const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', './../', '/..//../', '%252e%252e%252f'];
    const wanted = ['secret.txt', 'keys/log.key', 'authors.seed', '.git/config', 'package.json', 'etc/passwd'];
    for (const root of ['/', '/assets/', '/record/tile/', '/record/tile/entries/', '/record/', '/bulletins/']) {
      for (const up of ups) {
        for (const file of wanted) {
          const { statusCode, body } = await app.inject({ url: `${root}${up.repeat(4)}${file}` });
          expect(body, `${root}${up}${file}`).not.toMatch(/zqsecretfile|PRIVATE\+KEY|root:x:|"dependencies"|\[core\]/);
          expect(statusCode === 200 && !body.includes('<title>web</title>'), `${root}${up}${file}`).toBe(false);
        }
      }
    }
    for (const file of ['.git/HEAD', '.git/config', '.svn/entries', '.env', 'package.json', '.ci/run'])
      expect((await app.inject({ url: `/${file}` })).statusCode, file).toBe(404);
  });
});
