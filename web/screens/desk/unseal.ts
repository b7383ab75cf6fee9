/** Opens a sealed identity with the custodian's key, in this page alone: the key is sent nowhere and kept nowhere. */
import { Decrypter } from 'age-encryption';

/** What a sender left to be reached by; empty where nothing was written. */
export interface OpenedIdentity {
  readonly name: string;
  readonly phone: string;
  readonly reach: string;
}

const SECRET_KEY = /AGE-SECRET-KEY-1[0-9A-Z]{58}/gi;
const MOST_KEYS = 8;

/** The secret keys in the text of a key file, upper case; comments and other lines are passed over. */
export const secretKeysIn = (text: string): readonly string[] =>
  [...text.matchAll(SECRET_KEY)].slice(0, MOST_KEYS).map(([key]) => key.toUpperCase());

/** The identity in an age file; null when it is not sealed to any of the keys. */
export async function unseal(sealed: Uint8Array, keys: readonly string[]): Promise<OpenedIdentity | null> {
  const decrypter = new Decrypter();
  let bytes: Uint8Array;
  try {
    for (const key of keys) decrypter.addIdentity(key);
    bytes = await decrypter.decrypt(sealed);
  } catch {
    return null;
  }
  const told: unknown = JSON.parse(new TextDecoder().decode(bytes).trimEnd());
  const of = (name: string): string => {
    const value = typeof told === 'object' && told !== null ? Reflect.get(told, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { name: of('name'), phone: of('phone'), reach: of('reach') };
}
