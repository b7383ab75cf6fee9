/**
 * The flight channel under faults: a server is struck while both sides declare into the same places, started again,
 * and asked: is everything acknowledged there, and is nothing clear that meets another?
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SignJWT } from 'jose';
import { createToken } from '../../src/airspace/index.ts';
import { systemRandom } from '../../src/core/index.ts';
import type { Dice } from '../record/tampers.ts';
import { inRepository } from '../support/needs.ts';
import type { Verdict } from './check.ts';
import { sleep } from './strike.ts';

const PARTIES = ['alpha', 'bravo'] as const;
type Party = (typeof PARTIES)[number];
type Mode = 'blind' | 'open';
const HOUR = 3_600_000;

/** What was acknowledged before the fault: ids with what was said of them, by place. */
interface Acknowledged {
  readonly party: Party;
  readonly id: string;
  readonly place: number;
  /** Blind: the verdict. Open: the OVN. */
  readonly said: string;
}

interface Site {
  readonly folder: string;
  readonly mode: Mode;
  readonly start: number;
  /** Places asked for so far, by how many strikes. */
  next: number;
  readonly authorization: Readonly<Record<Party, string>>;
  readonly keyFile: string;
  readonly acknowledged: Acknowledged[];
}

export async function channelSite(folder: string, mode: Mode): Promise<Site> {
  mkdirSync(folder, { recursive: true });
  const start = Math.ceil(Date.now() / HOUR) * HOUR + HOUR;
  const authorization = { alpha: '', bravo: '' };
  const keyFile = join(dirname(folder), `${mode}-issuer.pem`);
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, keys.publicKey.export({ type: 'spki', format: 'pem' }));
  for (const party of PARTIES) {
    const token =
      mode === 'blind'
        ? createToken(folder, party, systemRandom)
        : await new SignJWT({ scope: 'utm.strategic_coordination' })
            .setProtectedHeader({ alg: 'RS256' })
            .setSubject(party)
            .setAudience('faults')
            .setExpirationTime('4h')
            .sign(keys.privateKey);
    authorization[party] = `Bearer ${token}`;
  }
  execFileSync('sync');
  return { folder, mode, start, next: 0, authorization, keyFile, acknowledged: [] };
}

async function serve(site: Site): Promise<{ child: ChildProcess; url: string }> {
  const args = ['airspace', 'serve', '--data', site.folder, '--mode', site.mode, '--port', '0'];
  if (site.mode === 'open') args.push('--jwt-key', site.keyFile, '--audience', 'faults');
  const child = spawn(process.execPath, [inRepository('bin/hudna'), ...args]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
  return new Promise((found, failed) => {
    child.stdout.on('data', () => {
      const url = /listening on (\S+)/.exec(said)?.[1];
      if (url) found({ child, url });
    });
    child.on('exit', (code) => failed(new Error(`the channel ended with ${code}: ${said.slice(0, 500)}`)));
  });
}

async function ask(site: Site, url: string, party: Party, method: string, path: string, body?: unknown) {
  const reply = await fetch(url + path, {
    method,
    headers: {
      authorization: site.authorization[party],
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, never> };
}

const centre = (place: number) => ({ lat: -60 + (place % 120) * 0.5, lon: 5 + Math.floor(place / 120) });

async function declare(site: Site, url: string, party: Party, place: number): Promise<Acknowledged | undefined> {
  const { lat, lon } = centre(place);
  const end = site.start + HOUR / 2;
  if (site.mode === 'blind') {
    const volume = {
      outline: { circle: { lat, lon, radiusMetres: 3_000 } },
      altitudeLowerMetres: 3_000,
      altitudeUpperMetres: 3_200,
      start: new Date(site.start).toISOString(),
      end: new Date(end).toISOString(),
    };
    const { status, body } = await ask(site, url, party, 'POST', '/flight/v1/declarations', {
      class: 'manned',
      volumes: [volume],
    });
    if (status !== 201) return undefined;
    const { declaration, verdict } = body as unknown as { declaration: { id: string }; verdict: string };
    return { party, id: declaration.id, place, said: verdict.trim() };
  }
  const id = randomUUID();
  const time = (ms: number) => ({ value: new Date(ms).toISOString(), format: 'RFC3339' });
  const height = (value: number) => ({ value, units: 'M', reference: 'W84' });
  const { status, body } = await ask(site, url, party, 'PUT', `/dss/v1/operational_intent_references/${id}`, {
    extents: [
      {
        volume: {
          outline_circle: { center: { lat, lng: lon }, radius: { value: 3_000, units: 'M' } },
          altitude_lower: height(3_000),
          altitude_upper: height(3_200),
        },
        time_start: time(site.start),
        time_end: time(end),
      },
    ],
    key: [],
    state: 'Accepted',
    uss_base_url: `https://${party}.example`,
  });
  const { operational_intent_reference: ref } = body as unknown as { operational_intent_reference?: { ovn: string } };
  return status === 201 && ref ? { party, id, place, said: ref.ovn } : undefined;
}

/** Lets both sides declare into one place after another until the strike falls. */
export async function strikeChannel(
  site: Site,
  dice: Dice,
  strike: (server: ChildProcess) => void | Promise<void>,
): Promise<void> {
  const { child, url } = await serve(site);
  const dead = new Promise<void>((done) => child.once('close', () => done()));
  let over = false;
  const before = site.acknowledged.length;
  const side = async (party: Party): Promise<void> => {
    while (!over) {
      // Both sides take the same places, neither waits for the other.
      const place = party === 'alpha' ? site.next++ : Math.max(0, site.next - 1);
      const answer = await declare(site, url, party, place).catch(() => undefined);
      if (answer) site.acknowledged.push(answer);
      else if (!over) await sleep(2);
    }
  };
  const work = Promise.all([side('alpha'), side('bravo'), side('alpha'), side('bravo')]);
  for (let i = 0; i < 6_000 && site.acknowledged.length < before + 5; i++) await sleep(5);
  await sleep(dice.below(1_500));
  await strike(child);
  over = true;
  await dead;
  await work;
}

/** Starts the channel again and compares with what it had acknowledged. */
export async function checkChannel(site: Site): Promise<Verdict> {
  const since = performance.now();
  const { child, url } = await serve(site);
  const reopenSeconds = (performance.now() - since) / 1_000;
  const ended = new Promise((done) => child.once('close', done));
  try {
    const faults = site.mode === 'blind' ? await checkBlind(site, url) : await checkOpen(site, url);
    return { faults, entries: site.acknowledged.length, reopenSeconds };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

interface Row {
  readonly declaration: { id: string; volumes: { outline: { circle: { lat: number; lon: number } } }[] };
  readonly verdict: string;
}

async function checkBlind(site: Site, url: string): Promise<string[]> {
  const faults: string[] = [];
  const standing = new Map<string, { party: Party; verdict: string }[]>();
  for (const party of PARTIES) {
    const { body } = await ask(site, url, party, 'GET', '/flight/v1/declarations');
    const rows = (body as unknown as { declarations: Row[] }).declarations;
    const known = new Set(rows.map(({ declaration }) => declaration.id));
    for (const one of site.acknowledged) {
      if (one.party === party && !known.has(one.id)) faults.push(`${party} lost a declaration that was acknowledged`);
    }
    for (const { declaration, verdict } of rows) {
      const circle = declaration.volumes[0]?.outline.circle;
      const place = `${circle?.lat} ${circle?.lon}`;
      standing.set(place, [...(standing.get(place) ?? []), { party, verdict: verdict.trim() }]);
    }
  }
  for (const [place, there] of standing) {
    const both = PARTIES.every((party) => there.some((one) => one.party === party));
    for (const { party, verdict } of there) {
      if (both && verdict === 'clear') faults.push(`${party} is told clear at ${place}, where both sides stand`);
    }
  }
  for (const place of new Set(site.acknowledged.map((one) => one.place))) {
    const said = site.acknowledged.filter((one) => one.place === place);
    const clear = new Set(said.filter((one) => one.said === 'clear').map((one) => one.party));
    if (clear.size > 1) faults.push(`both sides were told clear at place ${place}`);
  }
  return faults;
}

async function checkOpen(site: Site, url: string): Promise<string[]> {
  const faults: string[] = [];
  const places = new Set<number>();
  for (const { party, id, place, said } of site.acknowledged) {
    const { status, body } = await ask(site, url, party, 'GET', `/dss/v1/operational_intent_references/${id}`);
    const { operational_intent_reference: ref } = body as unknown as { operational_intent_reference?: { ovn: string } };
    if (status !== 200 || ref?.ovn !== said) faults.push(`intent ${id} was acknowledged and is not there as it was`);
    if (places.has(place)) faults.push(`two intents were accepted at place ${place} without knowing of each other`);
    places.add(place);
  }
  for (const place of [...places].slice(-20)) {
    if (await declare(site, url, 'alpha', place))
      faults.push(`an intent over an acknowledged one was accepted without its key`);
  }
  return faults;
}
