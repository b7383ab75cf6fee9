/**
 * Changing the log's key, with real witnesses: handed over by both keys, continued without the old one, cut short by a
 * crash; and everything that somebody could do with an old key or an altered handover.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { testCtx, testWorld } from '../../../test/support/world.ts';
import type { Ctx, Db } from '../../db/index.ts';
import { announceKeyChange, appendAll, openLog, type RecordLog, type RunningWitness, startWitness } from '../index.ts';
import { folderSource } from '../verify/command/sources.ts';
import { checkpointText, nodeCrypto, parseHandovers, runVerify, TileTree, utf8 } from '../verify/index.ts';
import { prepareNextKey } from './log-keys.ts';
import { parseSigningKey, type SigningKey } from './signing-key.ts';

const base = mkdtempSync(join(tmpdir(), 'hudna-key-change-'));
const witnesses: RunningWitness[] = [];
let db: Db;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  await Promise.all(witnesses.map((witness) => witness.close()));
  await db.close();
  rmSync(base, { recursive: true, force: true });
});

const originOf = (name: string) => `test.example/${name}`;
const add = (ctx: Ctx, count: number) =>
  ctx.db.inTransaction((tx) =>
    appendAll(
      tx,
      ctx,
      Array.from({ length: count }, (_, i) => ({
        agreement: ctx.agreement,
        kind: i % 4 === 0 ? 'bulletin.released' : 'report.received',
        object: `thing:${i}`,
        visibility: i % 4 === 0 ? ('open' as const) : ('sealed' as const),
        content: { i },
      })),
    ),
  );
const keyOf = (path: string): SigningKey => {
  const key = parseSigningKey(readFileSync(path, 'utf8').trim());
  if (!key) throw new Error(`${path} is no key`);
  return key;
};

/** A log with its folder, and what a test does to it. */
class Site {
  readonly ctx: Ctx;
  readonly folder: string;
  readonly name: string;
  log: RecordLog;

  private constructor(ctx: Ctx, name: string, log: RecordLog) {
    this.ctx = ctx;
    this.name = name;
    this.folder = join(base, name);
    this.log = log;
  }

  static async open(name: string, seed: number): Promise<Site> {
    const ctx = testCtx(db, testWorld(seed, Date.now()), name);
    return new Site(ctx, name, await openLog(ctx, { folder: join(base, name), origin: originOf(name) }));
  }

  async reopen(): Promise<void> {
    this.log = await openLog(this.ctx, { folder: this.folder, origin: originOf(this.name) });
  }

  at = (...parts: string[]) => join(this.folder, ...parts);
  old = () => /^log (\S+)/m.exec(this.log.policyText())?.[1] ?? '';
  prepare = () => prepareNextKey(this.folder, originOf(this.name), this.ctx.random);

  /** What two organisations decide, as the house writes it down. */
  announce(oldKey: 'signs' | 'lost' = 'signs') {
    const prepared = this.log.preparedKey();
    if (!prepared) throw new Error('nothing is prepared');
    const decided = { ...prepared, oldKey, reason: 'a yearly change', by: ['A', 'B'], proposal: 'p', sha256: 's' };
    return this.ctx.db.inTransaction((tx) => announceKeyChange(tx, this.ctx, prepared, decided));
  }

  /** Two witnesses whose operators have configured these keys of the log, in a policy that asks for both. */
  async witnessed(keys: readonly string[]): Promise<readonly RunningWitness[]> {
    const started: RunningWitness[] = [];
    for (const name of ['a', 'b']) started.push(await this.witness(name, keys));
    witnesses.push(...started);
    const lines = started.map((one, i) => `witness ${'AB'[i]} ${one.vkey} ${one.url}`);
    writeFileSync(
      this.at('policy'),
      [`log ${this.old()}`, ...lines, 'group all-two all A B', 'quorum all-two', ''].join('\n'),
    );
    await this.reopen();
    return started;
  }

  witness = (name: string, logKeys: readonly string[]) =>
    startWitness({
      origin: originOf(this.name),
      logKeys,
      keyPath: this.at(`${name}.key`),
      statePath: this.at(`${name}.state`),
      name: `${name}.example/w`,
      port: 0,
    });

  file(name: string, text: string): string {
    const path = this.at(name);
    writeFileSync(path, text);
    return path;
  }

  /** Replaces the log's checkpoint by one of any key at any size that the tiles hold. */
  async forge(size: number, ...keys: readonly SigningKey[]): Promise<string> {
    const folder = this.at(`forged-${size}-${keys.length}`);
    cpSync(this.log.folder, folder, { recursive: true });
    const root = await new TileTree(nodeCrypto, folderSource(folder), this.log.status().size).root(size);
    const text = checkpointText(originOf(this.name), size, root);
    writeFileSync(join(folder, 'checkpoint'), `${text}\n${keys.map((key) => key.signNote(text)).join('')}`);
    return folder;
  }
}

async function verify(...words: string[]) {
  let out = '';
  let err = '';
  const code = await runVerify([...words, '--json'], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => Math.floor(Date.now() / 1_000),
  });
  return { exit: code, err, ...(out ? JSON.parse(out) : {}) };
}

describe('a key that is handed over', () => {
  let site: Site;
  let [oldVkey, newVkey] = ['', ''];
  let oldKey: SigningKey;
  let oldText = '';
  let size = 0;

  beforeAll(async () => {
    site = await Site.open('handed', 1);
    oldVkey = site.old();
    newVkey = site.prepare();
    oldText = readFileSync(site.at('keys', 'log.key'), 'utf8');
    oldKey = keyOf(site.at('keys', 'log.key'));
    await site.witnessed([oldVkey, newVkey]);
    await add(site.ctx, 300);
    await site.log.publish();
    await site.announce();
    await add(site.ctx, 40);
    await site.log.round();
  });

  it('signs with the old key until the public checkpoint moves, then once with both, then with the new one', async () => {
    const linesOf = () =>
      readFileSync(join(site.log.folder, 'checkpoint'), 'utf8').split('\n\n')[1]?.trim().split('\n') ?? [];
    expect([site.log.status().state, linesOf().length, site.log.policyText().includes(newVkey)]).toEqual([
      'full',
      3,
      false,
    ]);
    expect((await verify('audit', site.log.folder, '--vkey', oldVkey)).code).toBe('handover-missing');

    await site.log.publish();
    size = site.log.status().publicSize;
    expect([size % 128, site.log.status().state]).toEqual([0, 'full']);
    const note = site.log.mirror.checkpoint()?.toString() ?? '';
    expect(note.split('\n\n')[1]?.trim().split('\n')).toHaveLength(4);
    expect(site.log.policyText()).toContain(`log ${newVkey}\n# handed over at ${size} entries: ${oldVkey}\n`);
    expect(site.log.publicStatus().keyChanges).toMatchObject([
      { size, from: oldVkey, to: newVkey, oldKeySigned: true, reason: 'a yearly change', by: ['A', 'B'] },
    ]);
    expect([existsSync(site.at('keys', 'next.key')), keyOf(site.at('keys', 'log.key')).verifier.id]).toEqual([
      false,
      newVkey.split('+')[1],
    ]);

    await add(site.ctx, 30);
    await site.log.round();
    // The witnesses had both keys: the quorum stands on the new one alone.
    expect([site.log.status().state, linesOf().length]).toEqual(['full', 3]);
    await site.reopen();
    await add(site.ctx, 30);
    await site.log.publish();
    expect(site.log.status()).toMatchObject({ state: 'full', refusal: null });
  });

  it('is valid for who pins the new key or the new policy, and names the next key to who pins the old one', async () => {
    const policy = site.file('new-policy', site.log.policyText());
    const fresh = await verify('audit', site.log.folder, '--policy', policy);
    expect(fresh).toMatchObject({ exit: 0, handovers: [{ size, oldKeySigned: true, to: newVkey }] });
    expect(await verify('audit', site.log.folder, '--vkey', newVkey)).toMatchObject({ exit: 0 });
    expect(await verify('audit', site.log.folder, '--vkey', oldVkey)).toMatchObject({
      exit: 4,
      code: 'key-changed',
      size,
      checked: size,
      pin: newVkey,
    });
    expect(await verify('checkpoint', site.log.folder, '--vkey', oldVkey)).toMatchObject({ exit: 4, pin: newVkey });
    const seen = site.file('handover-checkpoint', site.log.mirror.checkpoint()?.toString() ?? '');
    expect((await verify('audit', site.log.folder, '--vkey', newVkey, '--seen', seen)).exit).toBe(0);
  });

  it('lets a proof and a checkpoint of the old key stand, through the handover', async () => {
    const folder = await site.forge(size, oldKey);
    const older = join(folder, 'checkpoint');
    expect((await verify('checkpoint', older, '--vkey', newVkey)).code).toBe('not-signed');
    const handovers = join(site.log.folder, 'handovers');
    expect((await verify('checkpoint', older, '--vkey', newVkey, '--handovers', handovers)).exit).toBe(0);
    expect((await verify('audit', site.log.folder, '--vkey', newVkey, '--seen', older)).exit).toBe(0);
  });

  it('finds the old key signing after the handover, whoever is pinned', async () => {
    const folder = await site.forge(site.log.status().size, oldKey);
    for (const pins of [[oldVkey], [newVkey], [oldVkey, newVkey]]) {
      const words = pins.flatMap((vkey) => ['--vkey', vkey]);
      expect(await verify('audit', folder, ...words)).toMatchObject({ exit: 2, code: 'key-out-of-time' });
    }
    // Without its handovers the log shows by its own entry that something is missing.
    rmSync(join(folder, 'handovers'));
    expect(await verify('audit', folder, '--vkey', oldVkey)).toMatchObject({ exit: 4, code: 'handover-missing' });
    expect(await verify('audit', folder, '--vkey', newVkey)).toMatchObject({ exit: 2, code: 'not-signed' });
  });

  it('is kept by the witnesses: the old key alone is refused by one that has seen the new one, also after a restart', async () => {
    const witness = await site.witness('c', [oldVkey, newVkey]);
    const post = async (url: string, note: string) =>
      (await fetch(`${url}/add-checkpoint`, { method: 'POST', body: `old 0\n\n${note}` })).status;
    const at = async (...keys: SigningKey[]) =>
      readFileSync(join(await site.forge(size, ...keys), 'checkpoint'), 'utf8');
    expect(await post(witness.url, await at(oldKey))).toBe(200);
    await witness.close();
    rmSync(site.at('c.state'));
    const again = await site.witness('c', [oldVkey, newVkey]);
    expect(await post(again.url, await at(oldKey, keyOf(site.at('keys', 'log.key'))))).toBe(200);
    expect(await post(again.url, await at(oldKey))).toBe(403);
    await again.close();
    const third = await site.witness('c', [oldVkey, newVkey]);
    expect(await post(third.url, await at(oldKey))).toBe(403);
    await third.close();
  });

  it('does not start with the old key in the place of the new one', async () => {
    const folder = join(base, 'handed-copy');
    cpSync(site.folder, folder, { recursive: true });
    writeFileSync(join(folder, 'keys', 'log.key'), oldText);
    await expect(openLog(site.ctx, { folder, origin: originOf('handed') })).rejects.toMatchObject({
      kind: { code: 'record/key-unusable' },
    });
  });

  it('finishes at the next start what a crash cut short', async () => {
    const folder = join(base, 'handed-crash');
    cpSync(site.folder, folder, { recursive: true });
    cpSync(join(folder, 'keys', 'log.key'), join(folder, 'keys', 'next.key'));
    writeFileSync(join(folder, 'keys', 'log.key'), oldText);
    writeFileSync(join(folder, 'policy'), site.log.policyText().replace(`log ${newVkey}`, `log ${oldVkey}`));
    rmSync(join(folder, 'public'), { recursive: true });
    const log = await openLog(site.ctx, { folder, origin: originOf('handed') });
    expect([log.status().refusal, log.status().publicSize]).toEqual([null, size]);
    expect(log.policyText()).toContain(`log ${newVkey}\n`);
    expect(keyOf(join(folder, 'keys', 'log.key')).verifier.id).toBe(newVkey.split('+')[1]);
  });

  it('is found out when the handover was altered, forged, stripped, reordered or taken from another log', async () => {
    const good = readFileSync(join(site.log.folder, 'handovers'), 'utf8');
    const [one] = JSON.parse(good).handovers;
    const stranger = await Site.open('stranger', 7);
    stranger.prepare();
    await add(stranger.ctx, 10);
    await stranger.announce();
    await stranger.log.publish();
    const [other] = JSON.parse(readFileSync(join(stranger.log.folder, 'handovers'), 'utf8')).handovers;
    const lines = one.proof.split('\n');
    const isOf = (vkey: string) => (line: string) =>
      line.startsWith('\u2014') &&
      Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .subarray(0, 4)
        .toString('hex') === vkey.split('+')[1];
    const without = (vkey: string) => lines.filter((line: string) => !isOf(vkey)(line)).join('\n');
    const thief = keyOf(stranger.at('keys', 'log.key'));
    const bad: Record<string, unknown> = {
      'the old signature stripped': { ...one, proof: without(oldVkey) },
      'the new signature stripped': { ...one, proof: without(newVkey) },
      'another reason': { ...one, content: { ...one.content, reason: 'none' } },
      'said to be lost': { ...one, content: { ...one.content, oldKey: 'lost' }, proof: without(oldVkey) },
      'to a thief': { ...one, content: { ...one.content, to: `${originOf('handed')}+${thief.verifier.id}+x` } },
      'of another log': other,
      'of another log under this name': { ...other, content: { ...other.content, origin: originOf('handed') } },
      'another entry': { ...one, envelope: one.envelope.replace('log-key.changed', 'bulletin.released') },
      'another salt': { ...one, salt: '00'.repeat(32) },
      'another index': { ...one, proof: one.proof.replace(/index \d+/, 'index 3') },
      'another size': { ...one, proof: one.proof.replace(`\n${size}\n`, `\n${size + 128}\n`) },
      'half of it': { content: one.content },
    };
    for (const [what, handover] of Object.entries(bad)) {
      const folder = site.at('altered');
      cpSync(site.log.folder, folder, { recursive: true });
      writeFileSync(join(folder, 'handovers'), JSON.stringify({ handovers: [handover] }));
      const { exit, code } = await verify('audit', folder, '--vkey', oldVkey);
      // One of another log, sound in itself, says nothing about this one.
      expect([what, exit, code]).toEqual(
        what === 'of another log' ? [what, 2, 'not-signed'] : [what, 2, 'bad-handover'],
      );
    }
    for (const list of [[one, one], 'none', [null]]) {
      const parsed = parseHandovers(nodeCrypto, utf8(JSON.stringify({ handovers: list })));
      expect(parsed).toMatchObject({ code: 'bad-handover' });
    }
    const rewritten = site.at('rewritten');
    cpSync(stranger.log.folder, rewritten, { recursive: true });
    writeFileSync(join(rewritten, 'handovers'), good);
    expect((await verify('audit', rewritten, '--vkey', oldVkey)).code).toBe('wrong-origin');
  });

  it('can be handed on once more; a chain with a link missing does not hold', async () => {
    const third = site.prepare();
    await site.announce();
    await site.log.publish();
    await add(site.ctx, 5);
    await site.log.round();
    const path = join(site.log.folder, 'handovers');
    const { handovers } = JSON.parse(readFileSync(path, 'utf8'));
    expect(handovers).toHaveLength(2);
    expect(await verify('audit', site.log.folder, '--vkey', third)).toMatchObject({ exit: 0 });
    expect(await verify('audit', site.log.folder, '--vkey', newVkey)).toMatchObject({ exit: 4, pin: third });
    expect(await verify('audit', site.log.folder, '--vkey', oldVkey)).toMatchObject({ exit: 4, pin: newVkey, size });
    for (const list of [handovers.toReversed(), [...handovers, handovers[0]]]) {
      expect(parseHandovers(nodeCrypto, utf8(JSON.stringify({ handovers: list })))).toMatchObject({
        code: 'bad-handover',
      });
    }
    const cut = site.at('cut');
    cpSync(site.log.folder, cut, { recursive: true });
    writeFileSync(join(cut, 'handovers'), JSON.stringify({ handovers: handovers.slice(1) }));
    expect(await verify('audit', cut, '--vkey', oldVkey)).toMatchObject({ exit: 2, code: 'not-signed' });
    // The newest handover left out: the second key would still be in force, and is not what signed.
    writeFileSync(join(cut, 'handovers'), JSON.stringify({ handovers: handovers.slice(0, 1) }));
    expect((await verify('audit', cut, '--vkey', newVkey)).exit).not.toBe(0);
  });
});

describe('a key that is lost', () => {
  it('stops the log from signing, until two organisations name another; all of it is said without the old signature', async () => {
    const site = await Site.open('lost', 11);
    const oldVkey = site.old();
    await add(site.ctx, 200);
    await site.log.publish();
    await add(site.ctx, 20);
    await site.log.round();
    const signed = site.log.status().size;
    const before = site.file('before', readFileSync(join(site.log.folder, 'checkpoint'), 'utf8'));
    rmSync(site.at('keys', 'log.key'));

    await site.reopen();
    expect(site.log.status()).toMatchObject({ state: 'refusing', size: signed });
    expect(site.log.status().refusal).toMatch(/private key of this log .* is missing/);
    await add(site.ctx, 10);
    await site.log.round();
    await site.log.publish();
    expect(site.log.status().size).toBe(signed);
    expect(await site.log.receipt(signed + 1)).toBeNull();
    expect(existsSync(site.at('keys', 'log.key'))).toBe(false);

    // Neither a prepared key alone nor a decision that asks for the old signature makes it go on.
    const newVkey = site.prepare();
    await site.log.round();
    expect(site.log.preparedKey()).toMatchObject({ from: oldVkey, to: newVkey, oldKey: 'lost' });
    await expect(site.announce('signs')).rejects.toMatchObject({ kind: { code: 'record/key-change-stale' } });
    await site.log.round();
    expect(site.log.status()).toMatchObject({ state: 'refusing', size: signed });

    const started = await site.witnessed([oldVkey, newVkey]);
    expect(started).toHaveLength(2);
    await site.announce('lost');
    await site.log.round();
    const { size } = site.log.status();
    expect(site.log.status()).toMatchObject({
      state: 'full',
      refusal: null,
      publicSize: size,
      keyChanges: [{ size, from: oldVkey, to: newVkey, oldKeySigned: false }],
    });
    expect(site.log.policyText()).toContain(`# continued without its signature at ${size} entries: ${oldVkey}`);
    await add(site.ctx, 10);
    await site.log.round();
    await site.reopen();
    expect(site.log.status().refusal).toBeNull();

    expect(await verify('audit', site.log.folder, '--vkey', newVkey)).toMatchObject({
      exit: 0,
      handovers: [{ size, oldKeySigned: false, reason: 'a yearly change', by: ['A', 'B'] }],
    });
    // Everything that the old key had signed is still under the new one: no fork.
    expect((await verify('audit', site.log.folder, '--vkey', newVkey, '--seen', before)).exit).toBe(0);
    const pinnedOld = await verify('audit', site.log.folder, '--vkey', oldVkey);
    expect(pinnedOld).toMatchObject({ exit: 4, code: 'key-lost', pin: newVkey, size: signed });
    let said = '';
    const hear = (text: string) => {
      said += text;
    };
    const io = { out: hear, err: hear, now: () => 0 };
    await runVerify(['audit', site.log.folder, '--vkey', newVkey], io);
    expect(said).toMatch(/continued at \d+ entries without the old key’s signature/);
    await runVerify(['audit', site.log.folder, '--vkey', newVkey, '--lang', 'ar'], io);
    expect(said).toMatch(/من غير توقيع المفتاح القديم/);
  });

  it('may be called lost while it is there, when it was stolen: then it does not sign, and what the thief signs is told apart', async () => {
    const site = await Site.open('stolen', 12);
    const oldVkey = site.old();
    const stolen = keyOf(site.at('keys', 'log.key'));
    await add(site.ctx, 100);
    await site.log.publish();
    const newVkey = site.prepare();
    await site.announce('lost');
    await site.log.publish();
    const { size } = site.log.status();
    expect(site.log.status().keyChanges).toMatchObject([{ size, oldKeySigned: false }]);
    await add(site.ctx, 60);
    await site.log.round();
    const thief = await site.forge(size + 50, stolen);
    expect(await verify('audit', thief, '--vkey', newVkey)).toMatchObject({ exit: 2, code: 'key-out-of-time' });
    expect(await verify('audit', thief, '--vkey', oldVkey)).toMatchObject({ exit: 4, code: 'key-lost', pin: newVkey });
  });

  it('is not replaced where not even its public half is known', async () => {
    const site = await Site.open('gone', 13);
    await add(site.ctx, 5);
    await site.log.round();
    rmSync(site.at('keys', 'log.key'));
    rmSync(site.at('policy'));
    await expect(site.reopen()).rejects.toMatchObject({ kind: { code: 'record/key-unusable' } });
  });

  it('cannot be used to sign an older state anew: witnesses that saw more stop it', async () => {
    const site = await Site.open('rolled', 14);
    const oldVkey = site.old();
    const newVkey = site.prepare();
    await site.witnessed([oldVkey, newVkey]);
    await add(site.ctx, 50);
    await site.log.round();
    // The same policy and witnesses over an older database and no key.
    const ctx = testCtx(db, testWorld(15, Date.now()), 'rolled-older');
    const folder = join(base, 'rolled-older');
    cpSync(site.at('keys', 'next.key'), join(folder, 'keys', 'next.key'));
    cpSync(site.at('policy'), join(folder, 'policy'));
    await add(ctx, 20);
    await db.run(
      "insert into log_heads (agreement_id, origin, size, root) select 'rolled-older', origin, 0, $1 from log_heads where agreement_id = 'rolled'",
      [nodeCrypto.sha256(new Uint8Array(0))],
    );
    const older = await openLog(ctx, { folder, origin: originOf('rolled') });
    expect(older.status().state).toBe('refusing');
    const prepared = older.preparedKey();
    if (!prepared) throw new Error('nothing is prepared');
    await db.inTransaction((tx) =>
      announceKeyChange(tx, ctx, prepared, {
        ...prepared,
        reason: 'so they say',
        by: ['A', 'B'],
        proposal: 'p',
        sha256: 's',
      }),
    );
    await older.round();
    expect(older.status().refusal).toMatch(/holds another history at size 50/);
    expect(older.mirror.exists()).toBe(false);
  });
});
