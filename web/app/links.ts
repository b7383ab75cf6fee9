/** What the desk asks about links: reports that wait for a person, and repairs that the machine proposes. Staff only. */
import { queryOptions } from '@tanstack/react-query';
import type { ApiAskedReport, ApiRepair } from '../../src/server/api/links.ts';
import { ask } from './desk.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export const askedQuery = queryOptions({
  queryKey: ['desk', 'links', 'asked'],
  queryFn: () => ask<Page<ApiAskedReport>>('GET', '/api/incidents/queue?limit=20'),
});

export const repairsQuery = queryOptions({
  queryKey: ['desk', 'links', 'repairs'],
  queryFn: () => ask<Page<ApiRepair>>('GET', '/api/incidents/proposals?limit=20'),
});
