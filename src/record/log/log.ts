/**
 * The running log: sequences what was appended, asks the witnesses, gives proofs and receipts, keeps the public mirror an
 * hour behind. An append never waits for any of it; when the log refuses to sign, it says so and the rest goes on.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem } from '../../core/index.ts';
import type { Ctx } from '../../db/index.ts';
import { append, appendAll } from '../append.ts';
import { LOG_REFUSES } from '../problems.ts';
import { readEnvelope } from '../store.ts';
import { folderSource } from '../verify/command/sources.ts';
import {
  formatVkey,
  type Handover,
  hashLeaf,
  leafOf,
  nodeCrypto,
  parseCheckpoint,
  promiseText,
  toBase64,
} from '../verify/index.ts';
import { Cosigning } from './cosigning.ts';
import { evidenceUnder, type RecordEvidence } from './evidence.ts';
import { readHead } from './head-store.ts';
import { announcedChange, handOver } from './key-change.ts';
import { LogKeys, type PreparedKeyChange } from './log-keys.ts';
import { PublicMirror } from './mirror.ts';
import { openPolicy } from './policy-file.ts';
import { Sequencer } from './sequencer.ts';
import { clocksApart, type KeyChangeStatus, publicStatusOf, type RecordStatus, witnessedState } from './status.ts';

/** A checkpoint at most this often while entries come in. */
const ROUND_MS = 1_000;
const HEARTBEAT_MS = 60_000;
const RECEIPT_DEADLINE_S = 60;
const PADDING_TRIES = 5;

export interface LogOptions {
  /** Folder of the record inside the data folder. */
  readonly folder: string;
  /** Name of the log in every checkpoint, taken at its first start; afterwards its key says it. */
  readonly origin: string;
  /** `hour`: the public mirror lags to the full hour; `none` (a demo): it follows at once. */
  readonly publicLag?: 'hour' | 'none';
}

export interface RecordLog {
  readonly origin: string;
  /** The policy to pin, as it is now. */
  policyText(): string;
  /** Changes of the log's key that the public checkpoint holds (spec/record). */
  handoversText(): string;
  /** The next key, where one lies prepared: what two organisations may decide. */
  preparedKey(): PreparedKeyChange | null;
  /** The folder that holds `checkpoint` and `tile/` of the live log. */
  readonly folder: string;
  readonly mirror: PublicMirror;
  /** Everything appended so far goes into a signed checkpoint, and the witnesses are asked once. */
  round(): Promise<void>;
  /** Rounds, heartbeats and the hourly mirror, until `stop`. */
  start(): void;
  stop(): Promise<void>;
  /** The live state, for staff only. */
  status(): RecordStatus;
  /** The state that may be shown to anyone: nothing in it moves within the hour but full, partial, unwitnessed. */
  publicStatus(): RecordStatus;
  /** A receipt for an entry: proved when a checkpoint holds it, else promised within a minute; null while there is no key. */
  receipt(index: number): Promise<object | null>;
  /** Envelope, salt and proof of an entry under the live head; undefined while no checkpoint holds it. */
  evidence(index: number): Promise<RecordEvidence | undefined>;
  /** Pads the log and moves the public mirror to it. */
  publish(): Promise<void>;
}

/**
 * Opens the log of an instrument: key and policy (made at the first start), the comparison of both places. A refusal is
 * kept and shown in `status`, it does not throw: the house goes on, unsigned.
 */
export async function openLog(ctx: Ctx, options: LogOptions): Promise<RecordLog> {
  const folder = join(options.folder, 'log');
  const keys = LogKeys.open(options.folder, options.origin, await signedAs(ctx, folder), ctx.random);
  const { origin } = keys;
  const opened = openPolicy(options.folder, keys.verifier);
  const { policy } = opened;
  let policyText = opened.text;
  const source = folderSource(folder);
  const sequencer = new Sequencer({
    db: ctx.db,
    agreement: ctx.agreement,
    origin,
    keys,
    folder,
    source,
  });
  const cosigning = new Cosigning(ctx, policy, options.folder, folder);
  const mirror = new PublicMirror(options.folder);
  let refusal: string | null = null;
  /** What the witnesses hold against the log's head; asked again each round, nothing new is signed meanwhile. */
  let contradicted: string | null = null;
  let askedFirst = false;
  let turn: Promise<unknown> = Promise.resolve();
  let timers: NodeJS.Timeout[] = [];

  /** Runs one at a time; a refusal stops all signing until the next start. */
  const inTurn = (body: () => Promise<void>): Promise<void> => {
    const mine = turn.then(async () => {
      if (refusal !== null) return;
      try {
        await body();
      } catch (error) {
        if (!isProblem(error, LOG_REFUSES)) throw error;
        refusal = error.message;
        ctx.log.error({ refusal }, 'the record signs nothing more');
      }
    });
    turn = mine.catch(() => {});
    return mine;
  };

  const sequenceAll = async (): Promise<boolean> => {
    let moved = false;
    while (await sequencer.advance()) moved = true;
    return moved;
  };
  const cosign = async (): Promise<void> => {
    const head = sequencer.signedHead();
    if (head) contradicted = (await cosigning.round(head, sequencer.tree(head.size))) ?? null;
  };
  /** True when something new was signed. Before the first, the witnesses are asked about the head found at the start. */
  const advance = async (): Promise<boolean> => {
    if (!askedFirst || contradicted !== null) await cosign();
    askedFirst = true;
    return contradicted === null && (await sequenceAll());
  };
  const publishNow = async (): Promise<void> => {
    await advance();
    if (contradicted !== null) return;
    // Entries may come in between; a few tries always meet a moment when none does.
    for (let tries = 0; tries < PADDING_TRIES && options.publicLag !== 'none'; tries++) {
      const padding = mirror.padding(ctx, sequencer.head?.size ?? 0);
      if (padding.length === 0) break;
      await ctx.db.inTransaction((tx) => appendAll(tx, ctx, padding));
      await sequenceAll();
    }
    // The public sees one checkpoint of both keys, and never one of the new key before it.
    const change = await announcedChange(ctx, keys);
    const handedOver = change !== null && (await handOver(ctx, keys, sequencer, folder, change));
    await cosign();
    if (contradicted === null && sequencer.head)
      mirror.publish(cosigning.currentNote() ?? sequencer.signedHead()?.note);
    if (handedOver) settleHandover();
  };
  const settleHandover = (): void => {
    const note = cosigning.currentNote();
    const last = keys.handovers.at(-1);
    if (note && last?.checkpoint.size === sequencer.head?.size) keys.addCosignatures(note);
    keys.settle();
    policyText = openPolicy(options.folder, keys.verifier).text;
    ctx.log.warn({ key: keys.verifier.id }, 'the log was handed over to another key');
  };
  const round = (): Promise<void> =>
    inTurn(async () => {
      // Without a key nothing is signed until two organisations have named the next one.
      if (keys.current === null || options.publicLag === 'none') {
        if (keys.next() && (await announcedChange(ctx, keys))) return publishNow();
        if (keys.current === null) return;
      }
      if ((await advance()) || !cosigning.isCurrent(sequencer.head)) await cosign();
    });
  const publish = (): Promise<void> => (keys.current === null ? round() : inTurn(publishNow));

  await inTurn(() => sequencer.recover());
  // A handover that was cut short before the public saw it.
  const handedOver = keys.handovers.at(-1)?.checkpoint;
  if (handedOver && handedOver.size > mirror.size()) mirror.publish(handedOver.raw);

  const evidence = async (index: number): Promise<RecordEvidence | undefined> => {
    const head = sequencer.signedHead();
    if (!head) return undefined;
    const checkpoint = cosigning.noteFor(head.size) ?? head.note;
    return evidenceUnder(
      ctx.db,
      ctx.agreement,
      { size: head.size, tree: sequencer.tree(head.size), checkpoint },
      index,
    );
  };

  const quietly = (body: () => Promise<void>) => (): void => {
    body().catch((error) => ctx.log.error({ error: error instanceof Error ? error.message : '' }, 'the record failed'));
  };

  const status = (): RecordStatus => {
    const head = sequencer.head;
    const states = cosigning.states(head);
    const refused = refusal ?? contradicted ?? (keys.current === null ? keyless(keys) : null);
    const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
    return {
      state: refused !== null ? 'refusing' : witnessedState(policy, states),
      origin,
      size: head?.size ?? 0,
      root: head ? toBase64(head.root) : null,
      publicSize: mirror.size(),
      witnesses: states.map((state) => ({
        name: state.name,
        lastTime: iso(state.lastTime),
        silentSince: state.current ? null : iso(state.lastTime ?? cosigning.startedAt),
      })),
      clocksApart: clocksApart(states),
      refusal: refused,
      keyChanges: keys.handovers.map(keyChangeOf),
    };
  };

  return {
    origin,
    policyText: () => policyText,
    handoversText: () => keys.publicText(mirror.size()),
    preparedKey: () => keys.prepared(),
    folder,
    mirror,
    round,
    publish,
    evidence,
    status,
    publicStatus: () => publicStatusOf(status(), mirror.root()),
    start() {
      const every = (ms: number, body: () => Promise<void>): void => {
        timers.push(setInterval(quietly(body), ms).unref());
      };
      every(ROUND_MS, round);
      every(HEARTBEAT_MS, () => beat(ctx));
      quietly(async () => {
        await round();
        if (!mirror.exists() || options.publicLag === 'none') await publish();
      })();
      if (options.publicLag === 'none') every(ROUND_MS * 5, async () => mirror.follow(cosigning.currentNote()));
      else scheduleHourly(ctx, quietly(publish), timers);
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      timers = [];
      await turn;
    },
    async receipt(index) {
      const found = await readEnvelope(ctx.db, ctx.agreement, index);
      if (!found) throw new Error(`there is no entry ${index}`);
      const leafBytes = leafOf(nodeCrypto, found.envelope, found.visibility);
      const leaf = toBase64(leafBytes);
      const proved = await evidence(index);
      if (proved) return { receipt: 1, index, leaf, proof: proved.proof };
      const by = Math.floor(ctx.clock.now() / 1_000) + RECEIPT_DEADLINE_S;
      const signer = keys.current;
      if (!signer) return null;
      const text = promiseText(origin, toBase64(hashLeaf(nodeCrypto, leafBytes)), by);
      return { receipt: 1, index, leaf, promise: `${text}\n${signer.signNote(text)}` };
    },
  };
}

/** The name under which this log has signed before, here or in the database it came from; undefined for a new one. */
async function signedAs(ctx: Ctx, folder: string): Promise<string | undefined> {
  const path = join(folder, 'checkpoint');
  const checkpoint = existsSync(path) ? parseCheckpoint(nodeCrypto, readFileSync(path)) : undefined;
  return checkpoint?.origin ?? (await readHead(ctx.db, ctx.agreement))?.origin;
}

const keyless = (keys: LogKeys): string =>
  `refusing to sign: the private key of this log (${keys.verifier.id}) is missing. Bring back keys/log.key, or let two organisations name another key (docs/operate.md)`;

const keyChangeOf = ({ from, to, checkpoint, oldKeySigned, reason, by, claimedAt }: Handover): KeyChangeStatus => ({
  size: checkpoint.size,
  from: formatVkey(from),
  to: formatVkey(to),
  oldKeySigned,
  reason,
  by,
  claimedAt,
});

/** A sealed entry a minute: nobody can tell it from a report, and silence is attested too. */
async function beat(ctx: Ctx): Promise<void> {
  await ctx.db.inTransaction((tx) =>
    append(tx, ctx, {
      agreement: ctx.agreement,
      kind: 'record.heartbeat-written',
      object: 'record:heartbeat',
      visibility: 'sealed',
      content: { at: new Date(ctx.clock.now()).toISOString() },
    }),
  );
}

const HOUR_MS = 3_600_000;

function scheduleHourly(ctx: Ctx, body: () => void, timers: NodeJS.Timeout[]): void {
  const wait = HOUR_MS - (ctx.clock.now() % HOUR_MS);
  timers.push(
    setTimeout(() => {
      body();
      scheduleHourly(ctx, body, timers);
    }, wait).unref(),
  );
}
