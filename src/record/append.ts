/**
 * Writes entries: one per state change, in the transaction that makes the change. Order is taken from one row counter
 * per log, locked until that transaction ends, so commit order is index order and there is never a gap.
 */
import { type Actor, newId, Problem, type World } from '../core/index.ts';
import type { Tx } from '../db/index.ts';
import type { Entry, NewEntry } from './model.ts';
import { CONTENT_TOO_LARGE } from './problems.ts';
import { insertEntries, latestIds, type StoredEntry, takeTurn } from './store.ts';
import { authorStatement } from './verify/author.ts';
import { utf8 } from './verify/bytes.ts';
import { canonicalJson } from './verify/canonical.ts';
import { commitTo, type Envelope, envelopeText, leafOf, MAX_ENVELOPE_BYTES, SALT_SIZE } from './verify/envelope.ts';
import { nodeCrypto } from './verify/node.ts';
import { hashLeaf } from './verify/tree.ts';

const MAX_CONTENT_BYTES = 1_048_576;
const MAX_OBJECT_LENGTH = 300;
const KIND = /^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/;

/** Appends one entry. The content becomes canonical JSON; more than 1 MiB of it is record/content-too-large. */
export async function append(tx: Tx, world: World, entry: NewEntry): Promise<Entry> {
  const [written] = await appendAll(tx, world, [entry]);
  if (!written) throw new Error('nothing was written');
  return written;
}

/** Appends several entries of one instrument in the order given; one turn at the counter for all. */
export async function appendAll(tx: Tx, world: World, entries: readonly NewEntry[]): Promise<Entry[]> {
  const agreement = entries[0]?.agreement;
  if (agreement === undefined) return [];
  const contents = entries.map((entry) => checkedContent(entry, agreement));
  const author = authorOf(world.actor);
  const turn = await takeTurn(tx, agreement, author, entries.length);
  const previous = await latestIds(tx, agreement, [...new Set(entries.map((entry) => entry.object))]);
  const claimedAt = new Date(world.clock.now()).toISOString();

  const rows = entries.map((entry, i): StoredEntry => {
    const content = contents[i] ?? '';
    const salt = world.random.bytes(SALT_SIZE);
    const id = newId(world);
    const chain = `${entry.visibility} ${entry.object}`;
    const n = turn.firstN + i;
    const unsigned: Envelope = {
      id,
      kind: entry.kind,
      author,
      n,
      claimedAt,
      beacon: turn.beacon,
      prev: previous.get(chain) ?? null,
      commit: commitTo(nodeCrypto, salt, content),
      sig: '',
    };
    const sig = world.sign?.(author, authorStatement(unsigned)) ?? '';
    const envelope = envelopeText({ ...unsigned, sig });
    if (utf8(envelope).length > MAX_ENVELOPE_BYTES) throw new Error(`the envelope of ${entry.kind} is over 4 KiB`);
    previous.set(chain, id);
    const leafHash = hashLeaf(nodeCrypto, leafOf(nodeCrypto, envelope, entry.visibility));
    return { ...entry, index: turn.firstIndex + i, id, author, n, claimedAt, envelope, leafHash, salt, text: content };
  });
  await insertEntries(tx, agreement, rows);
  return rows.map(({ envelope: _envelope, leafHash: _leafHash, salt: _salt, text: _text, ...entry }) => entry);
}

/** Who stands for an entry: the kind of actor and its id, nothing that names a person. */
export const authorOf = (actor: Actor): string => `${actor.kind}:${actor.id}`;

function checkedContent(entry: NewEntry, agreement: string): string {
  if (entry.agreement !== agreement) throw new Error('entries of two instruments cannot be appended together');
  if (!KIND.test(entry.kind)) throw new Error(`the kind ${entry.kind} is not written room-noun.past-verb`);
  if (entry.object.length > MAX_OBJECT_LENGTH) throw new Error(`the object of ${entry.kind} is too long`);
  const content = canonicalJson(entry.content);
  if (utf8(content).length > MAX_CONTENT_BYTES) {
    throw new Problem(CONTENT_TOO_LARGE, `the content of ${entry.kind} is over ${MAX_CONTENT_BYTES} bytes`, {
      params: { kind: entry.kind },
    });
  }
  return content;
}
