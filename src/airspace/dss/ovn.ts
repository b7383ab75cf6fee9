/** Opaque version numbers: random, or with the suffix its owner asked for (an extension of the reference server). */
import { Buffer } from 'node:buffer';
import type { Intent } from './model.ts';
import type { Turn } from './plan.ts';
import { refuse } from './refusal.ts';

export const newOvn = (turn: Turn): string => Buffer.from(turn.randomBytes(24)).toString('base64url');

const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOST_SKEW_MS = 5 * 60_000;

/** `ID_SUFFIX`, where the suffix is a fresh UUID version 7 never used for this intent. */
export function requestedOvn(turn: Turn, id: string, suffix: unknown, old: Intent | undefined): string {
  const match = typeof suffix === 'string' ? UUID_V7.exec(suffix) : null;
  if (!match) return refuse(400, 'requested_ovn_suffix: must be a UUID version 7');
  const made = Number.parseInt(`${match[1]}${match[2]}`, 16);
  if (Math.abs(made - turn.now) > MOST_SKEW_MS) return refuse(400, 'requested_ovn_suffix: its time is not now');
  const ovn = `${id}_${match[0]}`;
  if (old && (old.ovn === ovn || old.pastOvns.includes(ovn))) refuse(409, 'requested_ovn_suffix: was used before');
  return ovn;
}
