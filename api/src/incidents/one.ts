/** A single incident with its trail 流转 and where it lies, then and now. */
import type { State } from '@wangge/geodata/incidents/incident';
import { sql } from 'drizzle-orm';
import { areaOf, pathOf } from '../county/area.ts';
import type { Ground } from '../county/ground.ts';
import { printed } from '../county/window.ts';
import type { Queries } from '../db/database.ts';
import { listed } from './list.ts';
import { LISTED, type ListedRow } from './list-queries.ts';
import type { IncidentAnswer } from './listed-schema.ts';

interface TrailRow extends ListedRow {
  readonly given_crs: '4490' | 'gcj02' | 'bd09' | null;
  readonly given_lon: number | null;
  readonly given_lat: number | null;
  readonly grid_id_then: number | null;
  readonly then_code: string | null;
  readonly then_name: string | null;
  readonly trail: readonly { readonly from_state: State | null; readonly to_state: State; readonly at: number }[];
}

/**
 * The incident and its history in one statement, so that both are of one moment. The grid in which it happened goes by
 * the edition of that day; by the first one where it happened before.
 */
const incidentWithTrail = (queries: Queries, county: string, id: number): Promise<TrailRow[]> =>
  queries.rows(sql`
    SELECT ${LISTED}, i.given_crs, i.given_lon, i.given_lat, i.grid_id_then, v.code AS then_code, v.name AS then_name,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('from_state', f.from_state, 'to_state', f.to_state,
          'at', floor(extract(epoch FROM f.at))::int8) ORDER BY f.seq), '[]')
        FROM incident_flow f WHERE f.county_code = i.county_code AND f.incident_id = i.id) AS trail
    FROM incident i JOIN county c ON c.code = i.county_code
    LEFT JOIN LATERAL (
      SELECT g.code, g.name FROM grid_version g JOIN edition e ON e.county_code = g.county_code AND e.n = g.edition_from
      WHERE g.county_code = i.county_code AND g.grid_id = i.grid_id_then
      ORDER BY e.effective_on > (i.occurred_at AT TIME ZONE c.time_zone)::date,
        abs(e.effective_on - (i.occurred_at AT TIME ZONE c.time_zone)::date), e.n DESC LIMIT 1) v ON true
    WHERE i.county_code = ${county} AND i.id = ${id}::int8`);

/** @returns null where there is no such incident */
export async function incidentAnswer(
  queries: Queries,
  ground: Ground,
  asOf: number,
  id: number,
): Promise<IncidentAnswer | null> {
  const [row] = await incidentWithTrail(queries, ground.version.county, id);
  if (!row) return null;
  const grid = row.grid_id === null ? undefined : ground.gridById.get(row.grid_id);
  const division = ground.divisionByCode.get(row.village_code ?? row.township_code ?? '') ?? ground.root;
  const place = grid ? ({ level: 'grid', grid } as const) : ({ level: division.level, division } as const);
  const incident = listed(row, ground);
  return {
    as_of: asOf,
    ...incident,
    given:
      incident.lon === null || incident.lat === null
        ? null
        : row.given_crs === null
          ? { crs: '4490', lon: incident.lon, lat: incident.lat }
          : { crs: row.given_crs, lon: row.given_lon!, lat: row.given_lat! },
    grid_then:
      row.grid_id_then === null
        ? null
        : { code: row.then_code!, name: row.then_name!, current: ground.gridById.has(row.grid_id_then) },
    grid: grid ? { code: grid.code, name: grid.name } : null,
    path: [...pathOf(ground, place), areaOf(place)],
    trail: row.trail.map(({ from_state, to_state, at }) => ({ from_state, to_state, at: printed(at) })),
  };
}
