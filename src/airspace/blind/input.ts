/** Volumes as a party sends them: the same shape and the same refusals as `hudna airspace check`, one problem a fault. */
import { z } from 'zod';
import { Problem } from '../../core/index.ts';
import { parseVolumes } from '../check/parse.ts';
import type { Volume4D } from '../model.ts';
import { BAD_REQUEST } from '../problems.ts';
import { CLASSES, type FlightClass } from '../rules/model.ts';

// Strict: a callsign, a purpose or anything else that is not asked for is refused, not dropped in silence.
const declarationSchema = z.strictObject({
  class: z.enum(CLASSES),
  volumes: z.array(z.unknown()).max(1_000),
  version: z.int().positive().optional(),
});

export interface DeclarationInput {
  readonly class: FlightClass;
  readonly volumes: readonly Volume4D[];
  readonly version: number | undefined;
}

export function parseDeclaration(body: unknown): DeclarationInput {
  const parsed = declarationSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Problem(BAD_REQUEST, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is wrong'}`);
  }
  return { class: parsed.data.class, volumes: parseVolumes(parsed.data.volumes), version: parsed.data.version };
}
