/** Passkeys in the browser: make one, sign in with one, sign a text with one. Cancelling is no fault. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { ApiPasskeys } from '../../../src/server/api/people.ts';
import { ask } from '../../app/desk.ts';

type Creation = Parameters<typeof startRegistration>[0]['optionsJSON'];
type Request = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Thrown when the person or the device said no: nothing has happened. */
export class PasskeyCancelled extends Error {}

const device = async <Answer>(use: Promise<Answer>): Promise<Answer> => {
  try {
    return await use;
  } catch (cause) {
    throw new PasskeyCancelled('the device gave no passkey', { cause });
  }
};

export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

export async function signIn(): Promise<void> {
  const { ceremony, options } = await ask<{ ceremony: string; options: Request }>('POST', '/api/sign-in/begin', {});
  const response = await device(startAuthentication({ optionsJSON: options }));
  await ask('POST', '/api/sign-in/finish', { ceremony, response });
}

/** Leaves for an organisation's own sign-in; with an invitation's secret, to open an account. */
export async function goThrough(provider: string, secret: string | null): Promise<void> {
  const { url } = await ask<{ url: string }>('POST', `/api/oidc/${encodeURIComponent(provider)}/start`, { secret });
  location.assign(url);
}

export async function join(secret: string, organisation: string | null, name: string | null): Promise<void> {
  const { ceremony, options } = await ask<{ ceremony: string; options: Creation }>('POST', '/api/join/begin', {
    secret,
    organisation,
    name,
  });
  const response = await device(startRegistration({ optionsJSON: options }));
  await ask('POST', '/api/join/finish', { ceremony, response });
}

/** Makes a further passkey; one that the account has signs for it. `account` is the person's own id. */
export async function addPasskey(csrf: string, account: string, known: ApiPasskeys): Promise<void> {
  const { ceremony, options } = await ask<{ ceremony: string; options: Creation }>(
    'POST',
    '/api/passkeys/begin',
    {},
    csrf,
  );
  const response = await device(startRegistration({ optionsJSON: options }));
  const { agreement } = known;
  const statement = `hudna-passkey/1\n${JSON.stringify({ account, agreement, credential: response.id })}\n`;
  const vouching = known.items.length === 0 ? null : await signStatement(statement, known);
  await ask('POST', '/api/passkeys/finish', { ceremony, response, vouching }, csrf);
}

export async function sha256Hex(text: string): Promise<string> {
  return [...(await digest(text))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Signs a statement: the challenge is its SHA-256, made here from the text that the page shows. */
export async function signStatement(statement: string, { rpId, items }: ApiPasskeys) {
  const { id, response } = await device(
    startAuthentication({
      optionsJSON: {
        challenge: base64url(await digest(statement)),
        rpId,
        allowCredentials: items.map((one) => ({ id: one.id, type: 'public-key' as const })),
        userVerification: 'required',
      },
    }),
  );
  const { authenticatorData, clientDataJSON, signature } = response;
  return { credential: id, authenticatorData, clientDataJSON, signature };
}
