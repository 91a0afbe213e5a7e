import { queryOptions } from '@tanstack/react-query';
import { decodeColumns } from '@wangge/geodata/incidents/encode';
import type { Kind, Precision, State, Urgency } from '@wangge/geodata/incidents/incident';
import { type Days, lengthOf } from '../situation/period.ts';
import { askBytes, askJson } from '../ui/request.ts';

/** The reports of the period as columns: heat, points and rhythm are computed from them in the browser. */
export const columnsQuery = (days: Days) =>
  queryOptions({
    queryKey: ['columns', days.from, days.to],
    queryFn: async ({ signal }) =>
      decodeColumns(await askBytes(`/api/incidents/columns?from=${days.from}&to=${days.to}`, signal)).columns,
    staleTime: 60_000,
    refetchInterval: lengthOf(days) <= 31 ? 60_000 : false,
    // A year is megabytes: not kept for every period that was once looked at.
    gcTime: 60_000,
  });

/** Properties of `/ogc/collections/incidents/items` that the page reads. */
export interface IncidentRecord {
  readonly id: number;
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly occurred_at: string;
  readonly precision: Precision;
}

export interface IncidentPage {
  readonly numberMatched: number;
  readonly features: readonly { readonly properties: IncidentRecord }[];
}

/** The reports of one grid in the period. */
export const gridIncidentsQuery = (gridCode: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['incidents', gridCode, from, to],
    queryFn: ({ signal }) =>
      askJson<IncidentPage>(
        `/ogc/collections/incidents/items?grid_code=${gridCode}&datetime=${from}/${to}&limit=10000`,
        signal,
      ),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
