/** After a fault: is everything that was acknowledged there, everything that was signed, and the folder sound? */
import { join } from 'node:path';
import { MACHINE, silentLog, systemClock, systemRandom } from '../../src/core/index.ts';
import { type Ctx, openDatabase } from '../../src/db/index.ts';
import { openLog } from '../../src/record/index.ts';
import { folderSource } from '../../src/record/verify/command/sources.ts';
import { audit, nodeCrypto, parsePolicy, trustInPolicy } from '../../src/record/verify/index.ts';
import type { Witnessed } from './strike.ts';

export interface Verdict {
  readonly faults: readonly string[];
  readonly entries: number;
  readonly reopenSeconds: number;
}

/** Opens the folder again and compares with what the victim had said before it died. */
export async function check(folder: string, said: Witnessed): Promise<Verdict> {
  const faults: string[] = [];
  const since = performance.now();
  const db = await openDatabase({ dataDir: folder, log: silentLog });
  const reopenSeconds = (performance.now() - since) / 1_000;
  const ctx: Ctx = {
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    actor: MACHINE,
    db,
    agreement: 'faults',
  };
  try {
    const [row] = await db.rows<{ n: number; top: number; contents: number; size: number; numbers: number }>(
      `select count(*) n, coalesce(max(index), -1) + 1 top, (select count(*) from entry_contents) contents,
        coalesce((select size from logs where agreement_id = 'faults'), 0) size, coalesce(max(n), 0) numbers from entries`,
    );
    if (!row) throw new Error('no counts');
    if (new Set([row.n, row.top, row.contents, row.size, row.numbers]).size !== 1) {
      faults.push(`counts differ: ${JSON.stringify(row)}`);
    }
    if (row.n <= said.acknowledged) faults.push(`entry ${said.acknowledged} was acknowledged, only ${row.n} are left`);
    const log = await openLog(ctx, { folder: join(folder, 'record'), origin: 'faults.example/log' });
    const before = log.status();
    if (before.refusal !== null) faults.push(before.refusal);
    if (before.size < said.signed) faults.push(`${said.signed} entries were signed, the head is at ${before.size}`);
    await log.round();
    if (log.status().size !== row.n) faults.push(`${row.n} entries, but the log ends at ${log.status().size}`);
    const policy = parsePolicy(nodeCrypto, Buffer.from(log.policyText()));
    if ('fault' in policy) throw new Error(policy.fault);
    const { finding } = await audit({
      crypto: nodeCrypto,
      source: folderSource(log.folder),
      trust: trustInPolicy(policy),
    });
    if (finding.outcome !== 'valid') faults.push(`audit: ${finding.code} at ${finding.firstBadIndex}`);
    return { faults, entries: row.n, reopenSeconds };
  } finally {
    await db.close();
  }
}
