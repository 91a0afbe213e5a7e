import type { GridClass } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export interface GridRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly class: GridClass;
  readonly village_code: string;
  readonly managing_township_code: string;
  readonly owner_unit: string | null;
  readonly area_m2: number;
}

/** The grids of the current edition, in code order. */
export const gridRows = (queries: Queries, county: string): Promise<GridRow[]> =>
  queries.rows(sql`
    SELECT grid_id AS id, code, name, class, village_code, managing_township_code, owner_unit, area_m2
    FROM grid_current WHERE county_code = ${county} ORDER BY code COLLATE "C"`);

/** GeoJSON geometry (MultiPolygon, outer rings counter-clockwise) of the grids of the current edition. */
export const gridGeometry = (queries: Queries, county: string): Promise<{ id: number; geometry: string }[]> =>
  queries.rows(sql`
    SELECT grid_id AS id, ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 7) AS geometry
    FROM grid_current WHERE county_code = ${county}`);

/** Ids of the grids of the current edition that a box (degrees) touches. */
export async function gridsIn(
  queries: Queries,
  county: string,
  [west, south, east, north]: readonly [number, number, number, number],
): Promise<number[]> {
  const rows = await queries.rows<{ id: number }>(sql`
    SELECT grid_id AS id FROM grid_current
    WHERE county_code = ${county} AND ST_Intersects(geom, ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326))`);
  return rows.map((row) => row.id);
}
