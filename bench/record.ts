/**
 * The record under load: durable appends (database, tiles and signature) beside raw commits and plain fsynced file
 * appends, submission to co-signed inclusion with three witnesses on loopback, an audit of a million entries, proofs.
 * `npm run bench -- record [append|cosign|audit|proof] [--entries N]`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MACHINE, silentLog, systemClock, systemRandom, toHex, type World } from '../src/core/index.ts';
import { type Ctx, openDatabase } from '../src/db/index.ts';
import { appendAll, openAuthorKeys, openLog, startWitness } from '../src/record/index.ts';
import { writeDurably } from '../src/record/log/durable-files.ts';
import { openSigningKey } from '../src/record/log/signing-key.ts';
import { TreeEdge } from '../src/record/log/tree-edge.ts';
import { browserCrypto } from '../src/record/verify/browser.ts';
import {
  checkProof,
  checkpointText,
  formatVkey,
  nodeCrypto,
  parsePolicy,
  sealLeafOf,
  TYPE_ED25519,
  trustInPolicy,
  utf8,
} from '../src/record/verify/index.ts';

const world: World = { clock: systemClock, random: systemRandom, log: silentLog, actor: MACHINE };
const seconds = (since: number): number => (performance.now() - since) / 1_000;
/** Processor seconds of this process so far, threads included: on a busy machine the honest figure beside wall time. */
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};
const rate = (count: number, since: number): number => Math.round(count / seconds(since));

export async function run(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hudna-bench-record-'));
  const wanted = args.find((arg) => !arg.startsWith('-'));
  const entries = Number(args[args.indexOf('--entries') + 1]) || 1_000_000;
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    append: () => benchAppend(join(folder, 'append')),
    cosign: () => benchCosign(join(folder, 'cosign')),
    proof: () => benchProof(join(folder, 'proof')),
    audit: () => benchAudit(join(folder, 'audit'), entries),
  };
  try {
    for (const [name, part] of Object.entries(parts)) if (wanted === undefined || wanted === name) await part();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const entryOf = (agreement: string, i: number) => ({
  agreement,
  kind: 'report.received',
  object: `report:${i}`,
  visibility: 'sealed' as const,
  content: { words: 'قصف على حي السكري', n: i },
});

async function benchAppend(folder: string): Promise<void> {
  const db = await openDatabase({ dataDir: folder, log: silentLog });
  // Each entry is signed with its author's key, as a server does it.
  const { sign } = openAuthorKeys(join(folder, 'record'), 'bench', world.random);
  const ctx: Ctx = { ...world, db, agreement: 'bench', sign };
  const log = await openLog(ctx, { folder: join(folder, 'record'), origin: 'bench.example/log' });
  const [batch, batches] = [2_000, 10];
  await db.inTransaction((tx) => appendAll(tx, ctx, [entryOf('bench', 0)]));

  let since = performance.now();
  const processor = processorSeconds();
  for (let i = 0; i < batches; i++) {
    const entries = Array.from({ length: batch }, (_, k) => entryOf('bench', i * batch + k));
    await db.inTransaction((tx) => appendAll(tx, ctx, entries));
  }
  const rows = rate(batch * batches, since);
  await log.round();
  const whole = rate(batch * batches, since);
  const perProcessor = Math.round((batch * batches) / (processorSeconds() - processor));
  const drained = log.status().size;

  since = performance.now();
  const commits = 300;
  await db.run('create table plain (x text)');
  for (let i = 0; i < commits; i++) await db.run('insert into plain values ($1)', [`row ${i}`]);
  const raw = rate(commits, since);
  const file = openSync(join(folder, 'plain'), 'a');
  since = performance.now();
  for (let i = 0; i < commits; i++) {
    writeSync(file, `row ${i}\n`);
    fsyncSync(file);
  }
  const synced = rate(commits, since);
  closeSync(file);
  console.log(
    `durable append, batches of ${batch}: ${rows} entries/s in the database, ${whole}/s up to a signed checkpoint (${drained} in it)`,
  );
  console.log(`  ${perProcessor} entries a processor second`);
  console.log(
    `  raw commits ${raw}/s (ratio ${(whole / raw).toFixed(1)}), fsynced file appends ${synced}/s (ratio ${(whole / synced).toFixed(1)})`,
  );
  await db.close();
}

async function benchCosign(folder: string): Promise<void> {
  const db = await openDatabase({ dataDir: folder, log: silentLog });
  const ctx: Ctx = { ...world, db, agreement: 'bench' };
  const record = join(folder, 'record');
  const origin = 'bench.example/log';
  const vkey = /^log (\S+)/.exec((await openLog(ctx, { folder: record, origin })).policyText())?.[1] ?? '';
  const witnesses = await Promise.all(
    ['a', 'b', 'u'].map((name) =>
      startWitness({
        origin,
        logKeys: [vkey],
        keyPath: join(folder, `${name}.key`),
        statePath: join(folder, `${name}.state`),
        name: `${name}.example/w`,
        port: 0,
      }),
    ),
  );
  const lines = witnesses.map((w, i) => `witness ${'abu'[i]} ${w.vkey} ${w.url}`);
  writeFileSync(
    join(record, 'policy'),
    [`log ${vkey}`, ...lines, 'group all3 all a b u', 'quorum all3', ''].join('\n'),
  );
  const log = await openLog(ctx, { folder: record, origin });
  log.start();
  const waits: number[] = [];
  for (let i = 0; i < 40; i++) {
    const since = performance.now();
    const [entry] = await db.inTransaction((tx) => appendAll(tx, ctx, [entryOf('bench', i)]));
    while (log.status().state !== 'full' || log.status().size <= (entry?.index ?? 0)) {
      await new Promise((next) => setTimeout(next, 10));
    }
    waits.push(performance.now() - since);
    await new Promise((next) => setTimeout(next, (i * 137) % 500));
  }
  waits.sort((a, b) => a - b);
  const at = (q: number): number => Math.round(waits[Math.min(waits.length - 1, Math.floor(q * waits.length))] ?? 0);
  console.log(
    `submission to co-signed inclusion, 3 witnesses: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${waits.length} submissions)`,
  );
  await log.stop();
  await Promise.all(witnesses.map((witness) => witness.close()));
  await db.close();
}

/** Writes a log of sealed entries straight to files, signed; the folder. */
function writeLog(folder: string, entries: number): string {
  const key = openSigningKey(join(folder, 'log.key'), 'bench.example/log', TYPE_ED25519, systemRandom);
  const edge = new TreeEdge(nodeCrypto);
  const seal = (i: number): Uint8Array => sealLeafOf(nodeCrypto.sha256(utf8(`entry ${i}`)));
  for (let at = 0; at < entries; at += 65_536) {
    const count = Math.min(65_536, entries - at);
    writeDurably(folder, edge.append(Array.from({ length: count }, (_, i) => seal(at + i))));
  }
  const text = checkpointText('bench.example/log', entries, edge.root());
  writeDurably(folder, new Map([['checkpoint', utf8(`${text}\n${key.signNote(text)}`)]]));
  return formatVkey(key.verifier);
}

async function benchAudit(folder: string, entries: number): Promise<void> {
  let since = performance.now();
  const vkey = writeLog(folder, entries);
  console.log(`log of ${entries} entries written in ${seconds(since).toFixed(1)} s`);
  const script = [
    "import { register } from 'tsx/esm/api'; register();",
    `const { runVerify } = await import(${JSON.stringify(new URL('../src/record/verify/index.ts', import.meta.url).href)});`,
    'const io = { out: (t) => process.stdout.write(t), err: (t) => process.stderr.write(t), now: () => 0 };',
    `const code = await runVerify(['audit', ${JSON.stringify(folder)}, '--vkey', ${JSON.stringify(vkey)}, '--json'], io);`,
    'const { user, system } = process.cpuUsage();',
    'console.log(code, process.resourceUsage().maxRSS, (user + system) / 1e6);',
  ].join('\n');
  since = performance.now();
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [report, facts] = child.stdout.trim().split('\n');
  const [code, kilobytes, processor] = (facts ?? '').split(' ').map(Number);
  console.log(
    `audit: ${seconds(since).toFixed(1)} s (${processor?.toFixed(1)} s of processor), ${Math.round((kilobytes ?? 0) / 1_024)} MB, exit ${code}: ${report}`,
  );
}

async function benchProof(folder: string): Promise<void> {
  const db = await openDatabase({ dataDir: folder, log: silentLog });
  const ctx: Ctx = { ...world, db, agreement: 'bench' };
  const log = await openLog(ctx, { folder: join(folder, 'record'), origin: 'bench.example/log' });
  const entries = Array.from({ length: 2_000 }, (_, i) => ({ ...entryOf('bench', i), visibility: 'open' as const }));
  await db.inTransaction((tx) => appendAll(tx, ctx, entries));
  await log.round();
  const proof = Buffer.from((await log.evidence(777))?.proof ?? '');
  const policy = parsePolicy(nodeCrypto, Buffer.from(log.policyText()));
  if ('fault' in policy) throw new Error(policy.fault);
  for (const [name, crypto] of [
    ['Node', nodeCrypto],
    ['browser core', browserCrypto],
  ] as const) {
    checkProof({ crypto, trust: trustInPolicy(policy) }, proof);
    const since = performance.now();
    const rounds = 20;
    for (let i = 0; i < rounds; i++) checkProof({ crypto, trust: trustInPolicy(policy) }, proof);
    console.log(
      `one proof, ${name}: ${((seconds(since) * 1_000) / rounds).toFixed(1)} ms (${toHex(proof.subarray(0, 2))}… ${proof.length} bytes)`,
    );
  }
  await db.close();
}
