/** One incident with everything that is known of it. */
import { queryOptions } from '@tanstack/react-query';
import type { Kind, Precision, State, Urgency } from '@wangge/geodata/incidents/incident';
import { askJson } from '../ui/request.ts';
import type { Flow } from './trail.ts';

/** Answer of `/api/incidents/{id}`. */
export interface IncidentAnswer {
  readonly id: number;
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly occurred_at: string;
  readonly reported_at: string;
  readonly state_at: string;
  readonly precision: Precision;
  /** Degrees, WGS 84 / CGCS2000. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** In today's boundaries. */
  readonly grid_code: string | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
  readonly source: string;
  readonly external_id: string;
  readonly open: boolean;
  readonly synthetic: boolean;
  readonly trail: readonly Flow[];
  /** The point as it was reported, in the coordinate system of the reporter. */
  readonly given: { readonly crs: string; readonly lon: number; readonly lat: number } | null;
  /** The grid in which it happened, by its name of then; `current`: the grid is still there. */
  readonly grid_then: { readonly code: string; readonly name: string; readonly current: boolean } | null;
  /** The grid in which it lies now. */
  readonly grid: { readonly code: string; readonly name: string } | null;
}

export const incidentQuery = (id: number) =>
  queryOptions({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => askJson<IncidentAnswer>(`/api/incidents/${id}`, signal),
    staleTime: 60_000,
  });
