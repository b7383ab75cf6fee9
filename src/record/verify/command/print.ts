/** Prints a report: one JSON object, or a few lines for people. Evidence of a fork is printed whole. */
import { toBase64, utf8Text } from '../bytes.ts';
import type { SignedCheckpoint } from '../checkpoint.ts';
import type { Finding } from '../finding.ts';
import type { Handover } from '../handover.ts';
import { formatVkey } from '../keys.ts';
import { handoverSentence, sentenceOf } from '../messages.ts';
import type { Cosigner } from '../trust.ts';
import type { CommandIo } from './run.ts';
import type { Request } from './usage.ts';

export interface Report {
  readonly finding: Finding;
  readonly checkpoint: SignedCheckpoint | null;
  readonly cosigners: readonly Cosigner[];
  readonly silent: readonly string[];
  readonly checked?: number;
  readonly index?: number | null;
  /** Changes of the log's key that came with what was checked. */
  readonly handovers?: readonly Handover[];
  /** Signed checkpoints that contradict each other. */
  readonly evidence?: readonly Uint8Array[];
}

const isoOf = (seconds: number): string => new Date(seconds * 1_000).toISOString();

export function printReport(report: Report, request: Request, io: CommandIo): void {
  if (request.json) io.out(`${JSON.stringify(jsonOf(report, request))}\n`);
  else printLines(report, request, io);
}

function jsonOf(report: Report, request: Request): object {
  const { finding, checkpoint } = report;
  return {
    valid: finding.outcome === 'valid',
    firstBadIndex: finding.firstBadIndex,
    reason: finding.outcome === 'valid' ? null : sentenceOf(finding, request.lang),
    code: finding.code,
    status: finding.outcome,
    ...(checkpoint && { origin: checkpoint.origin, size: checkpoint.size, root: toBase64(checkpoint.root) }),
    ...(report.checked !== undefined && { checked: report.checked }),
    ...(report.index !== undefined && { index: report.index }),
    cosigners: report.cosigners.map(({ name, time }) => ({ name, time: isoOf(time) })),
    silent: report.silent,
    ...(typeof finding.params.pin === 'string' && { pin: finding.params.pin }),
    handovers: (report.handovers ?? []).map((one) => ({
      size: one.checkpoint.size,
      from: formatVkey(one.from),
      to: formatVkey(one.to),
      oldKeySigned: one.oldKeySigned,
      entry: one.index,
      reason: one.reason,
      by: one.by,
    })),
    ...(report.evidence && { evidence: report.evidence.map((raw) => utf8Text(raw) ?? '') }),
  };
}

function printLines(report: Report, request: Request, io: CommandIo): void {
  const { finding, checkpoint } = report;
  const sentence = sentenceOf(finding, request.lang);
  if (finding.outcome === 'valid') io.out(`${sentence}\n`);
  else {
    const place = finding.firstBadIndex === null ? '' : ` [${finding.firstBadIndex}]`;
    io.err(`hudna verify: ${sentence}${place}\n`);
  }
  // Text and a root that nobody trusted has signed are not shown.
  if (checkpoint && finding.code !== 'not-signed' && finding.code !== 'bad-signature') {
    io.out(`${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`);
  }
  for (const { name, time } of report.cosigners) io.out(`+ ${name} ${isoOf(time)}\n`);
  for (const name of report.silent) io.out(`- ${name}\n`);
  for (const one of report.handovers ?? []) io.out(`! ${handoverSentence(one, request.lang)}\n`);
  for (const raw of report.evidence ?? []) io.out(`\n${utf8Text(raw) ?? ''}`);
}
