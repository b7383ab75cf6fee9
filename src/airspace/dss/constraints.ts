/** Constraints of open mode: volumes to keep clear or to know of. Pure plans over the registry. */
import { constraintBody, subscribersBody } from './answers.ts';
import { type Constraint, spanOf } from './model.ts';
import { notify } from './notify.ts';
import { newOvn } from './ovn.ts';
import type { Plan, Turn } from './plan.ts';
import { refuse } from './refusal.ts';
import { prepared } from './registry.ts';
import { fieldsOf, MOST_CONSTRAINT_AREA_M2, parseBaseUrl, parseExtents } from './wire.ts';

/** Creates (`ovn` null) or changes a constraint. */
export function putConstraint(turn: Turn, id: string, ovn: string | null, body: unknown): Plan {
  const fields = fieldsOf(body, 'body');
  const areas = parseExtents(fields.extents, turn.now, MOST_CONSTRAINT_AREA_M2);
  const baseUrl = parseBaseUrl(fields.uss_base_url, 'uss_base_url');
  const old = turn.registry.constraints.get(id);
  if (old && old.owner !== turn.caller) refuse(403, 'this constraint belongs to another');
  if (old && old.ovn !== ovn) refuse(409, 'the OVN given is not the current one');
  if (!old && ovn !== null) refuse(409, 'no such constraint to change');
  const volumes = areas.map((area) => area.volume);
  const constraint: Constraint = {
    id,
    owner: turn.caller,
    version: (old?.version ?? 0) + 1,
    ovn: newOvn(turn),
    volumes,
    ...spanOf(volumes),
    baseUrl,
  };
  const touched = [...areas, ...(old?.volumes ?? []).map(prepared)];
  const told = notify(turn, touched, 'constraints', { changed: [], removed: [] });
  return {
    changes: [...told.changes, { kind: 'constraint', id, item: constraint }],
    status: old ? 200 : 201,
    answer: () => ({
      subscribers: subscribersBody(told.notified),
      constraint_reference: constraintBody(turn.registry, constraint, turn.caller),
    }),
  };
}

export function deleteConstraint(turn: Turn, id: string, ovn: string): Plan {
  const old = turn.registry.constraints.get(id) ?? refuse(404, 'no such constraint');
  if (old.owner !== turn.caller) refuse(403, 'this constraint belongs to another');
  if (old.ovn !== ovn) refuse(409, 'the OVN given is not the current one');
  const told = notify(turn, old.volumes.map(prepared), 'constraints', { changed: [], removed: [] });
  return {
    changes: [...told.changes, { kind: 'constraint', id, item: null }],
    status: 200,
    answer: () => ({
      subscribers: subscribersBody(told.notified),
      constraint_reference: constraintBody(turn.registry, old, turn.caller),
    }),
  };
}
