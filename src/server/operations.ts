/**
 * What a command may ask of an opened house, by name. A command runs one of these here when it holds the data folder
 * itself, or sends it to the server that holds it (control.ts). Parameters and answers are plain JSON.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { createToken, invite, joinPath } from '../access/index.ts';
import { readCases } from '../claims/index.ts';
import { LANGS } from '../core/index.ts';
import { countByDay } from '../incidents/index.ts';
import {
  addFirstRecipient,
  type IntakeStatus,
  intakeStatus,
  openPublicDoor,
  PURPOSES,
  shutPublicDoor,
} from '../intake/index.ts';
import { bulletinOf, bulletinPage, translator } from '../publish/index.ts';
import { prepareLogKey } from '../record/index.ts';
import { type ImportResult, importFile } from '../sources/index.ts';
import { writeBackup } from './backup.ts';
import { examine } from './doctor.ts';
import type { House } from './house.ts';

export type Progress = (stage: string, done: number, total: number | null) => void;

const importParams = z.object({
  fileName: z.string(),
  /** Path on this machine; or else the bytes in base64. */
  path: z.string().optional(),
  bytes: z.string().optional(),
  format: z.string(),
  source: z.string().nullable(),
  mapping: z.array(z.tuple([z.string(), z.string()])),
  visibility: z.enum(['public', 'sealed']),
  dryRun: z.boolean(),
  wait: z.boolean(),
});
const bulletinParams = z.object({ day: z.string(), lang: z.enum(LANGS), format: z.enum(['json', 'html']) });
const backupParams = z.object({
  path: z.string().min(1),
  recipients: z.array(z.string().max(200)).max(20).default([]),
});
const organisation = z.string().min(1).max(100);
const maybeOrganisation = z.object({ organisation: organisation.nullable() });
const recipientParams = z.object({ organisation, recipient: z.string().max(200), purpose: z.enum(PURPOSES) });
const inviteParams = z.object({ organisation: z.string(), name: z.string(), roles: z.array(z.string()) });
const tokenParams = z.object({ organisation: z.string(), role: z.string() });

export type ImportAnswer = Omit<ImportResult, 'reports'>;

/** The operations by name. Each checks its own parameters and throws Problems. */
export const OPERATIONS = {
  async import(house: House, params: unknown, progress: Progress): Promise<ImportAnswer> {
    const { fileName, path, bytes, mapping, wait, ...options } = importParams.parse(params);
    const content = path ?? Buffer.from(bytes ?? '', 'base64');
    const { reports, ...answer } = await importFile(house.ctx(), fileName, content, {
      ...options,
      mapping: new Map(mapping),
      plausible: house.plausible(),
      onProgress: (stage, done) => progress(stage, done, null),
    });
    if (wait && reports.length > 0) await followThrough(house, reports.length, progress);
    return answer;
  },

  async bulletin(house: House, params: unknown): Promise<string> {
    const { day, lang, format } = bulletinParams.parse(params);
    const deps = { ctx: () => house.ctx(), projection: house.projection, evidence: house.evidence };
    const bulletin = await bulletinOf(deps, day, lang);
    return format === 'json'
      ? `${JSON.stringify(bulletin, null, 2)}\n`
      : bulletinPage(bulletin, house.instrument, translator(lang));
  },

  async 'token-create'(house: House, params: unknown) {
    const { organisation, role } = tokenParams.parse(params);
    return createToken(house.ctx(), organisation, role);
  },

  async invite(house: House, params: unknown) {
    const { id, secret, expiresAt } = await invite(house.ctx(), inviteParams.parse(params));
    return { id, path: joinPath(secret), expiresAt: new Date(expiresAt).toISOString() };
  },

  async backup(house: House, params: unknown, progress: Progress) {
    const { path, recipients } = backupParams.parse(params);
    const at = new Date(house.ctx().clock.now()).toISOString();
    return {
      rows: await writeBackup(
        house.db,
        house.instrument.id,
        at,
        path,
        (rows) => progress('rows', rows, null),
        recipients,
      ),
      file: path,
    };
  },

  async 'intake-status'(house: House, params: unknown): Promise<IntakeStatus> {
    return intakeStatus(house.ctx(), maybeOrganisation.parse(params).organisation);
  },

  async 'intake-open'(house: House, params: unknown): Promise<IntakeStatus> {
    await openPublicDoor(house.ctx(), organisation.parse(maybeOrganisation.parse(params).organisation));
    return intakeStatus(house.ctx(), null);
  },

  async 'intake-close'(house: House): Promise<IntakeStatus> {
    await shutPublicDoor(house.ctx());
    return intakeStatus(house.ctx(), null);
  },

  async 'recipient-add'(house: House, params: unknown): Promise<IntakeStatus> {
    const asked = recipientParams.parse(params);
    await addFirstRecipient(house.ctx(), asked.organisation, asked.recipient, asked.purpose);
    return intakeStatus(house.ctx(), asked.organisation);
  },

  /** The next key of the log, as its public half; two organisations decide whether it follows (docs/operate.md). */
  async 'log-key-prepare'(house: House): Promise<{ logKey: string }> {
    return { logKey: await prepareLogKey(house.ctx(), join(house.dataDir, 'record')) };
  },

  async 'claim-cases'(house: House) {
    return readCases(house.ctx());
  },

  async doctor(house: House) {
    return examine(house);
  },
} as const;

export type OperationName = keyof typeof OPERATIONS;

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** Runs the follow-ups until none waits, telling how far they are. */
async function followThrough(house: House, reports: number, progress: Progress): Promise<void> {
  const done = { read: 0, linked: 0 };
  house.followUps.done = (stage) => {
    done[stage] += 1;
    progress(stage, done[stage], reports);
  };
  try {
    await house.jobs.runUntilIdle();
    // A day is folded from its incidents as they are linked; this many have something to show.
    const days = await countByDay(house.db, house.instrument.id);
    progress('folded', days.length, days.length);
  } finally {
    house.followUps.done = () => {};
  }
}
