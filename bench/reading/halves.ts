/**
 * The two halves of the sample: rules are written while looking at one half only, the other is scored at the end. All
 * reports of one incident fall into the same half, so that no half has seen the other's incidents.
 */

/** FNV-1a of the incident's id (of the report's id where there is no incident), second byte upward, even: dev. */
export function halfOf(reportId: string, incident: string | null): 'dev' | 'held' {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(incident ?? reportId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash >>> 8) % 2 === 0 ? 'dev' : 'held';
}
