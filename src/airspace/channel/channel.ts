/**
 * The line between the two headquarters: its formal status apart from its actual use, the log of calls with their
 * read-back, test calls that are due, and the working group's files. Both sides see all of it, except that a statement
 * on a loss of separation is shown to the other only once both have made theirs.
 */
import { newId, Problem, type World } from '../../core/index.ts';
import type { Journal } from '../journal.ts';
import { BAD_REQUEST, CONFLICT, NOT_YOURS } from '../problems.ts';
import type { RuleSet } from '../rules/model.ts';

export const FORMAL = ['in_force', 'suspended', 'resumed'] as const;
export type Formal = (typeof FORMAL)[number];
export const CALL_KINDS = ['operational', 'test', 'assistance'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

export interface StatusEntry {
  readonly party: string;
  readonly status: Formal;
  readonly at: number;
  readonly note: string;
}

export interface Call {
  readonly id: string;
  readonly by: string;
  readonly kind: CallKind;
  readonly at: number;
  readonly text: string;
  /** What the other side heard, in its own words, and when. */
  readonly readBack: { readonly by: string; readonly at: number; readonly text: string } | null;
  /** The caller's word that the read-back was right. */
  readonly confirmed: boolean | null;
}

/** The working group's file of one loss of separation. Parties and declarations are for finding it, never shown. */
export interface GroupFile {
  readonly id: string;
  readonly code: string | null;
  readonly openedAt: number;
  /** By the acute alert itself, or by the first statement. */
  readonly opened: 'acute' | 'statement';
  readonly parties: readonly string[];
  readonly declarations: readonly string[];
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly party: string;
  readonly at: number;
  readonly text: string;
}

/** What a party sees of a file. */
export type FileView = Pick<GroupFile, 'id' | 'code' | 'opened' | 'statements'> & { readonly openedAt: string };

const LONGEST_TEXT = 4_000;
const DAY_MS = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

export class Channel {
  private readonly world: World;
  private readonly journal: Journal;
  private readonly rules: RuleSet;
  private readonly status: StatusEntry[] = [];
  private readonly calls = new Map<string, Call>();
  private readonly files = new Map<string, GroupFile>();

  private constructor(world: World, journal: Journal, rules: RuleSet) {
    this.world = world;
    this.journal = journal;
    this.rules = rules;
  }

  static async start(world: World, journal: Journal, rules: RuleSet): Promise<Channel> {
    const channel = new Channel(world, journal, rules);
    channel.status.push(...(await journal.load<StatusEntry>('channel.status')).map(({ body }) => body));
    for (const { id, body } of await journal.load<Call>('channel.call')) channel.calls.set(id, body);
    for (const { id, body } of await journal.load<GroupFile>('channel.file')) channel.files.set(id, body);
    return channel;
  }

  /** A side declares the arrangement in force, suspended or resumed. The line stays open whatever is declared. */
  async declare(party: string, status: Formal, note: string): Promise<void> {
    const entry = { party, status, at: this.world.clock.now(), note: bounded(note, 'note', true) };
    this.status.push(entry);
    await this.journal.write([{ kind: 'channel.status', id: newId(this.world), body: entry }]);
  }

  async logCall(party: string, kind: CallKind, text: string): Promise<Call> {
    const call: Call = {
      id: newId(this.world),
      by: party,
      kind,
      at: this.world.clock.now(),
      text: bounded(text, 'text'),
      readBack: null,
      confirmed: null,
    };
    return this.keep(call);
  }

  /** The side that was called writes what it heard. */
  async readBack(party: string, id: string, text: string): Promise<Call> {
    const call = this.callOf(id);
    if (call.by === party) throw new Problem(CONFLICT, 'a call is read back by the other side');
    if (call.readBack) throw new Problem(CONFLICT, 'the call was read back already');
    return this.keep({ ...call, readBack: { by: party, at: this.world.clock.now(), text: bounded(text, 'text') } });
  }

  /** The caller says whether the read-back was right. A wrong one is called again, never edited. */
  async confirm(party: string, id: string, right: boolean): Promise<Call> {
    const call = this.callOf(id);
    if (call.by !== party || !call.readBack || call.confirmed !== null) {
      throw new Problem(CONFLICT, 'only the caller confirms, once, what was read back');
    }
    return this.keep({ ...call, confirmed: right });
  }

  /** Opens the file of a loss of separation, once for all declarations that hang together. */
  async openFile(declarations: readonly string[], parties: readonly string[]): Promise<void> {
    const known = [...this.files.values()].find((file) => file.declarations.some((id) => declarations.includes(id)));
    const file: GroupFile = known
      ? {
          ...known,
          parties: [...new Set([...known.parties, ...parties])],
          declarations: [...new Set([...known.declarations, ...declarations])],
        }
      : { ...this.newFile('acute'), parties, declarations };
    await this.keepFile(file);
  }

  /** Adds a side's statement to the file of its own declaration, or of the code both know; one a side. */
  async state(
    party: string,
    about: { readonly declaration: string; readonly code: string | undefined },
    text: string,
  ): Promise<FileView> {
    const files = [...this.files.values()];
    const old =
      files.find((file) => file.declarations.includes(about.declaration)) ??
      files.find((file) => about.code !== undefined && file.code === about.code);
    if (!old && about.code === undefined)
      throw new Problem(NOT_YOURS, 'no alert of yours that both sides acknowledged');
    const file = old ?? this.newFile('statement');
    if (file.statements.some((one) => one.party === party)) throw new Problem(CONFLICT, 'your side made its statement');
    const statement = { party, at: this.world.clock.now(), text: bounded(text, 'statement') };
    const next: GroupFile = {
      ...file,
      code: file.code ?? about.code ?? null,
      parties: [...new Set([...file.parties, party])],
      statements: [...file.statements, statement],
    };
    await this.keepFile(next);
    return this.fileFor(party, next);
  }

  /** Everything about the line as a party sees it. */
  view(party: string): Readonly<Record<string, unknown>> {
    const now = this.world.clock.now();
    const calls = [...this.calls.values()].sort((a, b) => b.at - a.at);
    const tests = calls.filter((call) => call.kind === 'test');
    const nextTest = (tests[0]?.at ?? this.firstTestFrom()) + this.rules.testCallMinutes * 60_000;
    return {
      formal: { now: this.formalNow(), entries: this.status.map((entry) => ({ ...entry, at: iso(entry.at) })) },
      actual: {
        lastCallAt: calls[0] ? iso(calls[0].at) : null,
        callsInLastDay: calls.filter((call) => call.at > now - DAY_MS).length,
        lastTestAt: tests[0] ? iso(tests[0].at) : null,
        nextTestDueAt: iso(nextTest),
        testOverdue: nextTest < now,
      },
      radio: this.rules.radio,
      calls: calls.slice(0, 200).map((call) => ({ ...call, at: iso(call.at) })),
      files: [...this.files.values()]
        .filter((file) => file.opened === 'statement' || file.parties.includes(party))
        .map((file) => this.fileFor(party, file)),
    };
  }

  private firstTestFrom(): number {
    return Math.max(Date.parse(this.rules.validFrom), 0);
  }

  /** Suspended while any side's last word is that it is. */
  private formalNow(): Formal {
    const last = new Map(this.status.map((entry) => [entry.party, entry.status]));
    if ([...last.values()].includes('suspended')) return 'suspended';
    return [...last.values()].includes('resumed') ? 'resumed' : 'in_force';
  }

  private fileFor(party: string, { id, code, openedAt, opened, statements }: GroupFile): FileView {
    const mine = statements.some((one) => one.party === party);
    const shown = mine ? statements : statements.map((one) => ({ ...one, text: '' }));
    return { id, code: mine ? code : null, openedAt: iso(openedAt), opened, statements: shown };
  }

  private newFile(opened: GroupFile['opened']): GroupFile {
    const openedAt = this.world.clock.now();
    return { id: newId(this.world), code: null, openedAt, opened, parties: [], declarations: [], statements: [] };
  }

  private async keepFile(file: GroupFile): Promise<void> {
    this.files.set(file.id, file);
    await this.journal.write([{ kind: 'channel.file', id: file.id, body: file }]);
  }

  private callOf(id: string): Call {
    const call = this.calls.get(id);
    if (!call) throw new Problem(NOT_YOURS, 'no such call');
    return call;
  }

  private async keep(call: Call): Promise<Call> {
    this.calls.set(call.id, call);
    await this.journal.write([{ kind: 'channel.call', id: call.id, body: call }]);
    return call;
  }
}

function bounded(text: unknown, field: string, mayBeEmpty = false): string {
  const ok = typeof text === 'string' && text.length <= LONGEST_TEXT && (mayBeEmpty || text.trim() !== '');
  if (!ok) throw new Problem(BAD_REQUEST, `${field}: a text of at most ${LONGEST_TEXT} characters`);
  return text;
}
