/** Reads a rule set and checks that every party signed exactly this text. An unsigned set is refused, never assumed. */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../core/index.ts';
import { LIMITS } from '../model.ts';
import { INVALID_RULES } from '../problems.ts';
import { CLASSES, type RuleSet } from './model.ts';

const positive = z.number().positive().finite();
const schema = z.strictObject({
  rules: z.literal(1),
  name: z.string().min(1).max(200),
  version: z.int().positive(),
  example: z.boolean().default(false),
  validFrom: z.iso.datetime({ offset: true }),
  parties: z
    .array(
      z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().max(200), publicKey: z.string() }),
    )
    .length(2),
  minima: z
    .array(
      z.strictObject({
        between: z.tuple([z.enum(CLASSES), z.enum(CLASSES)]),
        horizontalMetres: positive.max(LIMITS.distanceMetres),
        verticalMetres: positive.max(LIMITS.altitudeMetres.high),
        timeSeconds: positive.max(86_400),
      }),
    )
    .min(1)
    .max(20),
  grid: z.strictObject({
    cellMetres: positive.min(1_000).max(500_000),
    bandMetres: positive.min(10).max(50_000),
    slotMinutes: positive.min(1).max(1_440),
  }),
  caps: z.strictObject({
    squareKilometres: positive,
    heightMetres: positive,
    durationMinutes: positive,
    horizonHours: positive.max(24 * 60),
    volumes: z.int().positive().max(200),
    corners: z.int().positive().max(10_000),
    minimumLifetimeMinutes: positive,
    cellsPerDay: z.int().positive(),
  }),
  levels: z.strictObject({ cautionMinutes: positive, warningMinutes: positive }),
  escalateSeconds: positive,
  staleSeconds: positive,
  eraseAfterHours: positive,
  epochMinutes: positive,
  testCallMinutes: positive,
  radio: z.array(z.strictObject({ use: z.string().max(100), frequencyMhz: positive, fallback: z.boolean() })).max(50),
  signatures: z.array(z.strictObject({ party: z.string(), signature: z.string() })).max(2),
});

/** Parses a rule set without looking at its signatures: for signing, never for serving. */
export function parseUnsigned(text: string, file: string): RuleSet {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Problem(INVALID_RULES, 'is not JSON', { where: file });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(INVALID_RULES, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`, { where: file });
}

/** Parses and verifies a rule set. Throws airspace/invalid-rules naming the field or the party. */
export function parseRuleSet(text: string, file: string): RuleSet {
  const rules = parseUnsigned(text, file);
  if (rules.example) throw new Problem(INVALID_RULES, 'an example is no agreement', { where: file });
  for (const party of rules.parties) {
    if (!isSignedBy(rules, party.id, party.publicKey)) {
      throw new Problem(INVALID_RULES, `is not signed by ${party.id}`, { where: file });
    }
  }
  return rules;
}

function isSignedBy(rules: RuleSet, party: string, publicKey: string): boolean {
  const signature = rules.signatures.find((one) => one.party === party)?.signature;
  if (!signature) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, signedText(rules), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** The bytes that are signed: the set without its signatures, names sorted, no spaces. */
export const signedText = (rules: RuleSet): Buffer => Buffer.from(sorted({ ...rules, signatures: [] }), 'utf8');

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${sorted(inner)}`).join(',')}}`;
}
