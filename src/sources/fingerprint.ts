/** What makes two received reports the same: their accepted fields in a fixed order, and what the record calls them by. */
import { createHash } from 'node:crypto';
import type { ReportInput } from './model.ts';

/** The payload that is stored: the accepted fields as JSON with sorted keys, absent fields left out. */
export function payloadOf(report: ReportInput): string {
  return JSON.stringify(sorted(report));
}

export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
