/** Whether a client's service answers: set by whoever arbitrates availability, under optimistic locking. Pure. */
import type { Body } from './answers.ts';
import { AVAILABILITIES, type AvailabilityStatus } from './model.ts';
import { newOvn } from './ovn.ts';
import type { Plan, Turn } from './plan.ts';
import { refuse } from './refusal.ts';
import type { Registry } from './registry.ts';
import { fieldsOf } from './wire.ts';

export const availabilityBody = (registry: Registry, uss: string): Body => {
  const known = registry.availability.get(uss);
  return { version: known?.version ?? '', status: { uss, availability: known?.availability ?? 'Unknown' } };
};

export function putAvailability(turn: Turn, uss: string, body: unknown): Plan {
  const fields = fieldsOf(body, 'body');
  const word = typeof fields.availability === 'string' ? fields.availability.toLowerCase() : '';
  const availability =
    AVAILABILITIES.find((known) => known.toLowerCase() === word) ?? refuse(400, 'availability: unknown word');
  const given = typeof fields.old_version === 'string' ? fields.old_version : '';
  if (given !== (turn.registry.availability.get(uss)?.version ?? '')) refuse(409, 'old_version is not the current one');
  const item: AvailabilityStatus = { uss, availability, version: newOvn(turn) };
  return {
    changes: [{ kind: 'availability', id: uss, item }],
    status: 200,
    answer: () => availabilityBody(turn.registry, uss),
  };
}
