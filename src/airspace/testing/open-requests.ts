/** Requests of open mode's tests: volumes relative to the test's clock, ids that count, places of their own. */
import { expect } from 'vitest';
import type { OpenServer } from './open-server.ts';
import { SCOPES } from './open-server.ts';

export type Fields = Record<string, unknown>;
export interface Where {
  lat?: number;
  lng?: number;
  radius?: number;
  low?: number;
  high?: number;
  from?: number | null;
  to?: number | null;
}
export const OIR = '/operational_intent_references';
export const refOf = (body: Fields): Fields => body.operational_intent_reference as Fields;
export const subOf = (body: Fields): Fields => body.subscription as Fields;
export const idsOf = (list: unknown): string[] => (list as { id: string }[]).map(({ id }) => id);

let ids = 0;
export const uuid = (): string => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;

let place = -80;
/** A place 2.5 degrees from the last. */
export const somewhere = (): { lat: number; lng: number } => {
  place += 2.5;
  return { lat: place % 85, lng: 10 };
};

/** Makers of requests at the time of a clock. */
export function requests(now: () => number) {
  const at = (minutes: number): { value: string; format: string } => ({
    value: new Date(now() + minutes * 60_000).toISOString(),
    format: 'RFC3339',
  });
  const metres = (value: number) => ({ value, units: 'M', reference: 'W84' });
  const volume = ({ lat = 12, lng = -34, radius = 300, low = 0, high = 1000, from = 0, to = 60 }: Where = {}) => ({
    volume: {
      outline_circle: { center: { lat, lng }, radius: { value: radius, units: 'M' } },
      altitude_lower: metres(low),
      altitude_upper: metres(high),
    },
    ...(from !== null && { time_start: at(from) }),
    ...(to !== null && { time_end: at(to) }),
  });
  const intentRequest = (where: Where = {}, more: Fields = {}): Fields => ({
    extents: [volume(where)],
    state: 'Accepted',
    uss_base_url: 'https://uss.example/a',
    new_subscription: { uss_base_url: 'https://uss.example/s', notify_for_constraints: false },
    ...more,
  });
  const subscriptionRequest = (where: Where = {}, more: Fields = {}): Fields => ({
    extents: volume(where),
    uss_base_url: 'https://uss.example/sub',
    notify_for_operational_intents: true,
    notify_for_constraints: false,
    ...more,
  });
  const create = async (server: OpenServer, sub: string, where: Where, more: Fields = {}): Promise<Fields> => {
    const { status, body } = await server.call(sub, SCOPES.sc, 'PUT', `${OIR}/${uuid()}`, intentRequest(where, more));
    expect({ status, body }).toMatchObject({ status: 201 });
    return refOf(body);
  };
  return { at, volume, intentRequest, subscriptionRequest, create };
}
