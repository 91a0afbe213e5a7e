/** Writes the trails 流转 of many incidents at once. */
import type { Incident, State, Step, TracedIncident } from '@wangge/geodata/incidents/incident';
import { sql } from 'drizzle-orm';
import type { CopyValue, Queries } from '../db/database.ts';

/** A stored incident and the steps by which it came to its state. */
export interface TrailOf {
  readonly id: number;
  readonly trail: readonly Step[];
}

/** The trail of an incident; where none is known, that its state was reached. */
export const trailOf = (incident: Incident | TracedIncident): readonly Step[] =>
  'trail' in incident
    ? incident.trail
    : [{ state: incident.state, at: Math.floor(incident.state_at.getTime() / 1000) }];

/** Ids for so many new incidents. */
export async function drawIds(tx: Queries, count: number): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(sql`
    SELECT nextval(pg_get_serial_sequence('incident', 'id')) AS id FROM generate_series(1, ${count}::int)`);
  return rows.map(({ id }) => id);
}

function* rowsOf(county: string, trails: Iterable<TrailOf>): Generator<readonly CopyValue[]> {
  for (const { id, trail } of trails) {
    let from: State | null = null;
    let seq = 0;
    for (const { state, at } of trail) {
      yield [county, id, ++seq, from, state, new Date(at * 1000)];
      from = state;
    }
  }
}

/** Writes the trails of incidents that have none yet. @returns steps written */
export const copyTrails = (tx: Queries, county: string, trails: Iterable<TrailOf>): Promise<number> =>
  tx.copyIn('incident_flow (county_code, incident_id, seq, from_state, to_state, at)', rowsOf(county, trails));

/**
 * Appends steps, at least one each, to the trails of stored incidents.
 * @param moved `from` is the state that was reached before the steps
 */
export async function extendTrails(
  tx: Queries,
  county: string,
  moved: readonly { readonly id: number; readonly from: State; readonly steps: readonly Step[] }[],
): Promise<void> {
  const rows = moved.flatMap(({ id, from, steps }) =>
    steps.map(({ state, at }, i) => ({ id, n: i + 1, from: steps[i - 1]?.state ?? from, state, at })),
  );
  await tx.run(
    sql`
    INSERT INTO incident_flow (county_code, incident_id, seq, from_state, to_state, at)
    SELECT ${county}, f.id, f.n + (SELECT coalesce(max(p.seq), 0) FROM incident_flow p
        WHERE p.county_code = ${county} AND p.incident_id = f.id),
      f."from", f.state, to_timestamp(f.at)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS f (id bigint, n int, "from" text, state text, at bigint)`,
    rows.length,
  );
}
