import type { Dwelling, Grid } from '@wangge/geodata/county/county';
import type { World } from '@wangge/geodata/gulang/incidents/places';
import { sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';

/** Grids and dwellings as they are stored: a restart generates reports without generating the county again. */
export async function storedWorld(db: Queries, countyCode: string): Promise<World> {
  const grids = await db.rows<Grid>(sql`
    SELECT grid_id AS id, code, name, class, village_code, managing_township_code, owner_unit
    FROM grid_current WHERE county_code = ${countyCode} ORDER BY grid_id`);
  const dwellings = await db.rows<Omit<Dwelling, 'point'> & { lon: number; lat: number }>(sql`
    SELECT id, grid_id, village_code, households, population, registered_households, registered_population,
      ST_X(geom) AS lon, ST_Y(geom) AS lat
    FROM dwelling WHERE county_code = ${countyCode} ORDER BY id`);
  return { grids, dwellings: dwellings.map(({ lon, lat, ...dwelling }) => ({ ...dwelling, point: [lon, lat] })) };
}
