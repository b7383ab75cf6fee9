/**
 * Private set intersection by Diffie-Hellman over ristretto255 (libsodium): two sides learn which cells both hold and
 * nothing else of each other's. Secure against a side that is curious but follows the protocol (semi-honest); what a
 * cheat could gain is limited by the cap per epoch and found by the opening afterwards. A key lives for one epoch.
 */
import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';

/** Every message carries exactly this many points, whatever a side holds. */
export const SET_SIZE = 10_000;
export const POINT_BYTES = 32;

/** Resolves when the library is loaded; nothing here works before. */
export const psiReady = async (): Promise<void> => {
  await sodium.ready;
};

export const newKey = (): Uint8Array => sodium.crypto_core_ristretto255_scalar_random();

/** A cell as a point of the group: SHA-512 of its name and epoch, mapped by Elligator (RFC 9496). */
export const pointOf = (epoch: number, token: string): Uint8Array =>
  sodium.crypto_core_ristretto255_from_hash(
    new Uint8Array(createHash('sha512').update(`hudna-psi-1|${epoch}|${token}`).digest()),
  );

/** Own cells blinded under a key, filled up to the fixed size with points nobody can match, in a secret order. */
export interface Blinded {
  readonly points: readonly Uint8Array[];
  /** Which own token stands at each place; null for filling. */
  readonly order: readonly (string | null)[];
}

export function blind(epoch: number, tokens: readonly string[], key: Uint8Array, size = SET_SIZE): Blinded {
  const own = [...new Set(tokens)];
  if (own.length > size) throw new Error(`more than the ${size} cells that an epoch allows`);
  const order: (string | null)[] = [...own, ...Array.from({ length: size - own.length }, () => null)];
  shuffle(order);
  const points = order.map((token) =>
    sodium.crypto_scalarmult_ristretto255(
      key,
      token === null ? sodium.crypto_core_ristretto255_random() : pointOf(epoch, token),
    ),
  );
  return { points, order };
}

/** Raises the other side's points to one's own key. Throws on anything that is not a point. */
export function raise(points: readonly Uint8Array[], key: Uint8Array): Uint8Array[] {
  return points.map((point) => {
    if (!sodium.crypto_core_ristretto255_is_valid_point(point)) throw new Error('not a point of the group');
    return sodium.crypto_scalarmult_ristretto255(key, point);
  });
}

/** Own tokens whose doubly blinded point is among the other side's doubly blinded points. */
export function common(own: Blinded, ownRaised: readonly Uint8Array[], otherRaised: readonly Uint8Array[]): string[] {
  const others = new Set(otherRaised.map(textOf));
  return ownRaised.flatMap((point, i) => {
    const token = own.order[i];
    return token && others.has(textOf(point)) ? [token] : [];
  });
}

const textOf = (point: Uint8Array): string => Buffer.from(point).toString('base64');

function shuffle(list: unknown[]): void {
  for (let i = list.length - 1; i > 0; i--) {
    const k = sodium.randombytes_uniform(i + 1);
    [list[i], list[k]] = [list[k], list[i]];
  }
}

/** Points as one string of fixed length, and back. */
export const pack = (points: readonly Uint8Array[]): string => Buffer.concat(points).toString('base64');

export function unpack(text: unknown, size = SET_SIZE): Uint8Array[] {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (bytes.length !== size * POINT_BYTES) throw new Error(`a message has exactly ${size} points`);
  return Array.from({ length: size }, (_, i) => new Uint8Array(bytes.subarray(i * POINT_BYTES, (i + 1) * POINT_BYTES)));
}

/** What a side binds itself to before a round, and opens to auditors afterwards. */
export interface Opening {
  readonly epoch: number;
  readonly salt: string;
  readonly tokens: readonly string[];
  readonly key: string;
}

export function commitmentTo(opening: Opening): string {
  const hash = createHash('sha256').update(`${opening.epoch}|${opening.salt}|${opening.key}`);
  for (const token of [...opening.tokens].sort()) hash.update(`|${token}`);
  return hash.digest('hex');
}

/** An auditor's check: the opening is the one committed to, and the points sent were made of it. */
export function openingHolds(opening: Opening, commitment: string, sent: readonly Uint8Array[]): boolean {
  if (commitmentTo(opening) !== commitment) return false;
  const key = sodium.from_hex(opening.key);
  const points = new Set(sent.map(textOf));
  return opening.tokens.every((token) =>
    points.has(textOf(sodium.crypto_scalarmult_ristretto255(key, pointOf(opening.epoch, token)))),
  );
}

export const toHex = (bytes: Uint8Array): string => sodium.to_hex(bytes);
