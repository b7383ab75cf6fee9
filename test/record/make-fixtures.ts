/**
 * Writes spec/fixtures/record: valid files, and invalid ones with one fault each. `npx tsx test/record/make-fixtures.ts`.
 * The keys are test keys that anyone can make again; they sign nothing real.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commitTo, envelopeText, nodeCrypto } from '../../src/record/verify/index.ts';
import { naivePath, sha256, signatureOf, signedCheckpoint } from '../support/log.ts';
import { inRepository } from '../support/needs.ts';
import {
  allSigners,
  LOG_KEY,
  ORIGIN,
  POLICY,
  sampleLeaf,
  sampleLeaves,
  sampleLog,
  WITNESS_TIME,
  WITNESSES,
} from './sample-log.ts';

const FOLDER = inRepository('spec/fixtures/record');
rmSync(FOLDER, { recursive: true, force: true });
const write = (path: string, bytes: Buffer | string): void => {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), bytes);
};

const leaves = sampleLeaves(12);
const files = sampleLog(leaves);
const checkpoint = (files.get('checkpoint') ?? Buffer.alloc(0)).toString();
const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
for (const [path, bytes] of files) write(`valid/log/${path}`, bytes);
write('valid/policy', POLICY);
write('valid/checkpoint', checkpoint);

const proofOf = (index: number, of: readonly Buffer[], note: string, leaf = of[index]): string => {
  const hashes = naivePath(index, of).map((hash) => `${hash.toString('base64')}\n`);
  return `c2sp.org/tlog-proof@v1\nextra ${leaf?.toString('base64')}\nindex ${index}\n${hashes.join('')}\n${note}`;
};
write('valid/entry-4.tlog-proof', proofOf(4, leaves, checkpoint));
write(
  'valid/receipt.json',
  JSON.stringify({ receipt: 1, index: 5, leaf: leaves[5]?.toString('base64'), proof: proofOf(5, leaves, checkpoint) }),
);

const content = { day: '2016-04-28', incidents: [] };
const salt = sha256('a salt for a fixture');
const envelope = envelopeText({
  id: '01545cbd-7200-7000-8000-000000000001',
  kind: 'bulletin.released',
  author: 'machine:hudna',
  n: 1,
  claimedAt: new Date((WITNESS_TIME - 3_600) * 1_000).toISOString(),
  beacon: null,
  prev: null,
  commit: commitTo(nodeCrypto, salt, JSON.stringify(content)),
  sig: '',
});
const withBulletin = [...leaves, Buffer.from(envelope)];
const bulletinNote = (sampleLog(withBulletin).get('checkpoint') ?? Buffer.alloc(0)).toString();
const record = { envelope, salt: salt.toString('hex'), proof: proofOf(12, withBulletin, bulletinNote) };
write('valid/bulletin.json', JSON.stringify({ ...content, record }));

const lines = checkpoint.split('\n');
const without = (n: number): string => lines.filter((_, i) => i !== n).join('\n');
write('invalid/checkpoint-size-with-leading-zero', checkpoint.replace('\n12\n', '\n012\n'));
write('invalid/checkpoint-without-signatures', `${body}\n`);
write('invalid/checkpoint-carriage-returns', checkpoint.replaceAll('\n', '\r\n'));
write('invalid/checkpoint-altered-root', checkpoint.replace(lines[2] ?? '', sha256('other').toString('base64')));
write('invalid/checkpoint-other-origin', signedCheckpoint('other.test/record', 12, sha256('x'), allSigners()));
write(
  'invalid/checkpoint-forged-cosignature',
  checkpoint.replace(
    lines[5] ?? '',
    signatureOf({ ...(WITNESSES[0] ?? LOG_KEY), privateKey: LOG_KEY.privateKey }, body, WITNESS_TIME).trimEnd(),
  ),
);
write('invalid/partial-one-chair-missing', without(6));
write(
  'invalid/partial-log-only',
  signedCheckpoint(ORIGIN, 12, Buffer.from(lines[2] ?? '', 'base64'), { log: LOG_KEY }),
);
write('invalid/proof-of-another-entry.tlog-proof', proofOf(4, leaves, checkpoint, leaves[7]));
write('invalid/proof-one-hash-short.tlog-proof', proofOf(4, leaves, checkpoint).replace(/(index 4\n)[^\n]+\n/, '$1'));
write('invalid/proof-index-with-sign.tlog-proof', proofOf(4, leaves, checkpoint).replace('index 4', 'index +4'));
write('invalid/bulletin-altered.json', JSON.stringify({ ...content, day: '2016-04-29', record }));
write('invalid/bulletin-draft.json', JSON.stringify({ ...content, record: null }));
const policies: Readonly<Record<string, string>> = {
  'no-quorum': POLICY.replace('quorum full\n', ''),
  'two-quorums': `${POLICY}quorum full\n`,
  'unknown-word': `${POLICY}allow everybody\n`,
  'undefined-member': POLICY.replace('all A B', 'all A C'),
  'member-twice': POLICY.replace('all chairs U', 'all chairs A U'),
  'threshold-too-high': POLICY.replace('group full all', 'group full 3'),
  'key-twice': POLICY.replace(WITNESSES[1]?.vkey ?? '', WITNESSES[0]?.vkey ?? ''),
  'witness-with-a-log-key': POLICY.replace(WITNESSES[1]?.vkey ?? '', LOG_KEY.vkey),
  'wrong-key-id': POLICY.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
  'named-none': POLICY.replaceAll('full', 'none'),
};
for (const [name, text] of Object.entries(policies)) write(`invalid/policy-${name}`, text);

const spoil = (change: (fields: Record<string, unknown>) => void): string => {
  const fields = JSON.parse(leaves[3]?.toString() ?? '{}');
  change(fields);
  return JSON.stringify(fields, Object.keys(fields).sort());
};
const entries: Readonly<Record<string, string>> = {
  'not-canonical': (leaves[3]?.toString() ?? '').replace('{"author"', '{ "author"'),
  'member-extra': spoil((f) => Object.assign(f, { name: 'x' })),
  'member-missing': spoil((f) => delete f.commit),
  'version-2': spoil((f) => Object.assign(f, { v: 2 })),
  'counter-zero': spoil((f) => Object.assign(f, { n: 0 })),
  'time-without-zone': spoil((f) => Object.assign(f, { claimed_at: '2016-04-28T12:00:00' })),
  'seal-too-short': '{"seal":"00","v":1}',
};
for (const [name, text] of Object.entries(entries)) write(`invalid/entry-${name}`, text);
write('valid/entry-open', leaves[3] ?? '');
write('valid/entry-sealed', leaves[4] ?? '');
write('invalid/log-back-dated/note', 'entry 6 claims a time long before entry 3; every key has signed\n');
const backDated = leaves.map((leaf, i) => (i === 6 ? sampleLeaf(6, { shift: -4_000 }) : leaf));
for (const [path, bytes] of sampleLog(backDated)) write(`invalid/log-back-dated/${path}`, bytes);
