/** `hudna verify` over the published fixtures: exit codes, JSON, languages; and the one-file verifier beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildVerifier } from '../../../../scripts/build-verifier.ts';
import { LOG_KEY, WITNESS_TIME } from '../../../../test/record/sample-log.ts';
import { inRepository } from '../../../../test/support/needs.ts';
import { browserCrypto, verifyFile } from '../browser.ts';
import { parseLeaf } from '../entry.ts';
import { nodeCrypto } from '../node.ts';
import { parsePolicy } from '../policy.ts';
import { runVerify } from './run.ts';

const FIXTURES = inRepository('spec/fixtures/record');
const POLICY = join(FIXTURES, 'valid/policy');
const scratch = mkdtempSync(join(tmpdir(), 'hudna-verify-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function verify(...words: string[]) {
  const said = { out: '', err: '' };
  const code = await runVerify(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    now: () => WITNESS_TIME + 600,
  });
  return { code, ...said };
}
const withPolicy = (...words: string[]) => verify(...words, '--policy', POLICY);
const valid = (name: string) => join(FIXTURES, 'valid', name);
const invalid = (name: string) => join(FIXTURES, 'invalid', name);
const invalidNames = (prefix: string) =>
  readdirSync(join(FIXTURES, 'invalid')).filter((name) => name.startsWith(prefix));

describe('the fixtures of spec/record', () => {
  it.each([
    ['checkpoint', 'checkpoint'],
    ['proof', 'entry-4.tlog-proof'],
    ['receipt', 'receipt.json'],
    ['bulletin', 'bulletin.json'],
    ['audit', 'log'],
    ['checkpoint', 'log'],
  ])('%s %s is valid', async (task, name) => {
    expect(await withPolicy(task, valid(name))).toMatchObject({ code: 0, err: '' });
  });

  it.each(invalidNames('checkpoint-'))('%s is invalid', async (name) => {
    expect((await withPolicy('checkpoint', invalid(name))).code).toBe(2);
  });
  it.each(invalidNames('partial-'))('%s is a partial quorum', async (name) => {
    expect((await withPolicy('checkpoint', invalid(name))).code).toBe(3);
  });
  it.each(invalidNames('proof-'))('%s is invalid', async (name) => {
    expect((await withPolicy('proof', invalid(name))).code).toBe(2);
  });
  it.each(invalidNames('policy-'))('%s is refused with its line', async (name) => {
    const { code, err } = await verify('audit', valid('log'), '--policy', invalid(name));
    expect([code, err]).toEqual([1, expect.stringMatching(/policy-[a-z-]+(, line \d+)?: .+\n$/)]);
  });
  it.each(invalidNames('entry-'))('%s is no entry', (name) => {
    expect(typeof parseLeaf(readFileSync(invalid(name)))).toBe('string');
  });
  it('an altered bulletin is invalid, a draft incomplete, a back-dated log named', async () => {
    expect((await withPolicy('bulletin', invalid('bulletin-altered.json'))).code).toBe(2);
    expect((await withPolicy('bulletin', invalid('bulletin-draft.json'))).code).toBe(4);
    const { code, out } = await withPolicy('audit', invalid('log-back-dated'), '--json');
    expect([code, JSON.parse(out)]).toMatchObject([2, { valid: false, firstBadIndex: 6, code: 'back-dated' }]);
  });
});

describe('hudna verify', () => {
  it('answers wrong usage with 1 and one line', async () => {
    const log = valid('log');
    for (const words of [
      [],
      ['everything', log, '--policy', POLICY],
      ['audit', log],
      ['audit', '--policy', POLICY],
      ['audit', log, log, '--policy', POLICY],
      ['audit', log, '--policy', POLICY, '--vkey', LOG_KEY.vkey],
      ['audit', log, '--vkey', 'nonsense'],
      ['audit', log, '--policy', join(scratch, 'absent')],
      ['audit', join(scratch, 'absent'), '--policy', POLICY],
      ['audit', log, '--policy', POLICY, '--max-age', 'soon'],
      ['audit', log, '--policy', POLICY, '--entries', 'some'],
      ['audit', log, '--policy', POLICY, '--seen', valid('policy')],
      ['audit', log, '--policy', POLICY, '--shiny'],
    ]) {
      const { code, out, err } = await verify(...words);
      expect([words, code, out, err.split('\n').length]).toEqual([words, 1, '', 2]);
    }
  });

  it('tells incomplete from invalid, and takes --vkey for a policy of one', async () => {
    cpSync(valid('log'), join(scratch, 'log'), { recursive: true });
    unlinkSync(join(scratch, 'log/tile/entries/000.p/12'));
    const { code, out } = await withPolicy('audit', join(scratch, 'log'), '--json');
    expect([code, JSON.parse(out)]).toMatchObject([4, { valid: false, firstBadIndex: 0, status: 'incomplete' }]);
    expect((await verify('audit', valid('log'), '--vkey', LOG_KEY.vkey)).code).toBe(0);
  });

  it('names the entry where a tile has one hash too many, and where a file cannot be read', async () => {
    const at = join(scratch, 'long');
    cpSync(valid('log'), at, { recursive: true });
    const tile = join(at, 'tile/0/000.p/12');
    const hashes = readFileSync(tile);
    writeFileSync(tile, Buffer.concat([hashes.subarray(0, 160), hashes.subarray(0, 32), hashes.subarray(160)]));
    expect(JSON.parse((await withPolicy('audit', at, '--json')).out)).toMatchObject({
      code: 'bad-entry-hash',
      firstBadIndex: 5,
    });
    unlinkSync(tile);
    mkdirSync(tile);
    const { code, out } = await withPolicy('audit', at, '--json');
    expect([code, JSON.parse(out)]).toMatchObject([4, { code: 'unreadable', firstBadIndex: 0 }]);
  });

  it('shows the names of witnesses in any script', async () => {
    const policy = join(scratch, 'arabic-policy');
    writeFileSync(policy, readFileSync(POLICY, 'utf8').replaceAll(/\bA\b(?= |$)/gm, 'رئيس'));
    const { code, out } = await verify('checkpoint', valid('checkpoint'), '--policy', policy, '--json');
    expect([code, JSON.parse(out).cosigners[0].name]).toEqual([0, 'رئيس']);
  });

  it('compares, checks consistency and age, and speaks three languages', async () => {
    expect((await withPolicy('compare', valid('log'), valid('log'))).code).toBe(0);
    expect((await withPolicy('consistency', valid('checkpoint'), valid('log'))).code).toBe(0);
    expect((await withPolicy('audit', valid('log'), '--seen', valid('checkpoint'), '--max-age', '3600')).code).toBe(0);
    expect((await withPolicy('audit', valid('log'), '--max-age', '10')).code).toBe(2);
    const { out, err, code } = await withPolicy('compare', valid('log'), invalid('log-back-dated'), '--json');
    const report = JSON.parse(out);
    expect([code, err, report.code, report.firstBadIndex, report.evidence.length]).toEqual([2, '', 'forked', 6, 2]);
    const arabic = await withPolicy('checkpoint', invalid('partial-log-only'), '--lang', 'ar');
    expect(arabic.err).toMatch(/النصاب|نصاب/);
    expect((await withPolicy('checkpoint', invalid('partial-log-only'), '--lang', 'ru')).err).toMatch(/кворума/);
  });

  it('is the same as one file without dependencies', async () => {
    const file = join(scratch, 'hudna-verify.mjs');
    await buildVerifier(file);
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [file, ...words, '--policy', POLICY], { encoding: 'utf8', cwd: scratch });
    expect(run('audit', valid('log'), '--json')).toMatchObject({ status: 0, stderr: '' });
    expect(run('audit', invalid('log-back-dated'))).toMatchObject({ status: 2 });
    const imports = [...readFileSync(file, 'utf8').matchAll(/^import .* from "([^"]+)"/gm)].map((match) => match[1]);
    expect(imports.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });
});

describe('the browser core', () => {
  const policyText = readFileSync(POLICY, 'utf8');
  const outcome = (kind: 'bulletin' | 'receipt' | 'proof', path: string) =>
    verifyFile(kind, readFileSync(path), policyText, 'en', WITNESS_TIME * 1_000).finding.code;

  it('finds what the command finds', () => {
    expect(outcome('bulletin', valid('bulletin.json'))).toBe('valid');
    expect(outcome('bulletin', invalid('bulletin-altered.json'))).toBe('wrong-content');
    expect(outcome('receipt', valid('receipt.json'))).toBe('valid');
    expect(outcome('proof', valid('entry-4.tlog-proof'))).toBe('valid');
    expect(outcome('proof', invalid('proof-of-another-entry.tlog-proof'))).toBe('not-included');
  });

  it('has the cryptography of Node, also for bad keys and signatures', () => {
    const policy = parsePolicy(nodeCrypto, Buffer.from(policyText));
    if ('fault' in policy) throw new Error(policy.fault);
    const key = policy.logs[0]?.key.publicKey ?? new Uint8Array(0);
    for (const bytes of [new Uint8Array(64), new Uint8Array(3)]) {
      expect(browserCrypto.verifyEd25519(key, bytes, bytes)).toBe(nodeCrypto.verifyEd25519(key, bytes, bytes));
      expect(browserCrypto.verifyEd25519(bytes, bytes, bytes)).toBe(nodeCrypto.verifyEd25519(bytes, bytes, bytes));
    }
    expect(Buffer.from(browserCrypto.sha256(key))).toEqual(Buffer.from(nodeCrypto.sha256(key)));
  });
});
