/** Which tiles are asked for, and how the database makes the same ones: layers, attributes and cells as ours. */
import type { Database } from '@wangge/api/db/database';
import { INCIDENT_KEYS } from '@wangge/geodata/tiles/incident-tile';
import { sql } from 'drizzle-orm';
import { COUNTY } from '../bench.ts';

export interface Tile {
  readonly i: number;
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** How a collection is made ready for the comparison. */
export interface TileSource {
  readonly collection: 'grids' | 'incidents';
  /** Tables with one column for each attribute and the geometry in EPSG:3857: nothing is left to join or to transform. */
  readonly prepare: string;
  readonly zooms: readonly [number, number];
  readonly count: number;
  /** Asks ours for the same. */
  readonly query: string;
}

export const GRIDS: TileSource = {
  collection: 'grids',
  prepare: `
    CREATE TABLE bench_grids AS
    SELECT g.grid_id, g.code, g.name, g.class, left(g.code, 9) AS township_code, g.village_code, g.managing_township_code,
      coalesce(d.households, 0)::int AS households, coalesce(d.population, 0)::int AS population,
      round(g.area_m2)::float8 / 1e6 AS area_km2, 'own'::text AS coverage, true AS synthetic,
      ST_Transform(g.geom, 3857) AS geom
    FROM grid_current g LEFT JOIN (
      SELECT grid_id, sum(households) AS households, sum(population) AS population FROM dwelling GROUP BY grid_id
    ) d USING (grid_id) WHERE g.county_code = '${COUNTY}'`,
  zooms: [8, 14],
  count: 342,
  query: '',
};

/** Numbers for words, so that the highest urgency of a cell is a maximum. */
export const INCIDENTS: TileSource = {
  collection: 'incidents',
  prepare: `
    CREATE TABLE bench_incidents AS
    SELECT id, kind, category, urgency, array_position(ARRAY['normal', 'urgent', 'critical'], urgency) AS rank, state,
      floor(extract(epoch FROM occurred_at))::int8 AS occurred_at, true AS synthetic, ST_Transform(geom, 3857) AS geom
    FROM incident WHERE geom IS NOT NULL`,
  zooms: [10, 14],
  count: 264,
  query: '?from=2025-07-01&to=2026-06-30',
};

/**
 * Fills `bench_<collection>` and `bench_<collection>_tile`: non-empty tiles, as many of each zoom as there are or as the
 * others leave room for, evenly spread over the county.
 */
export async function prepareTiles(db: Database, { collection, prepare, zooms, count }: TileSource): Promise<Tile[]> {
  const [data, tiles] = [`bench_${collection}`, `bench_${collection}_tile`];
  await db.run(sql.raw(prepare));
  await db.run(sql.raw(`CREATE INDEX ON ${data} USING gist (geom)`));
  await db.run(sql.raw(`VACUUM ANALYZE ${data}`));
  const all = await db.rows<Omit<Tile, 'i'>>(
    sql.raw(`
    WITH box AS (SELECT ST_Extent(geom) AS b FROM ${data}), side AS (
      SELECT z, 40075016.68557849 / (1 << z) AS m FROM generate_series(${zooms[0]}, ${zooms[1]}) z
    ), tile AS (
      SELECT s.z, x, y FROM side s, box,
        generate_series(floor((ST_XMin(b) + 20037508.342789244) / s.m)::int, floor((ST_XMax(b) + 20037508.342789244) / s.m)::int) x,
        generate_series(floor((20037508.342789244 - ST_YMax(b)) / s.m)::int, floor((20037508.342789244 - ST_YMin(b)) / s.m)::int) y
    )
    SELECT t.z, t.x, t.y FROM tile t
    WHERE EXISTS (SELECT FROM ${data} d WHERE ST_Intersects(d.geom, ST_TileEnvelope(t.z, t.x, t.y))) ORDER BY z, x, y`),
  );
  const byZoom = [...new Set(all.map(({ z }) => z))].map((z) => all.filter((tile) => tile.z === z));
  const sizes = byZoom.map((list) => list.length).sort((a, b) => a - b);
  let [left, most] = [count, 0];
  sizes.forEach((size, i) => {
    most = Math.ceil(left / (sizes.length - i));
    left -= Math.min(size, most);
  });
  if (left > 0) throw new Error(`there are only ${count - left} tiles of ${collection}`);
  const chosen: Tile[] = [];
  // What is left over by rounding comes out of the deepest zooms, which have the most tiles.
  let over = sizes.reduce((sum, size) => sum + Math.min(size, most), 0) - count;
  for (const list of byZoom.reverse()) {
    let taken = Math.min(list.length, most);
    if (over > 0 && taken === most) {
      taken -= 1;
      over -= 1;
    }
    for (let k = 0; k < taken; k++) chosen.push({ i: chosen.length, ...list[Math.floor((k * list.length) / taken)]! });
  }
  await db.run(sql.raw(`CREATE TABLE ${tiles} (i int PRIMARY KEY, z int, x int, y int, env geometry)`));
  await db.run(
    sql.raw(
      `INSERT INTO ${tiles} VALUES ${chosen.map(({ i, z, x, y }) => `(${i}, ${z}, ${x}, ${y}, ST_TileEnvelope(${z}, ${x}, ${y}))`).join(', ')}`,
    ),
  );
  await db.run(sql.raw(`VACUUM ANALYZE ${tiles}`));
  return chosen;
}

/** Units of a tile beyond its edge that polygons reach. */
const MARGIN = 64;

/** @param i number of the tile, as SQL */
export const gridTileSql = (i: string): string => `
WITH t AS MATERIALIZED (SELECT env, ST_Expand(env, (ST_XMax(env) - ST_XMin(env)) * ${MARGIN} / 4096) AS reach FROM bench_grids_tile WHERE i = ${i})
SELECT ST_AsMVT(q, 'grids', 4096, 'geom', 'grid_id') AS tile FROM (
  SELECT g.grid_id, g.code, g.name, g.class, g.township_code, g.village_code, g.managing_township_code, g.households,
    g.population, g.area_km2, g.coverage, g.synthetic,
    ST_AsMVTGeom(g.geom, (SELECT env FROM t), 4096, ${MARGIN}, true) AS geom
  FROM bench_grids g WHERE g.geom && (SELECT reach FROM t)) q
WHERE geom IS NOT NULL`;

export const pointTileSql = (i: string): string => `
WITH t AS MATERIALIZED (SELECT env FROM bench_incidents_tile WHERE i = ${i})
SELECT ST_AsMVT(q, 'incidents', 4096, 'geom', 'id') AS tile FROM (
  SELECT p.id, p.${INCIDENT_KEYS.slice(0, 6).join(', p.')}, ST_AsMVTGeom(p.geom, (SELECT env FROM t), 4096, 0, true) AS geom
  FROM bench_incidents p WHERE p.geom && (SELECT env FROM t)) q`;

/** Cells of 32 units, as ours: a point in the middle of each, in the tile's own units. */
export const cellTileSql = (i: string): string => `
WITH t AS MATERIALIZED (SELECT env, ST_XMin(env) AS west, ST_YMax(env) AS north, (ST_XMax(env) - ST_XMin(env)) / 128 AS side
  FROM bench_incidents_tile WHERE i = ${i})
SELECT ST_AsMVT(q, 'incidents', 4096, 'geom') AS tile FROM (
  SELECT (ARRAY['normal', 'urgent', 'critical'])[max(rank)] AS urgency, true AS synthetic, true AS binned, count(*)::int AS count,
    (count(*) FILTER (WHERE kind <> 'collection'))::int AS weight, ST_Point(cx * 32 + 16, cy * 32 + 16) AS geom
  FROM (
    SELECT p.kind, p.rank, floor((ST_X(p.geom) - (SELECT west FROM t)) / (SELECT side FROM t))::int AS cx,
      floor(((SELECT north FROM t) - ST_Y(p.geom)) / (SELECT side FROM t))::int AS cy
    FROM bench_incidents p WHERE p.geom && (SELECT env FROM t)) c
  GROUP BY cx, cy) q`;
