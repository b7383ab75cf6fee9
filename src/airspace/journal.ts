/**
 * The only SQL of the room. The program decides in memory, one turn after another, and acknowledges nothing before
 * its documents are durable: turns that wait together share one transaction. When a commit fails the journal is
 * broken for good and the program must stop, for its memory is ahead of its disk.
 */
import type { Db } from '../db/index.ts';

/** A document put (body) or removed (null). */
export interface Doc {
  readonly kind: string;
  readonly id: string;
  readonly body: unknown;
}

interface Waiting {
  readonly docs: readonly Doc[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Journal {
  private readonly db: Db;
  private readonly onBroken: (error: unknown) => void;
  private queue: Waiting[] = [];
  private draining: Promise<void> | undefined;
  private broken = false;

  constructor(db: Db, onBroken: (error: unknown) => void) {
    this.db = db;
    this.onBroken = onBroken;
  }

  get isSound(): boolean {
    return !this.broken;
  }

  /** Every document of a kind, as it was last committed. */
  async load<Body>(kind: string): Promise<{ id: string; body: Body }[]> {
    const rows = await this.db.rows<{ id: string; body: string }>(
      'select id, body from airspace_documents where kind = $1 order by id',
      [kind],
    );
    return rows.map(({ id, body }) => ({ id, body: JSON.parse(body) as Body }));
  }

  /** Resolves when the documents are durable; in the order of the calls. */
  write(docs: readonly Doc[]): Promise<void> {
    if (this.broken) return Promise.reject(new Error('the journal is broken'));
    return new Promise((done, failed) => {
      this.queue.push({ docs, done, failed });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when everything written so far is durable: what a reader waits for, so as never to see what may vanish. */
  settled(): Promise<void> {
    return this.draining ? this.write([]) : Promise.resolve();
  }

  private async drain(): Promise<void> {
    // Never ends before its promise is kept in `draining`.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.queue;
      this.queue = [];
      try {
        const docs = lastOfEach(batch.flatMap((waiting) => waiting.docs));
        if (docs.length > 0) await store(this.db, docs);
        for (const waiting of batch) waiting.done();
      } catch (error) {
        this.broken = true;
        for (const waiting of [...batch, ...this.queue]) waiting.failed(error);
        this.queue = [];
        this.onBroken(error);
      }
    }
    this.draining = undefined;
  }
}

function lastOfEach(docs: readonly Doc[]): Doc[] {
  const byKey = new Map<string, Doc>();
  for (const doc of docs) byKey.set(`${doc.kind}\n${doc.id}`, doc);
  return [...byKey.values()];
}

const PUT = `insert into airspace_documents (kind, id, body)
  select * from unnest($1::text[], $2::text[], $3::text[])
  on conflict (kind, id) do update set body = excluded.body`;
const gone = (from: number): string => `delete from airspace_documents d
  using unnest($${from}::text[], $${from + 1}::text[]) as g(kind, id) where d.kind = g.kind and d.id = g.id`;

/**
 * One statement, which is a transaction of its own: it reaches the disk as a whole or not at all, and the engine is
 * asked once and not three times. No document stands in both halves (`lastOfEach`).
 */
async function store(db: Db, docs: readonly Doc[]): Promise<void> {
  const put = docs.filter((doc) => doc.body !== null);
  const away = docs.filter((doc) => doc.body === null);
  const kept = [put.map((doc) => doc.kind), put.map((doc) => doc.id), put.map((doc) => JSON.stringify(doc.body))];
  const left = [away.map((doc) => doc.kind), away.map((doc) => doc.id)];
  if (away.length === 0) await db.run(PUT, kept);
  else if (put.length === 0) await db.run(gone(1), left);
  else await db.run(`with put as (${PUT}) ${gone(4)}`, [...kept, ...left]);
}
