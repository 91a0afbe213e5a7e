import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

export interface Residents {
  readonly grid_id: number;
  readonly households: number;
  readonly population: number;
}

/** 常住 households and residents of each grid that has dwellings. */
export const residentsByGrid = (queries: Queries, county: string): Promise<Residents[]> =>
  queries.rows(sql`
    SELECT grid_id, sum(households) AS households, sum(population) AS population
    FROM dwelling WHERE county_code = ${county} GROUP BY grid_id`);

/** [west, south, east, north] of all dwellings, degrees; null where there are none. */
export async function dwellingBox(
  queries: Queries,
  county: string,
): Promise<readonly [number, number, number, number] | null> {
  const [row] = await queries.rows<{ w: number | null; s: number; e: number; n: number }>(sql`
    SELECT min(ST_X(geom)) AS w, min(ST_Y(geom)) AS s, max(ST_X(geom)) AS e, max(ST_Y(geom)) AS n
    FROM dwelling WHERE county_code = ${county}`);
  return !row || row.w === null ? null : [row.w, row.s, row.e, row.n];
}

export interface DwellingPoint {
  readonly id: number;
  /** Lattice units of 1e-7°. */
  readonly lon: number;
  readonly lat: number;
  readonly households: number;
  readonly population: number;
}

/** Every dwelling with its 常住 residents, by id. */
export const dwellingPoints = (queries: Queries, county: string): Promise<DwellingPoint[]> =>
  queries.rows(sql`
    SELECT id, round(ST_X(geom) * 1e7)::int4 AS lon, round(ST_Y(geom) * 1e7)::int4 AS lat, households, population
    FROM dwelling WHERE county_code = ${county} ORDER BY id`);
