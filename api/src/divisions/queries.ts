import type { DivisionLevel } from '@wangge/geodata/county/county';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly short_name: string;
  readonly name_en: string | null;
  readonly level: DivisionLevel;
  readonly parent_code: string | null;
  readonly official: boolean;
  readonly aliases: readonly string[];
  readonly seat_lon: number | null;
  readonly seat_lat: number | null;
}

/** Every division, in code order. */
export const divisionRows = (queries: Queries, county: string): Promise<DivisionRow[]> =>
  queries.rows(sql`
    SELECT code, name, short_name, name_en, level, parent_code, official, aliases,
      ST_X(seat) AS seat_lon, ST_Y(seat) AS seat_lat
    FROM division WHERE county_code = ${county} ORDER BY code COLLATE "C"`);

/** GeoJSON geometry of each division that has one. */
export const divisionGeometry = (queries: Queries, county: string): Promise<{ code: string; geometry: string }[]> =>
  queries.rows(sql`
    SELECT code, ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 7) AS geometry
    FROM division WHERE county_code = ${county} AND geom IS NOT NULL`);

/** Codes of the divisions that a box (degrees) touches. */
export async function divisionsIn(
  queries: Queries,
  county: string,
  [west, south, east, north]: readonly [number, number, number, number],
): Promise<string[]> {
  const rows = await queries.rows<{ code: string }>(sql`
    SELECT code FROM division
    WHERE county_code = ${county} AND ST_Intersects(geom, ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326))`);
  return rows.map((row) => row.code);
}
