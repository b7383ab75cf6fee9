/**
 * The running log: sequences what was appended, asks the witnesses, gives proofs and receipts, keeps the public mirror an
 * hour behind. An append never waits for any of it; when the log refuses to sign, it says so and the rest goes on.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isProblem, Problem } from '../../core/index.ts';
import type { Ctx } from '../../db/index.ts';
import { append, appendAll } from '../append.ts';
import { KEY_UNUSABLE, LOG_REFUSES } from '../problems.ts';
import { readEnvelope } from '../store.ts';
import { folderSource } from '../verify/command/sources.ts';
import { hashLeaf, leafOf, nodeCrypto, promiseText, TYPE_ED25519, toBase64 } from '../verify/index.ts';
import { Cosigning } from './cosigning.ts';
import { evidenceUnder, type RecordEvidence } from './evidence.ts';
import { readHead } from './head-store.ts';
import { PublicMirror } from './mirror.ts';
import { openPolicy } from './policy-file.ts';
import { Sequencer, type SignedHead } from './sequencer.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';
import { clocksApart, publicStatusOf, type RecordStatus, witnessedState } from './status.ts';

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
  readonly policyText: string;
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
  /** A receipt for an entry: proved when a checkpoint holds it, else promised within a minute. */
  receipt(index: number): Promise<object>;
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
  const key = await openLogKey(ctx, options, folder);
  const origin = key.verifier.name;
  const { policy, text: policyText } = openPolicy(options.folder, key.verifier);
  const source = folderSource(folder);
  const sequencer = new Sequencer({
    db: ctx.db,
    agreement: ctx.agreement,
    origin,
    key,
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

  const sequenceAll = async (): Promise<SignedHead | undefined> => {
    let last: SignedHead | undefined;
    for (let signed = await sequencer.advance(); signed; signed = await sequencer.advance()) last = signed;
    return last;
  };
  const cosign = async (): Promise<void> => {
    const head = sequencer.signedHead();
    if (head) contradicted = (await cosigning.round(head, sequencer.tree(head.size))) ?? null;
  };
  /** True when something new was signed. Before the first, the witnesses are asked about the head found at the start. */
  const advance = async (): Promise<boolean> => {
    if (!askedFirst || contradicted !== null) await cosign();
    askedFirst = true;
    return contradicted === null && (await sequenceAll()) !== undefined;
  };
  const round = (): Promise<void> =>
    inTurn(async () => {
      if ((await advance()) || !cosigning.isCurrent(sequencer.head)) await cosign();
    });
  const publish = (): Promise<void> =>
    inTurn(async () => {
      await advance();
      if (contradicted !== null) return;
      // Entries may come in between; a few tries always meet a moment when none does.
      for (let tries = 0; tries < PADDING_TRIES && options.publicLag !== 'none'; tries++) {
        const padding = mirror.padding(ctx, sequencer.head?.size ?? 0);
        if (padding.length === 0) break;
        await ctx.db.inTransaction((tx) => appendAll(tx, ctx, padding));
        await sequenceAll();
      }
      await cosign();
      if (contradicted === null && sequencer.head)
        mirror.publish(cosigning.currentNote() ?? sequencer.signedHead()?.note);
    });

  await inTurn(() => sequencer.recover());

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
    const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
    return {
      state: (refusal ?? contradicted) !== null ? 'refusing' : witnessedState(policy, states),
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
      refusal: refusal ?? contradicted,
    };
  };

  return {
    origin,
    policyText,
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
      const text = promiseText(origin, toBase64(hashLeaf(nodeCrypto, leafBytes)), by);
      return { receipt: 1, index, leaf, promise: `${text}\n${key.signNote(text)}` };
    },
  };
}

/**
 * The log's key: made at the first start, never later. A log that has signed and has lost its key goes on with nothing
 * else: whoever can bring back an old database must not be able to sign it anew.
 */
async function openLogKey(ctx: Ctx, options: LogOptions, folder: string): Promise<SigningKey> {
  const path = join(options.folder, 'keys', 'log.key');
  const known = existsSync(path);
  if (!known && (existsSync(join(folder, 'checkpoint')) || (await readHead(ctx.db, ctx.agreement)))) {
    throw new Problem(
      KEY_UNUSABLE,
      `${path} is missing, and this log has signed before; copy the folder record of the data folder that it came from`,
      { where: path },
    );
  }
  // The name was fixed when the key was made.
  return openSigningKey(path, known ? undefined : options.origin, TYPE_ED25519, ctx.random);
}

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
