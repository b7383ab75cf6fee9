/** The policy that the data folder holds: our log, the witnesses with their addresses, the quorum. Pinned by readers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../core/index.ts';
import { POLICY_UNUSABLE } from '../problems.ts';
import {
  formatVkey,
  type Handover,
  nodeCrypto,
  type Policy,
  parsePolicy,
  utf8,
  type VerifierKey,
} from '../verify/index.ts';
import { writeDurably } from './durable-files.ts';

export interface PolicyFile {
  readonly text: string;
  readonly policy: Policy;
}

/**
 * Reads `policy` in the record's folder; made with the log's key and `quorum none` when absent, for the chairs to extend
 * (witness, group and quorum lines of C2SP tlog-policy). Refuses one that does not name this log.
 */
export function openPolicy(folder: string, logKey: VerifierKey): PolicyFile {
  const path = join(folder, 'policy');
  if (!existsSync(path)) {
    const text = `log ${formatVkey(logKey)}\nquorum none\n`;
    writeDurably(folder, new Map([['policy', utf8(text)]]));
  }
  const text = readFileSync(path, 'utf8');
  const policy = parsePolicy(nodeCrypto, readFileSync(path));
  if ('fault' in policy) {
    throw new Problem(POLICY_UNUSABLE, `line ${policy.line}: ${policy.fault}`, { where: path });
  }
  const vkey = formatVkey(logKey);
  if (!policy.logs.some((log) => formatVkey(log.key) === vkey)) {
    throw new Problem(POLICY_UNUSABLE, `the policy does not name this log: log ${vkey}`, { where: path });
  }
  return { text, policy };
}

/** The policy after a handover: the new key in the old one's line, and in words who signed before. */
export function policyAfter(text: string, { from, to, checkpoint, oldKeySigned }: Handover): string {
  const [old, next] = [formatVkey(from), formatVkey(to)];
  const keyOf = (line: string): string | undefined => /^[ \t]*log[ \t]+([^ \t]+)/.exec(line)?.[1];
  const lines = text.split('\n');
  if (!lines.some((line) => keyOf(line) === old)) return text;
  const isNamed = lines.some((line) => keyOf(line) === next);
  const how = oldKeySigned ? 'handed over' : 'continued without its signature';
  const told = `# ${how} at ${checkpoint.size} entries: ${old}`;
  return lines
    .flatMap((line) => (keyOf(line) !== old ? [line] : isNamed ? [told] : [line.replace(old, () => next), told]))
    .join('\n');
}
