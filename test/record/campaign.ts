/** Runs a verifier over many tampered and many clean logs; counts what it found, missed, misnamed and falsely alarmed. */
import {
  type AuditOptions,
  type AuditReport,
  audit,
  checkCheckpoint,
  nodeCrypto,
  parsePolicy,
  type Trust,
  trustInPolicy,
} from '../../src/record/verify/index.ts';
import { memorySource } from '../support/log.ts';
import { POLICY, sampleLeaves, sampleLog, WITNESS_TIME } from './sample-log.ts';
import { Dice, type Original, TAMPERS } from './tampers.ts';

export type Verifier = (options: AuditOptions) => Promise<AuditReport>;

export interface Miss {
  readonly seed: number;
  readonly tamper: string;
  readonly size: number;
  readonly what: string;
}

export interface CampaignResult {
  readonly tampers: number;
  readonly found: number;
  /** Tampers for which a first bad index could be named, and how many were named right. */
  readonly nameable: number;
  readonly named: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly misses: readonly Miss[];
}

const SIZES = [1, 2, 3, 7, 255, 256, 257, 300, 511, 513, 700, 1_025];

export function trustOfSample(): Trust {
  const policy = parsePolicy(nodeCrypto, Buffer.from(POLICY));
  if ('fault' in policy) throw new Error(policy.fault);
  return trustInPolicy(policy);
}

/** Sound logs of several sizes, made once. */
export function originals(sizes: readonly number[] = SIZES): Original[] {
  const all = sampleLeaves(Math.max(...sizes));
  return sizes.map((size) => {
    const leaves = all.slice(0, size);
    return { leaves, files: sampleLog(leaves) };
  });
}

/** The options a careful person would use on a log: policy, an earlier checkpoint, a maximum age. */
export function optionsFor(files: ReadonlyMap<string, Uint8Array>, original: Original): AuditOptions {
  const trust = trustOfSample();
  const seen = checkCheckpoint(nodeCrypto, original.files.get('checkpoint') ?? new Uint8Array(0), trust).checkpoint;
  return {
    crypto: nodeCrypto,
    source: memorySource(files),
    trust,
    fresh: { now: WITNESS_TIME + 600, maxAge: 3_600 },
    seen: seen ? [seen] : [],
  };
}

/** Tampers `count` times, seeds from `firstSeed` on, and asks the verifier each time; `stopAtMiss` ends at the first. */
export async function runCampaign(
  verify: Verifier,
  bases: readonly Original[],
  count: number,
  firstSeed: number,
  stopAtMiss = false,
): Promise<CampaignResult> {
  const misses: Miss[] = [];
  const byKind: Record<string, number> = {};
  let [found, nameable, named, tampers] = [0, 0, 0, 0];
  const kinds = Object.keys(TAMPERS);
  for (let seed = firstSeed; tampers < count && !(stopAtMiss && misses.length > 0); seed++) {
    const dice = new Dice(seed);
    const original = dice.pick(bases);
    const kind = dice.pick(kinds);
    const tampered = TAMPERS[kind]?.(dice, original);
    if (!tampered) continue;
    tampers += 1;
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    const size = original.leaves.length;
    const full = optionsFor(tampered.files, original);
    // Each is given only what it needs, so that an earlier checkpoint does not cover for a blind spot elsewhere.
    const options: AuditOptions = {
      ...full,
      seen: tampered.needs === 'seen' ? full.seen : [],
      fresh: tampered.needs === 'max-age' ? full.fresh : undefined,
    };
    const { finding } = await verify(options);
    if (finding.outcome === 'valid') {
      misses.push({ seed, tamper: kind, size, what: 'not found' });
      continue;
    }
    found += 1;
    if (typeof tampered.firstBadIndex !== 'number') continue;
    nameable += 1;
    if (finding.firstBadIndex === tampered.firstBadIndex) named += 1;
    else {
      const what = `named ${finding.firstBadIndex} (${finding.code}), not ${tampered.firstBadIndex}`;
      misses.push({ seed, tamper: kind, size, what });
    }
  }
  return { tampers, found, nameable, named, byKind, misses };
}

/** Audits sound logs; the findings that are not "valid". */
export async function cleanAudits(verify: Verifier, bases: readonly Original[], count: number): Promise<string[]> {
  const alarms: string[] = [];
  for (let i = 0; i < count; i++) {
    const original = bases[i % bases.length];
    if (!original) throw new Error('no logs');
    const { finding } = await verify(optionsFor(original.files, original));
    if (finding.outcome !== 'valid') alarms.push(`${original.leaves.length}: ${finding.code} ${finding.firstBadIndex}`);
  }
  return alarms;
}

/** Verifiers with one deliberate blind spot each. A campaign that one of them passes is worth nothing. */
export function brokenVerifiers(original: (options: AuditOptions) => Original): Readonly<Record<string, Verifier>> {
  const pristine = (options: AuditOptions, which: RegExp): AuditOptions => {
    const { files } = original(options);
    const { source } = options;
    return {
      ...options,
      source: {
        read: async (path, limit) =>
          which.test(path) ? (files.get(path) ?? source.read(path, limit)) : source.read(path, limit),
      },
    };
  };
  const anySignature = { ...nodeCrypto, verifyEd25519: () => true };
  return {
    'believes every signature': (o) => audit({ ...o, crypto: anySignature }),
    'does not look at entries': (o) => audit({ ...pristine(o, /^tile\/entries\//), entries: 'any' }),
    'does not look at leaf hashes': (o) => audit(pristine(o, /^tile\/0\//)),
    'does not look at upper tiles': (o) => audit(pristine(o, /^tile\/[1-9]/)),
    'does not ask for the quorum': (o) => audit({ ...o, trust: { ...o.trust, quorum: { kind: 'none' } } }),
    'forgets earlier checkpoints': (o) => audit({ ...o, seen: [] }),
    'ignores the age': (o) => audit({ ...o, fresh: undefined }),
    'does not judge envelopes': (o) => audit({ ...o, entries: 'any' }),
    'calls missing files good': async (o) => {
      const report = await audit(o);
      return report.finding.outcome === 'incomplete'
        ? { ...report, finding: { outcome: 'valid', code: 'valid', params: {}, firstBadIndex: null } }
        : report;
    },
    'names the next index': async (o) => {
      const report = await audit(o);
      const { firstBadIndex } = report.finding;
      return {
        ...report,
        finding: { ...report.finding, firstBadIndex: firstBadIndex === null ? null : firstBadIndex + 1 },
      };
    },
  };
}
