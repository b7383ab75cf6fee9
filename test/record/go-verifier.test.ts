/**
 * The verifier in Go (test/verifier-go), built here without network from Debian's packages, against ours: it must accept
 * our logs and every proof we make, and refuse what we refuse.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendAll, openLog } from '../../src/record/index.ts';
import {
  consistencyRanges,
  nodeCrypto as crypto,
  foldNodes,
  hashLeaf,
  hashNode,
  inclusionRanges,
  nodesOf,
  type Range,
} from '../../src/record/verify/index.ts';
import { testDatabase } from '../support/database.ts';
import type { LogFiles } from '../support/log.ts';
import { describeWith, inRepository, program } from '../support/needs.ts';
import { testCtx, testWorld } from '../support/world.ts';
import { originals } from './campaign.ts';
import { LOG_KEY, WITNESSES } from './sample-log.ts';
import { Dice, TAMPERS } from './tampers.ts';

const SUMDB = '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog';
const LARGEST = 1_100;
const AUDITED_TAMPERS = 60;

describeWith(
  [program('go'), { name: 'golang-golang-x-mod-dev', present: existsSync(SUMDB) }],
  'the verifier in Go',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hudna-go-'));
    const binary = join(folder, 'verifier');
    const run = (...args: string[]) => spawnSync(binary, args, { encoding: 'utf8' });
    const auditFiles = (name: string, files: LogFiles): number | null => {
      const at = join(folder, name);
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(at, path)), { recursive: true });
        writeFileSync(join(at, path), bytes);
      }
      const { status } = run('audit', at, LOG_KEY.vkey, ...WITNESSES.map((key) => key.vkey));
      rmSync(at, { recursive: true });
      return status;
    };

    beforeAll(() => {
      const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOCACHE: join(tmpdir(), 'hudna-go-cache') };
      execFileSync('go', ['build', '-o', binary, '.'], { cwd: inRepository('test/verifier-go'), env });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('agrees on inclusion and consistency for all sizes to 1,100 and 10,000 random ones to 2^40', () => {
      // Leaves alike, so that subtrees of any size are known by their level.
      const levels: Uint8Array[] = [hashLeaf(crypto, Buffer.from('same'))];
      for (let i = 0; i < 41; i++)
        levels.push(hashNode(crypto, levels[i] ?? new Uint8Array(0), levels[i] ?? new Uint8Array(0)));
      const hash = (range: Range) =>
        foldNodes(
          crypto,
          nodesOf(range).map((node) => levels[node.level] ?? new Uint8Array(0)),
        );
      const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
      const head = (size: number) => base64(hash({ start: 0, end: size }));
      const inclusion = (index: number, size: number) => ({
        Kind: 'inclusion',
        Size: size,
        Root: head(size),
        Index: index,
        Hash: base64(levels[0] ?? new Uint8Array(0)),
        Proof: inclusionRanges(index, size).map((range) => base64(hash(range))),
      });
      const consistency = (from: number, to: number) => ({
        Kind: 'consistency',
        Size: to,
        Root: head(to),
        Index: from,
        Hash: head(from),
        Proof: consistencyRanges(from, to).map((range) => base64(hash(range))),
      });
      const dice = new Dice(2268);
      const questions: object[] = [];
      for (let size = 1; size <= LARGEST; size++) {
        questions.push(inclusion(size - 1, size), inclusion(dice.below(size), size));
        questions.push(consistency(size, size), consistency(1 + dice.below(size), size));
      }
      for (let i = 0; i < 10_000; i++) {
        const size = 1 + dice.below(2 ** 20) * 2 ** 20 + dice.below(2 ** 20);
        const other = Math.floor((dice.below(2 ** 30) / 2 ** 30) * size);
        questions.push(i % 2 === 0 ? inclusion(other, size) : consistency(other + 1, size));
      }
      // One in ten is spoilt: these must be refused.
      const spoilt = questions.map((question, i) =>
        i % 10 === 9 ? { ...question, Root: base64(new Uint8Array(32)) } : question,
      );
      const input = spoilt.map((question) => JSON.stringify(question)).join('\n');
      const answers = spawnSync(binary, ['proofs'], { input, encoding: 'utf8', maxBuffer: 1e8 })
        .stdout.trim()
        .split('\n');
      expect(answers).toEqual(questions.map((_, i) => String(i % 10 !== 9)));
    });

    it('accepts the log that our writer writes, at every stage of its growth', async () => {
      const db = await testDatabase();
      const ctx = testCtx(db, testWorld(41, Date.now()), 'go');
      const log = await openLog(ctx, { folder: join(folder, 'record'), origin: 'go.example/log' });
      const vkey = /^log (\S+)/.exec(log.policyText())?.[1] ?? '';
      for (const step of [1, 254, 1, 1, 500, 1_500]) {
        const entries = Array.from({ length: step }, (_, i) => ({
          agreement: 'go',
          kind: 'report.received',
          object: `r:${i}`,
          visibility: i % 2 ? ('open' as const) : ('sealed' as const),
          content: i,
        }));
        await db.inTransaction((tx) => appendAll(tx, ctx, entries));
        await log.round();
        expect(run('audit', log.folder, vkey).stdout).toBe('valid\n');
      }
      await db.close();
    });

    it('accepts the clean logs of the tamper campaign and refuses the tampered ones', () => {
      const bases = originals([1, 255, 257, 513]);
      expect(bases.map((base, i) => auditFiles(`clean-${i}`, base.files))).toEqual(bases.map(() => 0));
      // It judges neither envelopes nor earlier checkpoints nor ages; those tampers are ours to find.
      const beyond = /colluding|replay|stale/;
      let tried = 0;
      for (let seed = 1; tried < AUDITED_TAMPERS; seed++) {
        const dice = new Dice(seed);
        const base = dice.pick(bases);
        const kind = dice.pick(Object.keys(TAMPERS).filter((name) => !beyond.test(name)));
        const tampered = TAMPERS[kind]?.(dice, base);
        if (!tampered) continue;
        tried += 1;
        expect([seed, kind, auditFiles(`tampered-${seed}`, tampered.files)]).toEqual([seed, kind, 2]);
      }
    });
  },
);
