/** The body of 409: what the planner must learn of before it may plan here. */
import { type Body, constraintBody, intentBody } from './answers.ts';
import type { Constraint, Intent } from './model.ts';
import type { Registry } from './registry.ts';

export const answersConflict = (
  registry: Registry,
  reader: string,
  intents: readonly Intent[],
  constraints: readonly Constraint[],
): Body => ({
  message: 'OVNs of operational intents or constraints in this airspace are missing from the key',
  ...(intents.length > 0 && { missing_operational_intents: intents.map((one) => intentBody(registry, one, reader)) }),
  ...(constraints.length > 0 && {
    missing_constraints: constraints.map((one) => constraintBody(registry, one, reader)),
  }),
});
