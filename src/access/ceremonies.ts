/**
 * The challenges that are out: each is good once, for five minutes, for the purpose it was given for. In memory only: a
 * restart ends what was under way, and nobody's database grows by asking.
 */
import { type Clock, type RandomSource, toHex } from '../core/index.ts';

const LIFE_MS = 5 * 60_000;
const MOST = 10_000;
const CHALLENGE_BYTES = 32;

interface Ceremony<About> {
  readonly challenge: Uint8Array;
  readonly about: About;
  readonly until: number;
}

export class Ceremonies<About extends { readonly purpose: string }> {
  readonly #open = new Map<string, Ceremony<About>>();

  /** A fresh challenge; beyond 10,000 at once the oldest are forgotten. */
  begin(world: { clock: Clock; random: RandomSource }, about: About): { id: string; challenge: Uint8Array } {
    const now = world.clock.now();
    for (const [id, { until }] of this.#open) {
      if (until > now && this.#open.size < MOST) break;
      this.#open.delete(id);
    }
    const id = toHex(world.random.bytes(16));
    const challenge = world.random.bytes(CHALLENGE_BYTES);
    this.#open.set(id, { challenge, about, until: now + LIFE_MS });
    return { id, challenge };
  }

  /** Takes a challenge out, once; undefined when it is not there, too old, or was given for something else. */
  take<Purpose extends About['purpose']>(
    clock: Clock,
    id: string,
    purpose: Purpose,
  ): { challenge: string; about: Extract<About, { readonly purpose: Purpose }> } | undefined {
    const found = this.#open.get(id);
    this.#open.delete(id);
    if (!found || found.until <= clock.now() || found.about.purpose !== purpose) return undefined;
    return {
      challenge: Buffer.from(found.challenge).toString('base64url'),
      about: found.about as Extract<About, { readonly purpose: Purpose }>,
    };
  }
}
