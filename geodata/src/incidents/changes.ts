/** What a write has changed, as a map shows it. */
import { toDegrees } from '../mesh/lattice.ts';
import type { IncidentRecord } from './build.ts';
import { type IncidentColumns, NO_POINT } from './columns.ts';
import { KINDS, STATES, URGENCIES } from './incident.ts';

/** What a map shows of an incident. */
export type ShownIncident = Pick<
  IncidentRecord,
  'id' | 'kind' | 'category' | 'urgency' | 'state' | 'occurred_at' | 'point'
>;

export interface IncidentChange {
  /** Null where it is new. */
  readonly before: ShownIncident | null;
  readonly after: ShownIncident;
}

/** The incident of a row; of its place, the point alone. */
export const shownAt = (columns: IncidentColumns, row: number): ShownIncident => ({
  id: columns.id[row]!,
  kind: KINDS[columns.kind[row]!]!,
  category: columns.categories[columns.category[row]!]!,
  urgency: URGENCIES[columns.urgency[row]!]!,
  state: STATES[columns.state[row]!]!,
  occurred_at: new Date(columns.occurred_at[row]! * 1000),
  point: columns.lon[row] === NO_POINT ? null : [toDegrees(columns.lon[row]!), toDegrees(columns.lat[row]!)],
});

/** Each of the `changed` records, with what the columns held of it before. */
export function changesTo(before: IncidentColumns, changed: readonly IncidentRecord[]): IncidentChange[] {
  if (changed.length === 0) return [];
  const wanted = new Set(changed.map(({ id }) => id));
  const [least, greatest] = [Math.min(...wanted), Math.max(...wanted)];
  const rows = new Map<number, number>();
  for (let row = 0; row < before.length; row++) {
    const id = before.id[row]!;
    // Most writes concern recent incidents: the range spares nearly all look-ups in the set.
    if (id >= least && id <= greatest && wanted.has(id)) rows.set(id, row);
  }
  return changed.map((after) => {
    const row = rows.get(after.id);
    return { before: row === undefined ? null : shownAt(before, row), after };
  });
}
