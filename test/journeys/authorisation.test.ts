/**
 * The authorisation model, over HTTP against the real server: whatever persons and programs of three organisations try, in
 * whatever order, nothing is released, dismissed, attributed, withdrawn or disclosed without two persons of two organisations
 * who are not the author, each for the exact text. A model that knows only that sentence predicts every answer.
 * HUDNA_MODEL_RUNS sets the number of runs (the figure in docs/roles.md was taken with 10,000).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../src/access/index.ts';
import { groupBy } from '../../src/core/index.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { type Answer, newPerson, type Person } from '../support/person.ts';

const RUNS = Number(process.env.HUDNA_MODEL_RUNS ?? 300);
const DAY = '2016-05-11';
const REPORT = {
  id: 'm-1',
  source: { name: 'First Wire', kind: 'newspaper' },
  published: '2016-05-12',
  lang: 'en',
  text: 'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.',
};
const SEALED = { ...REPORT, id: 'm-2', source: { name: 'Second', kind: 'ngo' }, text: 'Shelling of Daraya.' };

/** Two spellings of one organisation are one voice. */
const ORGANISATIONS = ['Cell A', 'CELL-A', 'Cell B', 'Cell C'] as const;
const voice = (organisation: string) => organisation.toLowerCase().replace('-', ' ');
const ROLES = ['co_chair', 'assessor', 'analyst'] as const;
const ACTS = [
  'incident.dismiss',
  'incident.attribute',
  'publication.withdraw',
  'sealed.disclose',
  'bulletin.release',
] as const;
type ActName = (typeof ACTS)[number];
const LIES = ['none', 'other-text', 'unsigned', 'another’s signature', 'signature over another text'] as const;

interface Someone {
  readonly name: string;
  readonly organisation: string;
  readonly roles: readonly string[];
  readonly isRemoved: boolean;
  /** The token of a program: signs nothing. */
  readonly token: string | null;
}
interface Tried {
  readonly act: ActName;
  readonly object: string;
  readonly author: string;
  readonly id: string;
  readonly sha256: string;
  state: 'open' | 'done' | 'closed';
  approvals: { who: string; voice: string; role: string }[];
}
interface Model {
  people: Map<string, Someone>;
  tried: Tried[];
}

const speaks = (one: Someone): string | null =>
  ['co_chair', 'assessor'].find((role) => one.roles.includes(role)) ?? null;
const proposes = (one: Someone): boolean =>
  one.roles.some((role) => ['co_chair', 'assessor', 'analyst'].includes(role));

describe('authorisation, as a model', () => {
  let at: TestHouse;
  const persons = new Map<string, Person>();
  const people = new Map<string, Someone>();
  const changed = new Set<string>();
  let incident = '';
  let sealed = '';
  let asked = 0;
  let effects = 0;

  beforeAll(async () => {
    at = await testHouse();
    await at.importText(JSON.stringify(REPORT));
    await at.importText(JSON.stringify(SEALED), { visibility: 'sealed' });
    incident = (await at.get<{ items: { id: string }[] }>(`/api/incidents?from=${DAY}&to=${DAY}`)).items[0]?.id ?? '';
    const reports = (await at.get<{ items: { id: string; visibility: string }[] }>('/api/reports')).items;
    sealed = reports.find(({ visibility }) => visibility === 'sealed')?.id ?? '';
    for (const organisation of ORGANISATIONS) {
      for (const role of [...ROLES, 'administrator']) {
        const door = await buildApp(at.house, { webDir: undefined, sample: null, record: null });
        const person = await newPerson({ ...at, app: door }, organisation, role);
        person.moveTo(at.app);
        await door.close();
        const name = `${organisation} ${role}`;
        persons.set(name, person);
        people.set(name, { name, organisation, roles: [role], isRemoved: false, token: null });
      }
    }
    for (const organisation of ['Cell A', 'Cell B']) {
      const { token } = await createToken(at.house.ctx(), organisation, 'assessor');
      const name = `program of ${organisation}`;
      people.set(name, { name, organisation, roles: ['assessor'], isRemoved: false, token });
    }
  });
  afterAll(() => at.close());

  /** Asks as somebody; each request from another address, for the limit per minute is not what is tested. */
  async function ask(
    who: Someone,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<Answer> {
    asked += 1;
    const headers: Record<string, string> = who.token
      ? { authorization: `Bearer ${who.token}` }
      : (persons.get(who.name)?.headers() ?? {});
    const remoteAddress = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
    const response = await at.app.inject({ method, url, headers, remoteAddress, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.body ? response.json() : null, headers: response.headers };
  }

  /** Everybody as invited, every session open: each run begins alike. */
  async function reset(): Promise<Model> {
    // Only what differs is written: ten thousand runs must not fill the tables with dead rows.
    const { db } = at.house;
    await db.run('update account set removed_at = null where removed_at is not null');
    await db.run('update session set ended_at = null where ended_at is not null');
    for (const name of changed)
      await db.run('update account set roles = $2 where id = $1', [
        persons.get(name)?.id ?? '',
        people.get(name)?.roles ?? [],
      ]);
    changed.clear();
    return { people: new Map(people), tried: [] };
  }

  const pick = <One>(list: readonly One[], at: number): One | undefined => list[at % Math.max(1, list.length)];
  const everybody = (model: Model) => [...model.people.values()];

  class Propose implements fc.AsyncCommand<Model, null> {
    readonly act: ActName;
    readonly who: number;
    constructor(act: ActName, who: number) {
      this.act = act;
      this.who = who;
    }
    check = () => true;
    toString = () => `propose ${this.act} by ${this.who}`;
    async run(model: Model): Promise<void> {
      const who = pick(everybody(model), this.who);
      if (!who) return;
      const object =
        this.act === 'bulletin.release'
          ? `bulletin:${DAY}`
          : this.act === 'sealed.disclose'
            ? `report:${sealed}`
            : `incident:${incident}`;
      const answer = await this.#send(who);
      const may = !who.isRemoved && proposes(who);
      expect(['access/unauthorised', 'access/forbidden'].includes(answer.body?.code), JSON.stringify(answer.body)).toBe(
        !may,
      );
      // A release that would say nothing new is refused; that is not what is tested.
      if (answer.status !== 201) return;
      for (const one of model.tried)
        if (one.act === this.act && one.object === object && one.author === who.name && one.state === 'open')
          one.state = 'closed';
      const { id, sha256 } = answer.body;
      model.tried.push({ act: this.act, object, author: who.name, id, sha256, state: 'open', approvals: [] });
    }
    async #send(who: Someone): Promise<Answer> {
      if (this.act === 'bulletin.release') return ask(who, 'POST', `/api/bulletins/${DAY}/proposals`, {});
      const about =
        this.act === 'sealed.disclose'
          ? { report: sealed, organisation: 'Cell C' }
          : { incident, ...(this.act === 'incident.attribute' ? { party: 'government' } : {}) };
      const body = { act: this.act, ...about, reason: 'as the model has it' };
      const answer = await ask(who, 'POST', '/api/acts', body);
      return answer.body?.code === 'publish/nothing-to-do'
        ? ask(who, 'POST', '/api/acts', { ...body, undo: true })
        : answer;
    }
  }

  class Approve implements fc.AsyncCommand<Model, null> {
    readonly which: number;
    readonly who: number;
    readonly lie: (typeof LIES)[number];
    constructor(which: number, who: number, lie: (typeof LIES)[number]) {
      this.which = which;
      this.who = who;
      this.lie = lie;
    }
    check = (model: Readonly<Model>) => model.tried.length > 0;
    toString = () => `approve ${this.which} by ${this.who}, lying: ${this.lie}`;
    async run(model: Model): Promise<void> {
      const tried = pick(model.tried, this.which);
      const who = pick(everybody(model), this.who);
      if (!tried || !who) return;
      const answer = await this.#send(tried, who);
      const role = speaks(who);
      const counts =
        role !== null &&
        !who.isRemoved &&
        who.name !== tried.author &&
        tried.state === 'open' &&
        (this.lie === 'none' || (who.token !== null && !['other-text', 'another’s signature'].includes(this.lie))) &&
        !tried.approvals.some((one) => one.who === who.name || one.voice === voice(who.organisation));
      if (!counts) {
        // Sent twice, an approval is no second one.
        if (answer.status === 200)
          expect(tried.state === 'closed' ? ['overtaken', 'withdrawn'] : [tried.state]).toContain(answer.body.state);
        if (answer.status === 200) expect(tried.approvals.some((one) => one.who === who.name)).toBe(true);
        return;
      }
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      tried.approvals.push({ who: who.name, voice: voice(who.organisation), role });
      const enough = tried.approvals.length >= 2 && tried.approvals.some((one) => one.role === 'co_chair');
      expect(answer.body.state).toBe(enough ? 'done' : 'open');
      if (!enough) return;
      effects += 1;
      for (const one of model.tried)
        if (one.act === tried.act && one.object === tried.object && one.state === 'open') one.state = 'closed';
      tried.state = 'done';
    }
    async #send(tried: Tried, who: Someone): Promise<Answer> {
      const { body } = await ask(who, 'GET', `/api/approvals/${tried.id}`);
      const device = persons.get(who.name)?.device;
      const another = persons.get('Cell C assessor') === persons.get(who.name) ? 'Cell B assessor' : 'Cell C assessor';
      const statement = String(body?.toSign ?? '');
      const assertion =
        this.lie === 'unsigned' || !device
          ? null
          : this.lie === 'another’s signature'
            ? persons.get(another)?.device.approve(statement)
            : device.approve(this.lie === 'signature over another text' ? `${statement} ` : statement);
      const sha256 = this.lie === 'other-text' ? 'f'.repeat(64) : tried.sha256;
      const signature = who.token && this.lie === 'another’s signature' ? Buffer.alloc(64).toString('base64') : null;
      return ask(who, 'POST', `/api/approvals/${tried.id}`, { sha256, signature, assertion });
    }
  }

  class Withdraw implements fc.AsyncCommand<Model, null> {
    readonly which: number;
    readonly who: number;
    constructor(which: number, who: number) {
      this.which = which;
      this.who = who;
    }
    check = (model: Readonly<Model>) => model.tried.length > 0;
    toString = () => `withdraw ${this.which} by ${this.who}`;
    async run(model: Model): Promise<void> {
      const tried = pick(model.tried, this.which);
      const who = pick(everybody(model), this.who);
      if (!tried || !who) return;
      const answer = await ask(who, 'DELETE', `/api/approvals/${tried.id}`);
      const may = !who.isRemoved && proposes(who) && who.name === tried.author && tried.state === 'open';
      expect(answer.status === 204, JSON.stringify(answer.body)).toBe(may);
      if (may) tried.state = 'closed';
    }
  }

  /** An administrator changes whom it may: its own organisation's people. */
  class Manage implements fc.AsyncCommand<Model, null> {
    readonly by: number;
    readonly whom: number;
    readonly what: 'remove' | 'restore' | 'co_chair' | 'analyst';
    constructor(by: number, whom: number, what: 'remove' | 'restore' | 'co_chair' | 'analyst') {
      this.by = by;
      this.whom = whom;
      this.what = what;
    }
    check = () => true;
    toString = () => `${this.what} ${this.whom} by ${this.by}`;
    async run(model: Model): Promise<void> {
      const by = pick(everybody(model), this.by);
      const whom = pick(
        everybody(model).filter(({ token }) => token === null),
        this.whom,
      );
      if (!by || !whom) return;
      const path = `/api/people/${persons.get(whom.name)?.id}`;
      const answer = await (this.what === 'remove'
        ? ask(by, 'DELETE', path)
        : this.what === 'restore'
          ? ask(by, 'POST', `${path}/restore`, {})
          : ask(by, 'PUT', `${path}/roles`, { roles: [this.what] }));
      // The one administrator of an organisation stays one.
      const may =
        !by.isRemoved && by.roles.includes('administrator') && by.organisation === whom.organisation && by !== whom;
      const restoresItself = by === whom && this.what === 'restore' && by.roles.includes('administrator');
      expect(answer.status === 200, JSON.stringify(answer.body)).toBe(may || restoresItself);
      if (!may) return;
      const roles = this.what === 'co_chair' || this.what === 'analyst' ? [this.what] : whom.roles;
      const isRemoved = this.what === 'remove' ? true : this.what === 'restore' ? false : whom.isRemoved;
      model.people.set(whom.name, { ...whom, roles, isRemoved });
      changed.add(whom.name);
      // A session that a removal ended stays ended; the person would have to sign in again.
      if (this.what === 'restore') await at.house.db.run('update session set ended_at = null');
    }
  }

  /** Effects and what stands behind each, from the tables themselves. */
  const soundEffects = async (): Promise<number> => {
    const rows = await at.house.db.rows<{
      proposal: string;
      author: string;
      organisation: string;
      person: string;
      role: string;
      same: boolean;
    }>(
      `select p.id as proposal, p.author, a.organisation, a.person, a.role, a.sha256 = p.sha256 as same
         from (select proposal_id from incident_act union all select proposal_id from disclosure
               union all select proposal_id from bulletin_release) e
         join proposal p on p.id = e.proposal_id left join approval a on a.proposal_id = p.id`,
    );
    const byProposal = groupBy(rows, ({ proposal }) => proposal);
    for (const [proposal, approvals] of byProposal) {
      expect(approvals.length, proposal).toBeGreaterThanOrEqual(2);
      expect(new Set(approvals.map(({ person }) => person)).size, proposal).toBe(approvals.length);
      expect(new Set(approvals.map(({ organisation }) => voice(organisation))).size, proposal).toBe(approvals.length);
      for (const one of approvals) {
        expect([one.same, one.person === one.author, ['co_chair', 'assessor'].includes(one.role)]).toEqual([
          true,
          false,
          true,
        ]);
      }
    }
    return byProposal.size;
  };

  it(`finds no path to an effect without two persons of two organisations, in ${RUNS} runs`, async () => {
    const someone = fc.nat(17);
    const command = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...ACTS), someone).map((all) => new Propose(...all)) },
      {
        weight: 8,
        arbitrary: fc
          .tuple(
            fc.nat(3),
            someone,
            fc.oneof({ weight: 4, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...LIES)),
          )
          .map((all) => new Approve(...all)),
      },
      { weight: 1, arbitrary: fc.tuple(fc.nat(3), someone).map((all) => new Withdraw(...all)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            someone,
            someone,
            fc.constantFrom('remove' as const, 'restore' as const, 'co_chair' as const, 'analyst' as const),
          )
          .map((all) => new Manage(...all)),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.commands([command], { maxCommands: 20, size: '+1' }), async (commands) => {
        const model = await reset();
        await fc.asyncModelRun(() => ({ model, real: null }), commands);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    // Every effect that stands in the tables is one that the model predicted, and enough of them happened to mean anything.
    expect(await soundEffects()).toBe(effects);
    expect(effects).toBeGreaterThan(RUNS / 20);
  }, 3_600_000);
});
