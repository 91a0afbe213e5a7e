/** Vector tiles in both forms: against SQL, by their rules of HTTP, and after writes. */
import { gunzipSync } from 'node:zlib';
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { MAX_ZOOM } from '@wangge/geodata/tiles/world';
import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import type { Point } from 'geojson';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

const RUNS = process.env.PROVE ? 600 : 30;

const COLLECTIONS = ['grids', 'incidents', 'dwellings'] as const;
/** The year of the fixture, whole. */
const YEAR = 'from=2025-07-01&to=2026-06-30';

interface TileRef {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** The tile in which a point lies. */
const tileAt = (lon: number, lat: number, z: number): TileRef => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    z,
    x: Math.floor((lon / 360 + 0.5) * 2 ** z),
    y: Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z),
  };
};

const inTile = ({ z, x, y }: TileRef): SQL => sql`
  floor((ST_X(geom) / 360 + 0.5) * power(2, ${z}::int)) = ${x}::int AND
  floor((0.5 - ln((1 + sin(radians(ST_Y(geom)))) / (1 - sin(radians(ST_Y(geom))))) / (4 * pi())) * power(2, ${z}::int)) = ${y}::int`;

describe.each(ENGINES)('tiles on %s', (engine) => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  const url = (collection: string, { z, x, y }: TileRef, query = ''): string =>
    `/tiles/${collection}/${z}/${x}/${y}.mvt${query && `?${query}`}`;
  const features = async (path: string): Promise<VectorTileFeature[]> => {
    const answer = await client.ask(path);
    if (answer.status === 204) return [];
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    const { layers } = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())));
    const [layer, ...others] = Object.values(layers);
    expect(others).toEqual([]);
    expect(path).toContain(`/${layer!.name}/`);
    return Array.from({ length: layer!.length }, (_, i) => layer!.feature(i));
  };
  const countOf = (found: readonly VectorTileFeature[]): number =>
    found.reduce((sum, { properties }) => sum + (properties.binned ? (properties.count as number) : 1), 0);
  const sqlCount = async (table: string, where: SQL): Promise<number> =>
    (await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE ${where}`))[0]!.n;

  it('hold as many incidents as SQL finds in the tile, for any window and filter', async () => {
    const codes = (await client.json<{ categories: { code: string }[] }>('/api/county')).categories.map((c) => c.code);
    const day = fc
      .integer({ min: 0, max: 364 })
      .map((n) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10));
    const some = (values: readonly string[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: null });
    const question = fc.record({
      days: fc.tuple(day, day).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [string, string]),
      kind: some(['collection', 'event', 'dispute']),
      category: some(codes),
      urgency: some(['normal', 'urgent', 'critical']),
      state: some(['reported', 'in_progress', 'closed', 'archived']),
      open: fc.constantFrom(null, 'true', 'false'),
      at: fc.tuple(
        fc.double({ min: 102.7, max: 103.9, noNaN: true }),
        fc.double({ min: 37.2, max: 37.8, noNaN: true }),
      ),
      z: fc.integer({ min: 0, max: MAX_ZOOM }),
    });
    await fc.assert(
      fc.asyncProperty(question, async ({ days: [from, to], at, z, open, ...lists }) => {
        const tile = tileAt(...at, z);
        const query = [`from=${from}`, `to=${to}`];
        const where = [
          inTile(tile),
          sql`occurred_at >= (${from}::date)::timestamp AT TIME ZONE 'Asia/Shanghai'`,
          sql`occurred_at < (${to}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`,
        ];
        for (const [name, values] of Object.entries(lists)) {
          if (values === null) continue;
          query.push(`${name}=${values.join(',')}`);
          where.push(
            sql`${sql.raw(name)} IN (${sql.join(
              values.map((v) => sql`${v}`),
              sql`, `,
            )})`,
          );
        }
        if (open !== null) {
          query.push(`open=${open}`);
          const isOpen = sql`(kind <> 'collection' AND state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled'))`;
          where.push(open === 'true' ? isOpen : sql`NOT ${isOpen}`);
        }
        const found = await features(url('incidents', tile, query.join('&')));
        expect(countOf(found)).toBe(await sqlCount('incident', sql.join(where, sql` AND `)));
      }),
      { numRuns: RUNS },
    );
  });

  it('hold every point of the county once at any zoom, binned where they are many, and none without a point', async () => {
    const located = await sqlCount('incident', sql`geom IS NOT NULL`);
    expect(located).toBeLessThan(await sqlCount('incident', sql`true`));
    const whole = await features(url('incidents', tileAt(103, 37.5, 5), YEAR));
    expect(countOf(whole)).toBe(located);
    expect(whole.every((f) => f.properties.binned === true && f.properties.synthetic === true)).toBe(true);
    const [weighed] = await client.db.rows<{ n: number }>(
      sql`SELECT count(*) AS n FROM incident WHERE geom IS NOT NULL AND kind <> 'collection'`,
    );
    expect(whole.reduce((sum, f) => sum + (f.properties.weight as number), 0)).toBe(weighed!.n);

    const [box] = await client.db.rows<{ w: number; s: number; e: number; n: number }>(
      sql`SELECT min(ST_X(geom)) AS w, min(ST_Y(geom)) AS s, max(ST_X(geom)) AS e, max(ST_Y(geom)) AS n FROM incident`,
    );
    const [from, to] = [tileAt(box!.w, box!.n, 11), tileAt(box!.e, box!.s, 11)];
    let count = 0;
    const kinds = new Set<boolean>();
    for (let x = from.x; x <= to.x; x++) {
      for (let y = from.y; y <= to.y; y++) {
        const found = await features(url('incidents', { z: 11, x, y }, YEAR));
        count += countOf(found);
        for (const f of found) kinds.add(f.properties.binned === true);
      }
    }
    expect(count).toBe(located);
    expect([...kinds].sort()).toEqual([false, true]);
  });

  it('give an incident as it is stored, where it lies', async () => {
    const rows = await client.db.rows<{
      id: number;
      kind: string;
      category: string;
      urgency: string;
      state: string;
      at: number;
      lon: number;
      lat: number;
    }>(sql`SELECT id, kind, category, urgency, state, floor(extract(epoch FROM occurred_at))::int8 AS at,
      ST_X(geom) AS lon, ST_Y(geom) AS lat FROM incident WHERE geom IS NOT NULL ORDER BY id LIMIT 20 OFFSET 1000`);
    for (const { id, at, lon, lat, ...words } of rows) {
      const tile = tileAt(lon, lat, MAX_ZOOM);
      const found = (await features(url('incidents', tile, YEAR))).find((f) => f.id === id)!;
      expect(found.properties).toEqual({ ...words, occurred_at: at, synthetic: true });
      const [x, y] = (found.toGeoJSON(tile.x, tile.y, tile.z).geometry as Point).coordinates as [number, number];
      expect(x).toBeCloseTo(lon, 5);
      expect(y).toBeCloseTo(lat, 5);
    }
  });

  it('hold the dwellings with their residents', async () => {
    const whole = await features(url('dwellings', tileAt(103, 37.5, 4)));
    const [sum] = await client.db.rows<{ n: number; h: number; p: number }>(
      sql`SELECT count(*) AS n, sum(households) AS h, sum(population) AS p FROM dwelling`,
    );
    const total = (name: string) => whole.reduce((all, f) => all + (f.properties[name] as number), 0);
    expect([countOf(whole), total('households'), total('population')]).toEqual([sum!.n, sum!.h, sum!.p]);
    const [one] = await client.db.rows<{
      id: number;
      lon: number;
      lat: number;
      households: number;
      population: number;
    }>(sql`SELECT id, ST_X(geom) AS lon, ST_Y(geom) AS lat, households, population FROM dwelling ORDER BY id LIMIT 1`);
    const found = await features(url('dwellings', tileAt(one!.lon, one!.lat, 15)));
    expect(found.find((f) => f.id === one!.id)!.properties).toEqual({
      households: one!.households,
      population: one!.population,
      synthetic: true,
    });
  });

  it('hold the grids, with the properties of the collection', async () => {
    const { features: truth } = await client.items('grids');
    const whole = await features(url('grids', tileAt(103, 37.5, 6)));
    expect(whole.map((f) => f.id).sort()).toEqual(truth.map((f) => f.properties.id).sort());
    for (const feature of whole) {
      const of = truth.find((f) => f.properties.id === feature.id)!.properties;
      for (const [name, value] of Object.entries(feature.properties)) expect(of[name], name).toBe(value);
    }
    // A tile holds the grids that SQL finds in it and its margin of 64 of 4096 units.
    for (const [lon, lat, z] of [
      [102.9, 37.47, 12],
      [103.4, 37.5, 10],
      [103.0, 37.6, 14],
    ] as const) {
      const { x, y } = tileAt(lon, lat, z);
      const rows = await client.db.rows<{ id: number }>(sql`SELECT grid_id AS id FROM grid_current
        WHERE ST_Intersects(ST_Transform(geom, 3857), ST_Expand(ST_TileEnvelope(${z}, ${x}, ${y}), 40075016.68 / power(2, ${z}::int) * 60 / 4096))`);
      const held = new Set((await features(url('grids', { z, x, y }))).map((f) => f.id));
      for (const { id } of rows) expect(held).toContain(id);
    }
  });

  it('are the same at both addresses, row before column in OGC’s', async () => {
    for (const collection of COLLECTIONS) {
      const { z, x, y } = tileAt(103, 37.5, 9);
      const plain = await client.ask(url(collection, { z, x, y }));
      const ogc = await client.ask(`/ogc/collections/${collection}/tiles/WebMercatorQuad/${z}/${y}/${x}`);
      expect(ogc.headers.get('etag')).toBe(plain.headers.get('etag'));
      expect(await ogc.arrayBuffer()).toEqual(await plain.arrayBuffer());
      const asked = await client.ask(`/ogc/collections/${collection}/tiles/WebMercatorQuad/${z}/${y}/${x}?f=mvt`);
      expect(asked.headers.get('etag')).toBe(plain.headers.get('etag'));
    }
  });

  it('are described by TileJSON and by OGC tilesets whose links resolve', async () => {
    for (const collection of COLLECTIONS) {
      const json = await client.json<{
        tiles: string[];
        bounds: number[];
        vector_layers: { id: string; fields: object }[];
        description: string;
        attribution: string;
      }>(`/tiles/${collection}.json`);
      expect(json).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: MAX_ZOOM, scheme: 'xyz' });
      expect(json.description).toContain('演示数据·非真实情况');
      expect(json.vector_layers.map((l) => l.id)).toEqual([collection]);
      const { z, x, y } = tileAt((json.bounds[0]! + json.bounds[2]!) / 2, (json.bounds[1]! + json.bounds[3]!) / 2, 9);
      const link = json.tiles[0]!.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`);
      const found = await features(link);
      expect(found.length).toBeGreaterThan(0);
      for (const f of found)
        for (const name of Object.keys(f.properties)) expect(json.vector_layers[0]!.fields).toHaveProperty(name);

      const tileset = await client.json<{
        links: { rel: string; href: string }[];
        tileMatrixSetLimits: { tileMatrix: string; maxTileRow: number }[];
        layers: { id: string }[];
      }>(`/ogc/collections/${collection}/tiles/WebMercatorQuad`);
      const item = tileset.links.find((l) => l.rel === 'item')!;
      const ogc = await client.ask(
        item.href.replace('{tileMatrix}', `${z}`).replace('{tileRow}', `${y}`).replace('{tileCol}', `${x}`),
      );
      expect(ogc.status).toBe(200);
      expect(tileset.layers.map((l) => l.id)).toEqual([collection]);
      expect(tileset.tileMatrixSetLimits.at(-1)).toMatchObject({
        tileMatrix: String(MAX_ZOOM),
        maxTileRow: 2 ** MAX_ZOOM - 1,
      });
      expect(await client.json(`/ogc/collections/${collection}/tiles`)).toMatchObject({
        tilesets: [{ dataType: 'vector' }],
      });
      const page = await client.json<{ links: { rel: string }[] }>(`/ogc/collections/${collection}`);
      expect(page.links.map((l) => l.rel)).toContain('http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector');
    }
    const filtered = await client.json<{ tiles: string[] }>('/tiles/incidents.json?kind=event&from=2026-01-01');
    expect(filtered.tiles[0]).toMatch(/\.mvt\?kind=event&from=2026-01-01$/);
    await client.problem(client.ask('/tiles/incidents.json?kind=nothing'), 400, 'invalid-parameter');
    const set = await client.json<{ tileMatrices: { id: string; scaleDenominator: number }[] }>(
      '/ogc/tileMatrixSets/WebMercatorQuad',
    );
    expect(set.tileMatrices).toHaveLength(25);
    expect(set.tileMatrices[0]!.scaleDenominator).toBeCloseTo(559_082_264.028717, 5);
    const { paths } = await client.json<{ paths: Record<string, object> }>('/api/openapi.json');
    const { paths: ogcPaths } = await client.json<{ paths: Record<string, object> }>('/ogc/api');
    for (const collection of COLLECTIONS) {
      expect(paths).toHaveProperty([`/tiles/${collection}/{z}/{x}/{y}.mvt`]);
      expect(paths).toHaveProperty([`/tiles/${collection}.json`]);
      expect(ogcPaths).toHaveProperty([
        `/collections/${collection}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`,
      ]);
    }
  });

  it('answer 204 where there is nothing, 404 beyond the limits, 400 to what is no whole number', async () => {
    for (const collection of COLLECTIONS) {
      const empty = await client.ask(url(collection, { z: 10, x: 0, y: 0 }));
      expect(empty.status).toBe(204);
      expect((await empty.arrayBuffer()).byteLength).toBe(0);
      expect(empty.headers.get('x-content-type-options')).toBe('nosniff');
      for (const path of [
        '3/8/0',
        '3/0/8',
        `${MAX_ZOOM + 1}/0/0`,
        '-1/0/0',
        '3/-1/0',
        '99999999999999999999/0/0',
        '2/9007199254740993/0',
      ]) {
        await client.problem(client.ask(`/tiles/${collection}/${path}.mvt`), 404, 'not-found');
        await client.problem(
          client.ask(`/ogc/collections/${collection}/tiles/WebMercatorQuad/${path}`),
          404,
          'not-found',
        );
      }
      for (const path of ['a/0/0', '3/1.5/0', '3/0/1e0', '3/%20/0', '0x1/0/0', '3/٣/0']) {
        const { errors } = await client.problem(
          client.ask(`/tiles/${collection}/${path}.mvt`),
          400,
          'invalid-parameter',
        );
        expect(errors).toHaveLength(1);
        await client.problem(
          client.ask(`/ogc/collections/${collection}/tiles/WebMercatorQuad/${path}`),
          400,
          'invalid-parameter',
        );
      }
    }
    await client.problem(client.ask('/tiles/streets/3/0/0.mvt'), 404, 'not-found');
    await client.problem(client.ask('/tiles/grids/3/0/0.png'), 404, 'unknown-address');
    await client.problem(client.ask('/ogc/collections/divisions/tiles'), 404, 'not-found');
    await client.problem(client.ask('/ogc/collections/grids/tiles/WorldCRS84Quad/0/0/0'), 404, 'not-found');
    await client.problem(client.ask('/ogc/tileMatrixSets/WorldCRS84Quad'), 404, 'not-found');
    await client.problem(client.ask('/tiles/grids/3/0/0.mvt', { method: 'POST' }), 405, 'method-not-allowed');
    for (const query of [
      'kind=street',
      'from=2026-02-30',
      'from=2026-06-30&to=2026-06-01',
      'open=maybe',
      'category=x',
      'zoom=1',
    ]) {
      const { errors } = await client.problem(
        client.ask(`/tiles/incidents/8/201/99.mvt?${query}`),
        400,
        'invalid-parameter',
      );
      expect(errors[0]!.pointer).toBe(`?${query.split('=')[0]}`);
    }
    await client.problem(client.ask('/tiles/grids/8/201/99.mvt?from=2026-01-01'), 400, 'invalid-parameter');
  });

  it('send a tag that a client may hold, compressed bytes to whom they are welcome, and the position of the data', async () => {
    const path = url('grids', tileAt(103, 37.5, 8));
    const plain = await client.ask(path);
    const body = new Uint8Array(await plain.arrayBuffer());
    const tag = plain.headers.get('etag')!;
    const packed = await client.ask(path, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('etag')).toBe(tag);
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(packed.headers.get('content-length')).toBe(String(bytes.length));
    expect(new Uint8Array(gunzipSync(bytes))).toEqual(body);
    for (const header of ['gzip;q=0', 'identity', 'br']) {
      const refused = await client.ask(path, { headers: { 'accept-encoding': header } });
      expect(refused.headers.get('content-encoding')).toBeNull();
      expect(new Uint8Array(await refused.arrayBuffer())).toEqual(body);
    }
    const held = await client.ask(path, { headers: { 'if-none-match': tag } });
    expect(held.status).toBe(304);
    expect(held.headers.get('etag')).toBe(tag);
    const [row] = await client.db.rows<{ n: number }>(sql`SELECT position AS n FROM live_head`);
    for (const answer of [plain, held, await client.ask(url('incidents', { z: 3, x: 0, y: 0 }))]) {
      expect(answer.headers.get('as-of')).toBe(String(row!.n));
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
  });

  it('change with a write exactly where it lies and for whom it counts', async () => {
    const [lon, lat] = [103.42, 37.48];
    const here = tileAt(lon, lat, 12);
    const beside = { ...here, x: here.x + 1 };
    const today = 'from=2026-06-30&to=2026-06-30';
    const paths = {
      here: url('incidents', here, today),
      above: url('incidents', tileAt(lon, lat, 8), today),
      events: url('incidents', here, `${today}&kind=event`),
      disputes: url('incidents', here, `kind=dispute,collection&${YEAR}`),
      earlier: url('incidents', here, 'from=2026-05-01&to=2026-06-29'),
      beside: url('incidents', beside, YEAR),
      grids: url('grids', here),
    };
    const tags = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(paths).map(async ([name, path]) => {
            const answer = await client.ask(path);
            return [name, `${answer.status} ${answer.headers.get('etag')}`] as const;
          }),
        ),
      );
    const differing = (a: Record<string, string>, b: Record<string, string>) =>
      Object.keys(paths).filter((name) => a[name] !== b[name]);
    const report = (more: object) =>
      client.post({
        source: 'tiles',
        external_id: '1',
        kind: 'event',
        category: 'traffic',
        occurred_at: '2026-06-30T03:00:00Z',
        ...more,
      });

    const before = await tags();
    const point = { lon, lat, crs: '4490' };
    expect((await report({ point, state_at: '2026-06-30T03:10:00Z' })).status).toBe(201);
    const posted = await tags();
    expect(differing(before, posted)).toEqual(['here', 'above', 'events']);
    // Another state: the same tiles again.
    expect((await report({ state: 'in_progress', state_at: '2026-06-30T03:30:00Z' })).status).toBe(200);
    const moved = await tags();
    expect(differing(posted, moved)).toEqual(['here', 'above', 'events']);
    // It was an event and is a dispute: gone there, come here.
    expect((await report({ kind: 'dispute', state: 'in_progress', state_at: '2026-06-30T03:30:00Z' })).status).toBe(
      200,
    );
    const turned = await tags();
    expect(differing(moved, turned)).toEqual(['here', 'above', 'events', 'disputes']);
    expect(turned.events).toBe(before.events);
    expect(await tags()).toEqual(turned);
    // A report without a point is in no tile.
    const nowhere = await client.post({
      source: 'tiles',
      external_id: '2',
      kind: 'event',
      category: 'traffic',
      occurred_at: '2026-06-30T03:00:00Z',
    });
    expect(nowhere.status).toBe(201);
    expect(await tags()).toEqual(turned);
  });
});
