/**
 * The two checks a reader can run in the page: the whole record, and one file. The code is the verifier's own
 * (src/record/verify); the policy is whatever the reader pins, this server's only by default.
 */
import type { Lang } from '../../../src/core/index.ts';
import { audit } from '../../../src/record/verify/audit.ts';
import { browserCrypto, verifyFile } from '../../../src/record/verify/browser.ts';
import { utf8 } from '../../../src/record/verify/bytes.ts';
import type { Outcome } from '../../../src/record/verify/finding.ts';
import { readHandovers } from '../../../src/record/verify/handover.ts';
import { sentenceOf } from '../../../src/record/verify/messages.ts';
import { parsePolicy } from '../../../src/record/verify/policy.ts';
import { trustInPolicy } from '../../../src/record/verify/trust.ts';
import { BadPolicy } from './bad-policy.ts';
import { pageSource } from './log-source.ts';

export interface Checked {
  readonly outcome: Outcome;
  readonly sentence: string;
  readonly firstBadIndex: number | null;
  /** Entries checked; null for a single file. */
  readonly entries: number | null;
  readonly cosigners: readonly string[];
  readonly silent: readonly string[];
}

/** Reads every entry of the record, rebuilds the tree and holds it against the signed checkpoint. */
export async function checkRecord(
  policyText: string,
  lang: Lang,
  onProgress: (done: number) => void,
): Promise<Checked> {
  const policy = parsePolicy(browserCrypto, utf8(policyText));
  if ('fault' in policy) throw new BadPolicy(`${policy.line}: ${policy.fault}`);
  const source = pageSource('/record/');
  const handovers = await readHandovers(browserCrypto, source);
  const report =
    'outcome' in handovers
      ? { finding: handovers, checked: 0, cosigners: [], silent: [] }
      : await audit({
          crypto: browserCrypto,
          source,
          trust: { ...trustInPolicy(policy), handovers },
          entries: 'hudna',
          onProgress,
        });
  return {
    outcome: report.finding.outcome,
    sentence: sentenceOf(report.finding, lang),
    firstBadIndex: report.finding.firstBadIndex,
    entries: report.checked,
    cosigners: report.cosigners.map(({ name }) => name),
    silent: report.silent,
  };
}

export type FileKind = 'bulletin' | 'receipt' | 'proof';

/** Checks a bulletin, a receipt or a proof that the reader has. Nothing is sent anywhere. */
export async function checkFile(kind: FileKind, file: File, policyText: string, lang: Lang): Promise<Checked> {
  const policy = parsePolicy(browserCrypto, utf8(policyText));
  if ('fault' in policy) throw new BadPolicy(`${policy.line}: ${policy.fault}`);
  // A document of before a change of keys is proved under the old key; without network it is checked as it stands.
  const handovers = await readHandovers(browserCrypto, pageSource('/record/'));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const report = verifyFile(kind, bytes, policyText, lang, Date.now(), 'outcome' in handovers ? [] : handovers);
  return {
    outcome: report.finding.outcome,
    sentence: report.sentence,
    firstBadIndex: report.finding.firstBadIndex,
    entries: null,
    cosigners: report.cosigners.map(({ name }) => name),
    silent: report.silent,
  };
}
