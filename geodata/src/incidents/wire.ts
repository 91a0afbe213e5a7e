/** An incident as an event carries it: what the columns hold of it, in JSON. */
import { toDegrees } from '../mesh/lattice.ts';
import type { IncidentRecord } from './build.ts';
import type { Kind, State, Urgency } from './incident.ts';

export interface WireIncident {
  readonly id: number;
  readonly kind: Kind;
  readonly category: string;
  readonly urgency: Urgency;
  readonly state: State;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly occurred_at: number;
  readonly reported_at: number;
  /** Lattice units of 1e-7°, WGS 84 / CGCS2000; null where the place is not known to a point. */
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grid_id: number | null;
  readonly village_code: string | null;
  readonly township_code: string | null;
}

/** As `buildColumns` and `applyChanges` take it. */
export const recordOf = (wire: Omit<WireIncident, 'reported_at'>): IncidentRecord => ({
  id: wire.id,
  kind: wire.kind,
  category: wire.category,
  urgency: wire.urgency,
  state: wire.state,
  occurred_at: new Date(wire.occurred_at * 1000),
  point: wire.lon === null || wire.lat === null ? null : [toDegrees(wire.lon), toDegrees(wire.lat)],
  grid_id: wire.grid_id,
  village_code: wire.village_code,
  township_code: wire.township_code,
});
