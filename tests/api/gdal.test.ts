/** GDAL of Debian (3.6) reads every collection, over a real socket. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Listening, listen } from '@wangge/api/listen';
import { type SQL, sql } from 'drizzle-orm';
import type { FeatureCollection } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

const run = promisify(execFile);

const TODAY = sql`from_day <= '2026-06-30' AND coalesce(to_day > '2026-06-30', true)`;

/** Ids in the order of pages, and the box, as the database has them. */
const TRUTH: Readonly<Record<string, { readonly geometry: string; readonly ids: SQL; readonly box: SQL }>> = {
  divisions: {
    geometry: 'Multi Polygon',
    ids: sql`SELECT code AS id FROM division ORDER BY code COLLATE "C"`,
    box: sql`SELECT ST_Extent(geom)::text AS box FROM division`,
  },
  grids: {
    geometry: 'Multi Polygon',
    ids: sql`SELECT code AS id FROM grid_current ORDER BY code COLLATE "C"`,
    box: sql`SELECT ST_Extent(geom)::text AS box FROM grid_current`,
  },
  staffing: {
    geometry: 'Point',
    ids: sql`SELECT id FROM assignment WHERE ${TODAY} ORDER BY id`,
    box: sql`SELECT ST_Extent(d.seat)::text AS box FROM assignment a JOIN worker w ON w.id = a.worker_id
      JOIN division d ON d.code = w.village_code WHERE ${TODAY}`,
  },
  incidents: {
    geometry: 'Point',
    ids: sql`SELECT id FROM incident ORDER BY id`,
    box: sql`SELECT ST_Extent(geom)::text AS box FROM incident`,
  },
  centres: {
    geometry: 'Point',
    ids: sql`SELECT id FROM centre ORDER BY id`,
    box: sql`SELECT ST_Extent(geom)::text AS box FROM centre`,
  },
  dwellings: {
    geometry: 'Point',
    ids: sql`SELECT id FROM dwelling ORDER BY id`,
    box: sql`SELECT ST_Extent(geom)::text AS box FROM dwelling`,
  },
};

describe.each(ENGINES)('GDAL on %s', (engine) => {
  let client: Client;
  let server: Listening;
  let source: string;
  let folder: string;
  beforeAll(async () => {
    client = await openClient(engine);
    server = await listen((request) => client.app.fetch(request), { host: '127.0.0.1', port: 0 });
    source = `OAPIF:${server.url}/ogc`;
    folder = await mkdtemp(join(tmpdir(), 'wangge-gdal-'));
  });
  afterAll(async () => {
    await server?.close(0);
    if (folder) await rm(folder, { recursive: true, force: true });
    await client.db.close();
  });

  const gdal = async (command: 'ogrinfo' | 'ogr2ogr', ...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run(command, args, { maxBuffer: 1 << 28 });
    expect(stderr).not.toMatch(/ERROR|Warning/);
    return stdout;
  };
  const idsOf = async (query: SQL): Promise<string[]> =>
    (await client.db.rows<{ id: string | number }>(query)).map(({ id }) => String(id));
  const numbers = (text: string): number[] => text.match(/-?\d+(\.\d+)?/g)!.map(Number);
  const count = async (...args: string[]): Promise<number> =>
    Number(/Feature Count: (\d+)/.exec(await gdal('ogrinfo', '-ro', '-so', source, ...args))![1]);

  it('lists every collection with its count, extent and kind of geometry', async () => {
    const layers = (await gdal('ogrinfo', '-ro', '-al', '-so', source)).split('Layer name: ').slice(1);
    expect(layers.map((layer) => layer.split('\n')[0])).toEqual(Object.keys(TRUTH));
    for (const layer of layers) {
      const name = layer.split('\n')[0]!;
      const { ids, box, geometry } = TRUTH[name]!;
      expect(layer, name).toContain(`Geometry: ${geometry}\n`);
      expect(layer, name).toContain(`Feature Count: ${(await idsOf(ids)).length}\n`);
      const [row] = await client.db.rows<{ box: string }>(box);
      const extent = numbers(/Extent: (.*)/.exec(layer)![1]!);
      numbers(row!.box).forEach((n, i) => {
        expect(extent[i], name).toBeCloseTo(n, 5);
      });
      expect(layer, name).toContain('WGS 84');
      expect(layer, name).toContain('演示数据·非真实情况');
    }
  });

  it.each(Object.keys(TRUTH))('reads all of %s, each feature once', async (name) => {
    const file = join(folder, `${name}.csv`);
    await gdal('ogr2ogr', '-f', 'CSV', file, source, name, '-oo', `PAGE_SIZE=${name === 'incidents' ? 10_000 : 100}`);
    const [head, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
    const { ids } = TRUTH[name]!;
    // A grid's own `id` stands before its feature id, which is the code.
    const at = head!.split(',').indexOf(name === 'grids' ? 'code' : 'id');
    expect(lines.map((line) => line.split(',')[at]!.replaceAll('"', ''))).toEqual(await idsOf(ids));
  });

  it('gets the boundaries of the grids as they are stored', async () => {
    const file = join(folder, 'grids.json');
    await gdal('ogr2ogr', '-f', 'GeoJSON', file, source, 'grids', '-lco', 'COORDINATE_PRECISION=7');
    const { features } = JSON.parse(await readFile(file, 'utf8')) as FeatureCollection;
    const read = features.map(({ properties, geometry }) => ({
      code: properties!.code as string,
      geometry: JSON.stringify(geometry),
    }));
    const [row] = await client.db.rows<{ same: number }>(sql`
      SELECT count(*) AS same FROM jsonb_to_recordset(${JSON.stringify(read)}::text::jsonb) AS r (code text, geometry text)
      JOIN grid_current g USING (code)
      WHERE ST_OrderingEquals(ST_ForcePolygonCCW(g.geom), ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326))`);
    expect(row!.same).toBe(278);
  });

  it('selects by box and by conditions as SQL does', async () => {
    const sqlCount = async (table: string, where: SQL): Promise<number> =>
      (await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE ${where}`))[0]!.n;
    const box = ['-spat', '102.9000000000000057', '37.4', '103.1', '37.5999999999999943'];
    const inBox = sql`ST_Intersects(geom, ST_MakeEnvelope(102.9000000000000057, 37.4, 103.1, 37.5999999999999943, 4326))`;
    const large = ['-oo', 'PAGE_SIZE=10000'];
    expect(await count('grids', ...box)).toBe(await sqlCount('grid_current', inBox));
    expect(await count('incidents', ...box, ...large)).toBe(await sqlCount('incident', inBox));
    expect(await count('grids', '-where', "class = 'special'")).toBe(13);
    expect(await count('grids', '-where', 'id = 5')).toBe(1);
    expect(await count('dwellings', ...large, '-where', 'households > 30')).toBe(
      await sqlCount('dwelling', sql`households > 30`),
    );
    expect(await count('incidents', ...large, '-where', "kind = 'dispute' AND occurred_at >= '2026/06/20'")).toBe(
      await sqlCount('incident', sql`kind = 'dispute' AND occurred_at >= '2026-06-20 00:00+08'`),
    );
    expect(await count('incidents', ...large, ...box, '-where', "kind = 'event'")).toBe(
      await sqlCount('incident', sql`kind = 'event' AND ${inBox}`),
    );
    expect(await count('staffing', ...large, '-where', `"from" >= '2026/01/01'`)).toBe(
      await sqlCount('assignment', sql`from_day >= '2026-01-01' AND ${TODAY}`),
    );
    expect(await count('staffing', ...large, '-where', "on_post = 0 AND kind = 'full_time'")).toBe(
      await sqlCount(
        'assignment a JOIN worker w ON w.id = a.worker_id',
        sql`w.kind = 'full_time' AND ${TODAY} AND EXISTS (
        SELECT 1 FROM absence b WHERE b.worker_id = w.id AND b.from_day <= '2026-06-30' AND coalesce(b.to_day > '2026-06-30', true))`,
      ),
    );
  });

  it('reads vector tiles of every collection', async () => {
    // The tile of zoom 8 with most of the county in it.
    const [z, x, y] = [8, 201, 99];
    const layer = async (name: string, query = ''): Promise<string> =>
      await gdal('ogrinfo', '-ro', '-al', '-so', `MVT:${server.url}/tiles/${name}/${z}/${x}/${y}.mvt${query}`);
    const inTile = (geom: string): SQL =>
      sql`ST_Intersects(ST_Transform(${sql.raw(geom)}, 3857), ST_TileEnvelope(${z}, ${x}, ${y}))`;
    const counted = async (table: string, geom = 'geom'): Promise<number> =>
      (await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE ${inTile(geom)}`))[0]!
        .n;
    const featureCount = (text: string): number => Number(/Feature Count: (\d+)/.exec(text)![1]);

    const grids = await layer('grids');
    expect(grids).toContain('Layer name: grids');
    // The tile's margin may hold some more.
    expect(featureCount(grids)).toBeGreaterThanOrEqual(await counted('grid_current'));
    expect(featureCount(grids)).toBeLessThanOrEqual(278);
    for (const field of ['code: String', 'coverage: String', 'households: Integer', 'area_km2: Real']) {
      expect(grids).toContain(field);
    }
    const dwellings = await layer('dwellings');
    expect(featureCount(dwellings)).toBe(await counted('dwelling'));
    const incidents = await layer('incidents', '?from=2026-06-30&to=2026-06-30');
    const [today] = await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM incident
      WHERE ${inTile('geom')} AND occurred_at >= '2026-06-30 00:00+08' AND occurred_at < '2026-07-01 00:00+08'`);
    expect(featureCount(incidents)).toBe(today!.n);
    const binned = await layer('incidents', '?from=2025-07-01&to=2026-06-30');
    for (const field of ['binned: Integer(Boolean)', 'count: Integer', 'weight: Integer'])
      expect(binned).toContain(field);

    // Its polygons are valid, and lie where the grids lie.
    const file = join(folder, 'tile.json');
    await gdal(
      'ogr2ogr',
      '-f',
      'GeoJSON',
      '-t_srs',
      'EPSG:4326',
      file,
      `MVT:${server.url}/tiles/grids/${z}/${x}/${y}.mvt`,
      'grids',
    );
    const { features } = JSON.parse(await readFile(file, 'utf8')) as FeatureCollection;
    const read = features.map(({ properties, geometry }) => ({
      code: properties!.code as string,
      geometry: JSON.stringify(geometry),
    }));
    const [row] = await client.db.rows<{ valid: number; close: number }>(sql`
      SELECT count(*) FILTER (WHERE ST_IsValid(r.g)) AS valid,
        count(*) FILTER (WHERE ST_Contains(ST_Buffer(g.geom, 0.0015), r.g)) AS close
      FROM (SELECT code, ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326) AS g
        FROM jsonb_to_recordset(${JSON.stringify(read)}::text::jsonb) AS f (code text, geometry text)) r
      JOIN grid_current g USING (code)`);
    expect(row).toEqual({ valid: features.length, close: features.length });
  });
});
