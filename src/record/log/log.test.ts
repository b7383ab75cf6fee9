/** The running log: tiles that an audit accepts, co-signing, receipts, the lagging mirror, and every refusal to sign. */

import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { testCtx, testWorld } from '../../../test/support/world.ts';
import type { Ctx, Db } from '../../db/index.ts';
import {
  append,
  appendAll,
  type NewEntry,
  openLog,
  type RecordLog,
  recordRoutes,
  startWitness,
  timeBounds,
} from '../index.ts';
import { folderSource, urlSource } from '../verify/command/sources.ts';
import {
  audit,
  checkProof,
  checkPublished,
  checkReceipt,
  nodeCrypto,
  parsePolicy,
  trustInPolicy,
} from '../verify/index.ts';

const base = mkdtempSync(join(tmpdir(), 'hudna-log-'));
let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  await db.close();
  rmSync(base, { recursive: true, force: true });
});

const ctxOf = (name: string, seed = 1): Ctx => testCtx(db, testWorld(seed, Date.now()), name);
const entry = (
  ctx: Ctx,
  i: number,
  visibility: 'open' | 'sealed' = 'sealed',
  content: NewEntry['content'] = { i },
): NewEntry => ({
  agreement: ctx.agreement,
  kind: visibility === 'open' ? 'bulletin.released' : 'report.received',
  object: `thing:${i % 7}`,
  visibility,
  content,
});
const addMany = (ctx: Ctx, count: number) =>
  ctx.db.inTransaction((tx) =>
    appendAll(
      tx,
      ctx,
      Array.from({ length: count }, (_, i) => entry(ctx, i, i % 5 ? 'sealed' : 'open')),
    ),
  );
const open = (ctx: Ctx, folder: string) =>
  openLog(ctx, { folder: join(base, folder), origin: `test.example/${ctx.agreement}` });
const trustOf = (log: RecordLog) => {
  const policy = parsePolicy(nodeCrypto, Buffer.from(log.policyText()));
  if ('fault' in policy) throw new Error(policy.fault);
  return trustInPolicy(policy);
};
const auditOf = (log: RecordLog, source = folderSource(log.folder)) =>
  audit({ crypto: nodeCrypto, source, trust: trustOf(log) });

describe('the log', () => {
  it('grows through every tile boundary into something that an audit accepts, also after a restart', async () => {
    const ctx = ctxOf('grow');
    let log = await open(ctx, 'grow');
    let size = 0;
    for (const step of [0, 1, 254, 1, 1, 255, 3, 600]) {
      if (step > 0) await addMany(ctx, step);
      size += step;
      await log.round();
      expect((await auditOf(log)).finding).toMatchObject({ outcome: 'valid' });
      expect(log.status()).toMatchObject({ size, state: 'unwitnessed', refusal: null });
      log = await open(ctx, 'grow');
    }
  });

  it('proves an open entry as a published document and a sealed one by receipt', async () => {
    const ctx = ctxOf('prove', 2);
    const log = await open(ctx, 'prove');
    const content = { day: '2016-04-28', counts: { shelling: 3 } };
    const { index } = await ctx.db.inTransaction((tx) => append(tx, ctx, entry(ctx, 0, 'open', content)));
    const promised = Buffer.from(JSON.stringify(await log.receipt(index)));
    const options = { crypto: nodeCrypto, trust: trustOf(log) };
    const now = Date.now() / 1_000;
    expect(checkReceipt(options, promised, now).finding).toMatchObject({ outcome: 'incomplete', code: 'promise-only' });
    expect(checkReceipt(options, promised, now + 90).finding.code).toBe('promise-broken');
    await addMany(ctx, 300);
    await log.round();
    expect(checkReceipt(options, Buffer.from(JSON.stringify(await log.receipt(index))), now).finding.outcome).toBe(
      'valid',
    );
    expect(checkReceipt(options, Buffer.from(JSON.stringify(await log.receipt(7))), now).finding.outcome).toBe('valid');
    const record = await log.evidence(index);
    const document = (over: object = {}) => Buffer.from(JSON.stringify({ ...content, record, ...over }));
    expect(checkPublished(options, document()).finding.outcome).toBe('valid');
    expect(checkPublished(options, document({ day: '2016-04-29' })).finding.code).toBe('wrong-content');
    expect(checkPublished(options, document({ record: null })).finding.code).toBe('draft');
    expect(checkProof(options, Buffer.from(record?.proof ?? ''), Buffer.from('other')).finding.code).toBe(
      'not-included',
    );
  });

  it('erases a content and every proof still verifies', async () => {
    const ctx = ctxOf('erase', 3);
    const log = await open(ctx, 'erase');
    await addMany(ctx, 20);
    await log.round();
    await ctx.db.run("delete from entry_contents where agreement_id = 'erase' and index = 5");
    const record = await log.evidence(5);
    expect(record?.salt).toBeNull();
    const proof = Buffer.from(record?.proof ?? '');
    expect(checkProof({ crypto: nodeCrypto, trust: trustOf(log) }, proof).finding.outcome).toBe('valid');
    expect((await auditOf(log)).finding.outcome).toBe('valid');
  });
});

describe('witnessing', () => {
  it('is full, then partial with a silent chair, then full again; stops when a witness has seen more', async () => {
    const ctx = ctxOf('chairs', 4);
    const folder = join(base, 'chairs');
    const logKey = (await open(ctx, 'chairs')).policyText().split(' ')[1]?.split('\n')[0] ?? '';
    const start = (name: string, port = 0) =>
      startWitness({
        origin: 'test.example/chairs',
        logKeys: [logKey],
        keyPath: join(base, `${name}.key`),
        statePath: join(base, `${name}.state`),
        name: `${name}.example/w`,
        port,
      });
    const witnesses = await Promise.all(['a', 'b', 'u'].map((name) => start(name)));
    const lines = witnesses.map((w, i) => `witness ${'ABU'[i]} ${w.vkey} ${w.url}`);
    writeFileSync(
      join(folder, 'policy'),
      [`log ${logKey}`, ...lines, 'group chairs all A B', 'group full all chairs U', 'quorum full', ''].join('\n'),
    );
    const log = await open(ctx, 'chairs');
    await addMany(ctx, 10);
    await log.round();
    expect(log.status()).toMatchObject({ state: 'full', clocksApart: null });
    expect((await auditOf(log)).finding.outcome).toBe('valid');

    // The next entry carries the co-signed checkpoint as its beacon, and is bounded by two co-signed moments.
    const later = await ctx.db.inTransaction((tx) => append(tx, ctx, entry(ctx, 1, 'open')));
    await log.round();
    const bounds = await timeBounds(db, 'chairs', later.index);
    expect(bounds.notBefore?.getTime()).toBeLessThanOrEqual(bounds.notAfter?.getTime() ?? 0);
    expect(bounds.notBefore).not.toBeNull();

    const port = Number(new URL(witnesses[1]?.url ?? '').port);
    await witnesses[1]?.close();
    await addMany(ctx, 3);
    await log.round();
    const partial = log.status();
    expect(partial.state).toBe('partial');
    expect(partial.witnesses.find((w) => w.name === 'B')?.silentSince).not.toBeNull();
    expect((await auditOf(log)).finding).toMatchObject({
      outcome: 'partial',
      code: 'quorum-missing',
      params: { silent: 'B' },
    });

    const back = await start('b', port);
    await log.round();
    expect(log.status().state).toBe('full');

    // The same key and policy over an older state of everything: only a witness can tell.
    const older = ctxOf('chairs-older', 5);
    cpSync(join(folder, 'keys'), join(base, 'older', 'keys'), { recursive: true });
    cpSync(join(folder, 'policy'), join(base, 'older', 'policy'));
    const restored = await openLog(older, { folder: join(base, 'older'), origin: 'test.example/chairs' });
    await addMany(older, 4);
    await restored.round();
    expect(restored.status()).toMatchObject({ state: 'refusing' });
    expect(restored.status().refusal).toMatch(/co-signed size 14; this log has only size 4/);
    // It is asked again, and signs nothing meanwhile.
    await addMany(older, 4);
    await restored.round();
    expect(restored.status().size).toBe(4);
    await Promise.all([witnesses[0]?.close(), witnesses[2]?.close(), back.close()]);
  });
});

describe('a witness that lies', () => {
  it('stops the log when it is alone, and not when the others agree with the log', async () => {
    const ctx = ctxOf('liar', 12);
    const folder = join(base, 'liar');
    const logKey = (await open(ctx, 'liar')).policyText().split(' ')[1]?.split('\n')[0] ?? '';
    const options = { origin: 'test.example/liar', logKeys: [logKey], port: 0 };
    const start = (name: string) =>
      startWitness({
        ...options,
        keyPath: join(base, `liar-${name}.key`),
        statePath: join(base, `liar-${name}.state`),
        name: `${name}.example/w`,
      });
    const [honest, liar] = [await start('honest'), await start('liar')];
    const lies = createServer((_, response) =>
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('999\n'),
    );
    await new Promise<void>((done) => lies.listen(0, '127.0.0.1', done));
    const { port } = lies.address() as AddressInfo;
    const policyOf = (...names: string[]) => {
      const urls: Readonly<Record<string, string>> = {
        H: `${honest.vkey} ${honest.url}`,
        L: `${liar.vkey} http://127.0.0.1:${port}`,
      };
      writeFileSync(
        join(folder, 'policy'),
        [
          `log ${logKey}`,
          ...names.map((n) => `witness ${n} ${urls[n]}`),
          `group any-of any ${names.join(' ')}`,
          'quorum any-of',
          '',
        ].join('\n'),
      );
    };
    policyOf('H', 'L');
    await addMany(ctx, 3);
    const both = await open(ctx, 'liar');
    await both.round();
    expect(both.status()).toMatchObject({ state: 'full', size: 3 });
    policyOf('L');
    const alone = await open(ctx, 'liar');
    await addMany(ctx, 3);
    await alone.round();
    expect(alone.status()).toMatchObject({ state: 'refusing', size: 3 });
    lies.close();
    await Promise.all([honest.close(), liar.close()]);
  });
});

describe('the public mirror', () => {
  it('gives nothing beyond its own size, ends on a full multiple, and passes an audit over HTTP', async () => {
    const ctx = ctxOf('mirror', 6);
    const log = await open(ctx, 'mirror');
    const app = fastify();
    await app.register(recordRoutes(log), { prefix: '/record' });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const get = async (path: string) => (await fetch(`${address}/record/${path}`)).status;
    await addMany(ctx, 130);
    await log.round();
    expect([await get('checkpoint'), await get('tile/0/000.p/130')]).toEqual([404, 404]);
    await log.publish();
    expect(log.status().publicSize).toBe(256);
    await addMany(ctx, 300);
    await log.round();
    expect(log.status()).toMatchObject({ size: 556, publicSize: 256 });
    expect([await get('tile/0/000'), await get('tile/entries/000'), await get('tile/1/000.p/1')]).toEqual([
      200, 200, 200,
    ]);
    const shown = (await (await fetch(`${address}/record/status`)).json()) as { size: number; root: string };
    expect(shown).toMatchObject({ size: 256, publicSize: 256 });
    expect(shown.root).toBe(log.mirror.checkpoint()?.toString().split('\n')[2]);
    expect([await get('tile/0/001'), await get('tile/entries/002.p/44'), await get('tile/1/000.p/2')]).toEqual([
      404, 404, 404,
    ]);
    expect([await get('tile/0/../../keys/log.key'), await get('tile/0/0'), await get('tile/64/000')]).toEqual([
      404, 404, 404,
    ]);
    const report = await auditOf(log, urlSource(`${address}/record`));
    expect(report).toMatchObject({ finding: { outcome: 'valid' }, checked: 256 });
    expect(await (await fetch(`${address}/record/policy`)).text()).toBe(log.policyText());
    await app.close();
  });

  it('serves a partial tile cut from the full one when the log has grown past it', async () => {
    const ctx = ctxOf('cut', 7);
    const log = await open(ctx, 'cut');
    await addMany(ctx, 100);
    await log.publish();
    const before = await log.mirror.tile({ level: 'entries', n: 0, width: 128 });
    await addMany(ctx, 300);
    await log.round();
    expect([existsSync(join(log.folder, 'tile/0/000')), existsSync(join(log.folder, 'tile/0/000.p'))]).toEqual([
      true,
      false,
    ]);
    expect(await log.mirror.tile({ level: 'entries', n: 0, width: 128 })).toEqual(before);
    expect((await log.mirror.tile({ level: 0, n: 0, width: 128 }))?.length).toBe(4_096);
  });
});

describe('a refusal to sign', () => {
  const refusing = async (name: string, seed: number, harm: (ctx: Ctx, folder: string) => Promise<unknown>) => {
    const ctx = ctxOf(name, seed);
    const log = await open(ctx, name);
    await addMany(ctx, 30);
    await log.round();
    await addMany(ctx, 12);
    await log.round();
    await harm(ctx, join(base, name));
    const again = await open(ctx, name);
    await addMany(ctx, 5).catch(() => {});
    await again.round();
    return again.status();
  };
  const unlocked = (sql: string) => async () => {
    await db.inTransaction(async (tx) => {
      await tx.run('alter table entries disable trigger all');
      await tx.run(sql);
      await tx.run('alter table entries enable trigger all');
    });
  };

  it('names both checkpoints when the database was set back', async () => {
    const setBack =
      "update log_heads set size = 30, root = decode(repeat('00', 32), 'hex') where agreement_id = 'back'";
    const status = await refusing('back', 8, () => db.run(setBack));
    expect(status.state).toBe('refusing');
    expect(status.refusal).toMatch(/behind.*Signed checkpoint: size 42, root .+Database: size 30, root/);
    expect(status.size).toBe(0);
  });

  it('comes when an entry was altered, or the last ones are gone', async () => {
    const altered =
      "update entries set envelope = replace(envelope, 'received', 'receives') where agreement_id = 'altered' and index = 4";
    expect((await refusing('altered', 9, unlocked(altered))).refusal).toMatch(/entry 4/);
    const gone = "delete from entries where agreement_id = 'gone' and index >= 40";
    expect((await refusing('gone', 10, unlocked(gone))).refusal).toMatch(/holds only 40 entries/);
  });

  it('does not come when only the files are behind: they are made again from the entries', async () => {
    const status = await refusing('files', 11, async (_, folder) => rmSync(join(folder, 'log'), { recursive: true }));
    expect(status).toMatchObject({ refusal: null, size: 47 });
  });
});
