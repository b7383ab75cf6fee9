/** An intake as an organisation sets it up, and a sender as its browser acts. */
import { createHash, randomUUID } from 'node:crypto';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { FastifyInstance } from 'fastify';
import { createToken } from '../../src/access/index.ts';
import { INTAKE_LIMITS } from '../../src/intake/index.ts';
import { type House, OPERATIONS } from '../../src/server/index.ts';

export interface TestIntake {
  readonly organisation: string;
  /** Secret keys: of the custodian, and of recovery. */
  readonly custodian: string;
  readonly recovery: string;
  readonly recipients: readonly string[];
}

/** Gives an organisation its keys and, unless told otherwise, opens the public door. */
export async function setUpIntake(house: House, organisation = 'Cell A', open = true): Promise<TestIntake> {
  const [custodian, recovery] = [await generateX25519Identity(), await generateX25519Identity()];
  const recipients = [await identityToRecipient(custodian), await identityToRecipient(recovery)];
  for (const [i, purpose] of ['custodian', 'recovery'].entries()) {
    await OPERATIONS['recipient-add'](house, { organisation, recipient: recipients[i], purpose });
  }
  if (open) await OPERATIONS['intake-open'](house, { organisation });
  return { organisation, custodian, recovery, recipients };
}

export const bearer = async (house: House, organisation: string, role: string) => ({
  authorization: `Bearer ${(await createToken(house.ctx(), organisation, role)).token}`,
});

/** An identity sealed as the form does it: filled up to one length, to all recipients. */
export async function sealIdentity(identity: object, recipients: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(identity));
  const padded = new Uint8Array(INTAKE_LIMITS.identity).fill(0x20);
  padded.set(text);
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(padded)).toString('base64');
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const submissionOf = (text: string, more: { testimony?: object; [name: string]: unknown } = {}) => ({
  id: randomUUID(),
  ...more,
  testimony: { text, lang: 'ar', ...more.testimony },
});

export const send = (app: FastifyInstance, payload: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/intake/submissions', payload, headers });

/** Sends the bytes of an attachment of a submission. */
export const sendFile = (app: FastifyInstance, id: string, bytes: Uint8Array, sha256 = hashOf(bytes)) =>
  app.inject({
    method: 'PUT',
    url: `/api/intake/submissions/${id}/attachments/${sha256}`,
    payload: Buffer.from(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
