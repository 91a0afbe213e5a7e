/** What a write has changed, from the columns before and after it. */
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

/** A row of the columns; of its place, the point alone. */
export const shownAt = (columns: IncidentColumns, row: number): ShownIncident => ({
  id: columns.id[row]!,
  kind: KINDS[columns.kind[row]!]!,
  category: columns.categories[columns.category[row]!]!,
  urgency: URGENCIES[columns.urgency[row]!]!,
  state: STATES[columns.state[row]!]!,
  occurred_at: new Date(columns.occurred_at[row]! * 1000),
  point: columns.lon[row] === NO_POINT ? null : [toDegrees(columns.lon[row]!), toDegrees(columns.lat[row]!)],
});

/**
 * The incidents that differ in what a map shows. One walk along both: a county-year takes some milliseconds.
 * @returns null where there is no telling change by change: another dictionary, or an incident that is no more
 */
export function changesBetween(before: IncidentColumns, after: IncidentColumns): IncidentChange[] | null {
  if (before === after) return [];
  if (String(before.categories) !== String(after.categories)) return null;
  const same = (b: number, a: number): boolean =>
    before.lon[b] === after.lon[a] &&
    before.lat[b] === after.lat[a] &&
    before.state[b] === after.state[a] &&
    before.kind[b] === after.kind[a] &&
    before.category[b] === after.category[a] &&
    before.urgency[b] === after.urgency[a];
  const changes: IncidentChange[] = [];
  // What stands at another time now is met twice: where it was, and where it is.
  const left = new Map<number, number>();
  const come: number[] = [];
  let b = 0;
  let a = 0;
  while (b < before.length || a < after.length) {
    const order =
      b === before.length
        ? 1
        : a === after.length
          ? -1
          : before.occurred_at[b]! - after.occurred_at[a]! || before.id[b]! - after.id[a]!;
    if (order < 0) left.set(before.id[b]!, b++);
    else if (order > 0) come.push(a++);
    else {
      if (!same(b, a)) changes.push({ before: shownAt(before, b), after: shownAt(after, a) });
      b++;
      a++;
    }
  }
  for (const row of come) {
    const was = left.get(after.id[row]!);
    left.delete(after.id[row]!);
    changes.push({ before: was === undefined ? null : shownAt(before, was), after: shownAt(after, row) });
  }
  return left.size > 0 ? null : changes;
}
