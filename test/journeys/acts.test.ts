/** Acts of two persons over HTTP: propose, approve with passkeys, what then happens in public, undoing, and disclosure. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApprovalFile, checkApprovalFile, createToken } from '../../src/access/index.ts';
import { read } from '../../src/record/index.ts';
import type { ApiIncident } from '../../src/server/api/types.ts';
import { buildApp } from '../../src/server/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';
import { type Answer, ask, newPerson, type Person } from '../support/person.ts';
import { runCli } from '../support/run-cli.ts';

const DAY = '2016-05-11';
const OPEN = {
  id: 'a-1',
  source: { name: 'First Wire', kind: 'newspaper' },
  published: '2016-05-12',
  lang: 'en',
  title: '',
  text: 'Artillery shelling hit the town of Azaz in northern Aleppo on Wednesday, killing five civilians.',
  visibility: 'public',
};
const SEALED = {
  ...OPEN,
  id: 's-1',
  source: { name: 'zqsource', kind: 'ngo' },
  text: 'zqword: shelling of Azaz.',
  visibility: 'sealed',
};
const REASON = 'two teams looked and found nothing';

describe('acts of two persons', () => {
  let at: TestHouse;
  const who: Record<string, Person> = {};
  let incident = '';
  let machines = '';
  beforeAll(async () => {
    at = await testHouse();
    await at.importText(JSON.stringify(OPEN));
    await at.importText(JSON.stringify(SEALED), { visibility: 'sealed' });
    for (const [name, organisation, role] of [
      ['author', 'Cell A', 'analyst'],
      ['chairA', 'Cell A', 'co_chair'],
      ['secondA', 'CELL-A', 'assessor'],
      ['assessorB', 'Cell B', 'assessor'],
      ['officerC', 'Cell C', 'duty_officer'],
      ['chairC', 'Cell C', 'co_chair'],
      ['admin', 'Cell B', 'administrator'],
    ] as const) {
      // The limit on sign-ins is per app.
      const door = await buildApp(at.house, { webDir: undefined, sample: null, record: null });
      const person = await newPerson({ ...at, app: door }, organisation, role);
      person.moveTo(at.app);
      who[name] = person;
      await door.close();
    }
    incident = (await at.get<{ items: { id: string }[] }>(`/api/incidents?from=${DAY}&to=${DAY}`)).items[0]?.id ?? '';
  });
  afterAll(() => at.close());

  const as = (name: string): Person => {
    const person = who[name];
    if (!person) throw new Error(`nobody is ${name}`);
    return person;
  };
  const propose = async (by: string, asked: object): Promise<Answer> => as(by).ask('POST', '/api/acts', asked);
  const shown = () => at.get<ApiIncident>(`/api/incidents/${incident}`);
  /** Proposed by the author, approved by chair A and the assessor of B. */
  const carryOut = async (asked: object): Promise<string> => {
    const { id } = (await propose('author', asked)).body;
    expect((await as('chairA').approve(id)).body).toMatchObject({ state: 'open' });
    expect((await as('assessorB').approve(id)).body).toMatchObject({ state: 'done' });
    return id;
  };

  it('begin from what the machine says', async () => {
    const { status, acts } = await shown();
    expect(acts).toEqual([]);
    machines = status;
  });

  it('need roles, two organisations and no author; the passkey signs the hash of the exact text', async () => {
    const asked = { act: 'incident.dismiss', incident, reason: REASON };
    expect((await propose('officerC', asked)).body.code).toBe('access/forbidden');
    expect((await propose('admin', asked)).body.code).toBe('access/forbidden');
    const { id, sha256 } = (await propose('chairA', asked)).body;
    expect((await as('author').approve(id)).body.code).toBe('access/forbidden');
    expect((await as('chairA').approve(id)).body.code).toBe('access/own-proposal');
    const assessor = as('assessorB');
    const { toSign } = (await assessor.get(`/api/approvals/${id}`)).body;
    const send = async (assertion: object | null) =>
      (await assessor.ask('POST', `/api/approvals/${id}`, { sha256, assertion })).body.code;
    expect(await send(null)).toBe('access/passkey-needed');
    expect(await send(as('chairC').device.approve(toSign))).toBe('access/passkey-needed');
    expect(await send(assessor.device.approve(`${toSign} `))).toBe('access/bad-signature');
    expect(await send(assessor.device.approve(toSign, 'https://evil.example'))).toBe('access/bad-signature');
    expect((await assessor.approve(id)).body).toMatchObject({ state: 'open', missing: 1 });
    expect((await shown()).status).not.toBe('dismissed');
    expect((await as('chairC').approve(id)).body).toMatchObject({ state: 'done' });
    expect(await shown()).toMatchObject({
      status: 'dismissed',
      acts: [{ act: 'incident.dismiss', reason: REASON, by: ['Cell B', 'Cell C'] }],
    });

    const file = (await assessor.get(`/api/approvals/${id}`)).body as ApprovalFile;
    const { quorum } = at.house.instrument;
    expect(checkApprovalFile(quorum, file)).toMatchObject({ met: true, complaints: [], signed: 2 });
    const pinned = new Map((file.approvals ?? []).map(({ person }) => [person, 'another key']));
    expect(checkApprovalFile(quorum, file, pinned).complaints).toHaveLength(3);
    // The same on the command line, with the keys that their holders gave out.
    const folder = mkdtempSync(join(tmpdir(), 'hudna-approval-'));
    const path = join(folder, 'act.json');
    const check = async (what: object, ...more: string[]) => {
      writeFileSync(path, JSON.stringify(what));
      const { code, stdout } = await runCli(['approval', path, '--json', ...more]);
      return { code, ...(JSON.parse(stdout) as { holds: boolean; signed: number; complaints: string[] }) };
    };
    const keyOf = async (name: string) => (await as(name).get('/api/passkeys')).body.items[0].thumbprint as string;
    const pins = [
      ['assessorB', await keyOf('assessorB')],
      ['chairC', await keyOf('chairC')],
    ].flatMap(([name, key]) => ['--pin', `person:${as(name ?? '').id}=${key}`]);
    expect(await check(file, ...pins)).toMatchObject({ code: 0, holds: true, signed: 2, complaints: [] });
    expect(await check(file, '--pin', `person:${as('chairC').id}=${await keyOf('assessorB')}`)).toMatchObject({
      code: 1,
      holds: false,
    });
    expect(await check({ ...file, approvals: file.approvals.slice(1) })).toMatchObject({ code: 1, holds: false });
    rmSync(folder, { recursive: true });
    const forged = JSON.parse(JSON.stringify(file).replaceAll('Cell C', 'Cell D'));
    expect(checkApprovalFile(quorum, forged).met).toBe(false);
    expect(checkApprovalFile(quorum, { ...file, text: `${file.text} ` }).complaints.length).toBeGreaterThan(0);
  });

  it('keep a dismissed incident listed and say why in the bulletin; undone, it is as before', async () => {
    const page = (await at.app.inject({ url: `/bulletins/${DAY}?lang=en` })).body;
    expect(page).toContain(REASON);
    expect((await propose('author', { act: 'incident.dismiss', incident, reason: REASON })).body.code).toBe(
      'publish/nothing-to-do',
    );
    await carryOut({ act: 'incident.dismiss', incident, reason: 'a third team found the crater', undo: true });
    const after = await shown();
    expect([after.status, after.acts]).toEqual([machines, []]);
    expect(after.history.map(({ kind }) => kind)).toContain('incident.dismissed-undone');
  });

  it('attribute to a party of the terms, beside what the reports allege, with who says so', async () => {
    const asked = { act: 'incident.attribute', incident, party: 'government', reason: REASON };
    expect((await propose('author', { ...asked, party: 'martians' })).body.code).toBe('publish/unknown-party');
    const before = await shown();
    await carryOut(asked);
    const after = await shown();
    expect(after.acts).toMatchObject([{ act: 'incident.attribute', party: 'government', by: ['Cell A', 'Cell B'] }]);
    expect(after.allegedParties).toEqual(before.allegedParties);
    await carryOut({ ...asked, undo: true });
    expect((await shown()).acts).toEqual([]);
  });

  it('withdraw from every public answer, released bulletins too, and leave a stub with the reason', async () => {
    const released = (await as('author').ask('POST', `/api/bulletins/${DAY}/proposals`, {})).body;
    await as('chairA').approve(released.id);
    expect((await as('assessorB').approve(released.id)).body).toMatchObject({ state: 'done' });
    expect((await at.app.inject({ url: `/bulletins/${DAY}?lang=en` })).body).toContain('Azaz');
    const full = JSON.stringify(await at.get(`/api/bulletins/${DAY}?lang=en`));

    await carryOut({ act: 'publication.withdraw', incident, reason: 'people there asked for it' });
    const stub = await shown();
    expect(stub).toMatchObject({ status: 'withdrawn', reportList: [], reports: [], point: null, allegedParties: [] });
    for (const url of [
      `/api/incidents/${incident}`,
      `/api/incidents?from=${DAY}&to=${DAY}`,
      `/api/bulletins/${DAY}?lang=en`,
      `/bulletins/${DAY}?lang=en`,
      '/feeds/incidents.geojson',
      '/feeds/incidents.csv',
    ]) {
      const { body } = await at.app.inject({ url });
      expect(body, url).not.toMatch(/Azaz|إعزاز|Азаз/);
      expect(body, url).toContain(
        url.includes('bulletins/') && !url.startsWith('/api') ? 'people there asked' : 'withdrawn',
      );
    }
    expect(await at.get(`/api/bulletins/${DAY}/releases/1`, 410)).toMatchObject({ code: 'publish/release-withheld' });
    await carryOut({ act: 'publication.withdraw', incident, reason: 'they agreed to it again', undo: true });
    expect(JSON.stringify(await at.get(`/api/bulletins/${DAY}?lang=en`))).toBe(full);
    await at.get(`/api/bulletins/${DAY}/releases/1`);
  });

  it('disclose a sealed report’s words to one organisation alone, and write down each reading', async () => {
    const report = (await at.get<{ items: { id: string; visibility: string }[] }>('/api/reports')).items.find(
      ({ visibility }) => visibility === 'sealed',
    )?.id;
    const reading = (name: string) =>
      as(name).ask('POST', `/api/disclosures/${report}/readings`, { reason: 'to assess the incident' });
    const asked = { act: 'sealed.disclose', report, organisation: 'Cell C', reason: REASON };
    expect((await reading('chairC')).body.code).toBe('publish/not-disclosed');
    await carryOut(asked);
    const seen = await reading('chairC');
    expect(Object.keys(seen.body)).toEqual(['id', 'lang', 'published', 'title', 'text']);
    expect(seen.body.text).toContain('zqword');
    expect(JSON.stringify(seen.body)).not.toContain('zqsource');
    expect((await reading('chairA')).body.code).toBe('publish/not-disclosed');
    expect((await reading('admin')).body.code).toBe('access/forbidden');
    const entries = await read(at.house.db, {
      agreement: at.house.instrument.id,
      kinds: ['disclosure.read', 'disclosure.made'],
    });
    expect(entries.map(({ kind, visibility }) => [kind, visibility])).toEqual([
      ['disclosure.made', 'sealed'],
      ['disclosure.read', 'sealed'],
    ]);
    await carryOut({ ...asked, undo: true });
    expect((await reading('chairC')).body.code).toBe('publish/not-disclosed');
  });

  it('change the registered key of a program’s token', async () => {
    const { id } = await createToken(at.house.ctx(), 'Cell B', 'assessor');
    const publicKey = Buffer.alloc(32, 7).toString('base64');
    const proposal = await carryOut({ act: 'key.change', person: `token:${id}`, publicKey, reason: REASON });
    const [changed] = await read(at.house.db, { agreement: at.house.instrument.id, kinds: ['key.changed'] });
    expect(changed).toMatchObject({ visibility: 'open', content: { person: `token:${id}`, publicKey, proposal } });
  });

  it('are listed for those who may propose, withdrawn by their author alone, and then cannot be approved', async () => {
    const { id } = (await propose('author', { act: 'incident.dismiss', incident, reason: REASON })).body;
    const { items } = (await as('assessorB').get('/api/approvals')).body;
    const line = items.find((one: { id: string }) => one.id === id);
    expect(line).toMatchObject({ act: 'incident.dismiss', state: 'open', mine: false, missing: 2 });
    expect((await as('chairA').ask('DELETE', `/api/approvals/${id}`)).body.code).toBe('access/forbidden');
    expect((await as('author').ask('DELETE', `/api/approvals/${id}`)).status).toBe(204);
    expect((await as('chairA').approve(id)).body.code).toBe('access/proposal-closed');
    expect((await ask(at.app, 'GET', '/api/approvals')).status).toBe(401);
    expect((await as('officerC').get('/api/approvals')).body.code).toBe('access/forbidden');
  });
});
