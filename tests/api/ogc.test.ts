/** OGC API – Features Part 1, requirement by requirement, and what real clients send. */

import { type SQL, sql } from 'drizzle-orm';
import type { Position } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient, type Page } from './client.ts';

const IDS = ['divisions', 'grids', 'staffing', 'incidents', 'centres', 'dwellings'];

const PROPERTIES: Readonly<Record<string, string>> = {
  divisions: 'code name short_name name_en level parent_code official aliases grids synthetic',
  grids:
    'id code name class township_code township_name village_code village_name managing_township_code households population area_km2 full_time stability auxiliary on_post coverage synthetic',
  staffing: 'kind duty grid_code township_code on_post from synthetic',
  incidents:
    'id source kind category urgency state occurred_at reported_at precision grid_code village_code township_code open synthetic',
  centres: 'name level division_code fengqiao synthetic',
  dwellings: 'households population registered_households registered_population grid_code village_code synthetic',
};

interface Links {
  readonly links: readonly {
    readonly rel: string;
    readonly href: string;
    readonly type: string;
    readonly templated?: boolean;
  }[];
}
interface Document extends Links {
  readonly id: string;
  readonly extent: {
    readonly spatial: { readonly bbox: number[][] };
    readonly temporal?: { readonly interval: unknown[][] };
  };
}

describe.each(ENGINES)('/ogc on %s', (engine) => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  const ids = async (query: SQL): Promise<string[]> =>
    (await client.db.rows<{ id: string | number }>(query)).map(({ id }) => String(id));
  const pagedIds = async (collection: string, query: string): Promise<string[]> => {
    const found: string[] = [];
    let next: string | undefined = `/ogc/collections/${collection}/items${query}`;
    while (next) {
      const page: Page = await client.json<Page>(next);
      expect(page.numberReturned).toBe(page.features.length);
      found.push(...page.features.map((f) => f.id));
      next = page.links.find((l) => l.rel === 'next')?.href;
    }
    return found;
  };

  it('leads from the landing page to everything, by absolute links that resolve', async () => {
    const seen = new Set<string>();
    const follow = async (href: string): Promise<void> => {
      expect(href).toMatch(/^http:\/\/localhost\/ogc/);
      if (seen.has(href)) return;
      seen.add(href);
      const answer = await client.ask(href);
      expect(answer.status, href).toBe(200);
      const type = answer.headers.get('content-type')!;
      const body = (await answer.json()) as Partial<Links> & { readonly collections?: readonly Links[] };
      for (const link of [...(body.links ?? []), ...(body.collections ?? []).flatMap((c) => c.links)]) {
        expect(link.rel).toBeTruthy();
        if (link.href === href) expect(type).toContain(link.type);
        // The second page stands for all that follow.
        if (!link.templated && (link.rel !== 'next' || !href.includes('cursor'))) await follow(link.href);
      }
    };
    await follow('http://localhost/ogc');
    for (const id of IDS) expect([...seen]).toContain(`http://localhost/ogc/collections/${id}/items`);
  });

  it('conforms to what it says: core, geojson, oas30 of version 1.0, and tiles', async () => {
    expect(await client.json('/ogc/conformance')).toMatchObject({
      conformsTo: [
        ...['core', 'geojson', 'oas30'].map((c) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${c}`),
        ...['core', 'tileset', 'tilesets-list', 'geodata-tilesets', 'mvt'].map(
          (c) => `http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${c}`,
        ),
      ],
    });
    const landing = await client.json<Links>('/ogc');
    const service = landing.links.find((l) => l.rel === 'service-desc')!;
    expect(service.type).toBe('application/vnd.oai.openapi+json;version=3.0');
    const api = await client.ask(service.href, { headers: { accept: service.type } });
    expect(api.headers.get('content-type')).toBe(service.type);
    const document = (await api.json()) as {
      openapi: string;
      paths: Record<string, { get: { parameters: { $ref?: string; name?: string; schema?: object }[] } }>;
      components: { parameters: Record<string, { schema: object; style: string; explode: boolean }> };
    };
    expect(document.openapi).toMatch(/^3\.0\./);
    expect(document.components.parameters.limit).toMatchObject({
      schema: { type: 'integer', minimum: 1, maximum: 10000, default: 1000 },
      style: 'form',
      explode: false,
    });
    for (const id of IDS) {
      const { parameters } = document.paths[`/collections/${id}/items`]!.get;
      const names = parameters.map((p) => p.name ?? p.$ref!.split('/').at(-1));
      for (const name of ['limit', 'bbox', 'datetime', ...PROPERTIES[id]!.split(' ')]) expect(names).toContain(name);
    }
  });

  it('gives JSON to whoever asks, with f=json and a trailing slash too', async () => {
    for (const path of [
      '/ogc',
      '/ogc/',
      '/ogc/api',
      '/ogc/conformance',
      '/ogc/collections',
      '/ogc/collections/',
      '/ogc/collections/grids',
      '/ogc/collections/grids/items',
      '/ogc/collections/grids/items/620622103001001',
    ]) {
      for (const accept of ['*/*', 'application/json,application/schema+json', 'text/html']) {
        const answer = await client.ask(`${path}?f=json`, { headers: { accept } });
        expect(answer.headers.get('content-type'), path).toContain('json');
        expect(answer.status, path).toBe(200);
      }
    }
    await client.problem(client.ask('/ogc/collections?f=html'), 400, 'invalid-parameter');
  });

  it('says how many there are and where', async () => {
    const { collections } = await client.json<{ collections: Document[] }>('/ogc/collections');
    expect(collections.map((c) => c.id)).toEqual(IDS);
    for (const { id, extent, links } of collections) {
      expect(links.find((l) => l.rel === 'items')!.type).toBe('application/geo+json');
      expect(await client.json<Document>(`/ogc/collections/${id}`)).toMatchObject({ id, extent });
    }
    const extentOf = (id: string) => collections.find((c) => c.id === id)!.extent;
    const [box] = await client.db.rows<{ w: number; s: number; e: number; n: number; first: string; last: string }>(sql`
      SELECT min(ST_X(geom)) AS w, min(ST_Y(geom)) AS s, max(ST_X(geom)) AS e, max(ST_Y(geom)) AS n,
        min(occurred_at) AS first, max(occurred_at) AS last FROM incident`);
    expect(extentOf('incidents').spatial.bbox).toEqual([[box!.w, box!.s, box!.e, box!.n]]);
    const [interval] = extentOf('incidents').temporal!.interval as [[string, string]];
    expect(interval.map((t) => Date.parse(t))).toEqual([Date.parse(box!.first), Date.parse(box!.last)]);
    const [grids] = await client.db.rows<{ box: string }>(sql`SELECT ST_Extent(geom)::text AS box FROM grid_current`);
    const numbers = grids!.box.match(/-?\d+(\.\d+)?/g)!.map(Number);
    expect(extentOf('grids').spatial.bbox).toEqual([numbers]);
    for (const [id, query] of [
      ['divisions', sql`SELECT count(*) AS n FROM division`],
      ['grids', sql`SELECT count(*) AS n FROM grid_current`],
      ['incidents', sql`SELECT count(*) AS n FROM incident`],
      ['centres', sql`SELECT count(*) AS n FROM centre`],
      ['dwellings', sql`SELECT count(*) AS n FROM dwelling`],
      [
        'staffing',
        sql`SELECT count(*) AS n FROM assignment WHERE from_day <= '2026-06-30' AND coalesce(to_day > '2026-06-30', true)`,
      ],
    ] as const) {
      const [row] = await client.db.rows<{ n: number }>(query);
      expect((await client.items(id, '?limit=1')).numberMatched, id).toBe(row!.n);
    }
  });

  it('has every property in every feature, string ids, and rings that turn as RFC 7946 says', async () => {
    for (const id of IDS) {
      const { features, timeStamp } = await client.items(id, '?limit=500');
      expect(Date.parse(timeStamp)).toBe(client.now.getTime());
      for (const feature of features) {
        expect(typeof feature.id).toBe('string');
        expect(Object.keys(feature.properties).join(' ')).toBe(PROPERTIES[id]);
        expect(feature.properties.synthetic).toBe(true);
        if (feature.geometry?.type === 'MultiPolygon') {
          for (const polygon of feature.geometry.coordinates) {
            polygon.forEach((ring, i) => {
              expect(ring[0]).toEqual(ring.at(-1));
              expect(Math.sign(area2(ring))).toBe(i === 0 ? 1 : -1);
              for (const c of ring.flat()) expect(String(c).split('.')[1]?.length ?? 0).toBeLessThanOrEqual(7);
            });
          }
        }
      }
      const one = features[0]!;
      expect(await client.json(`/ogc/collections/${id}/items/${one.id}`)).toMatchObject({ ...one });
    }
  });

  it('names grids and divisions by their codes, and tells the township of a code from the one that manages', async () => {
    const { features } = await client.items('grids');
    expect(features).toHaveLength(278);
    for (const { id, properties } of features) expect(properties.code).toBe(id);
    const seat = features.find((f) => f.id.startsWith('620622100001'))!.properties;
    expect(seat).toMatchObject({
      township_code: '620622100',
      township_name: '古浪镇',
      managing_township_code: '620622001',
    });
    const sum = (name: string) => features.reduce((total, f) => total + (f.properties[name] as number), 0);
    expect(sum('population')).toBe(250_200);
    const [staff] = await client.db.rows<{ n: number }>(sql`
      SELECT count(DISTINCT (a.grid_id, a.worker_id)) AS n FROM assignment a JOIN worker w ON w.id = a.worker_id
      WHERE w.kind = 'full_time' AND a.duty = 'own' AND a.from_day <= '2026-06-30' AND coalesce(a.to_day > '2026-06-30', true)`);
    expect(sum('full_time')).toBe(staff!.n);
  });

  it('shows no person: no name, telephone or id of a worker', async () => {
    const answer = await client.ask('/ogc/collections/staffing/items?limit=10000');
    const text = await answer.text();
    expect(text).not.toMatch(/网格员\d|phone|worker/);
    const away = (JSON.parse(text) as Page).features.filter((f) => f.properties.on_post === false).length;
    const [row] = await client.db.rows<{ n: number }>(sql`
      SELECT count(*) AS n FROM assignment a WHERE a.from_day <= '2026-06-30' AND coalesce(a.to_day > '2026-06-30', true)
        AND EXISTS (SELECT 1 FROM absence b WHERE b.worker_id = a.worker_id AND b.from_day <= '2026-06-30'
          AND coalesce(b.to_day > '2026-06-30', true))`);
    expect(away).toBe(row!.n);
    expect(away).toBeGreaterThan(0);
  });

  it('pages through everything exactly once, whatever the limit', async () => {
    const all = new Map<string, string[]>();
    for (const id of IDS.filter((id) => id !== 'incidents')) all.set(id, await pagedIds(id, '?limit=10000'));
    for (const [id, found] of all) expect(new Set(found).size, id).toBe(found.length);
    expect(all.get('dwellings')).toEqual(await ids(sql`SELECT id FROM dwelling ORDER BY id`));
    for (const limit of [1, 7, 100, 277, 278, 279])
      expect(await pagedIds('grids', `?limit=${limit}`)).toEqual(all.get('grids'));
    for (const limit of [500, 4000])
      expect(await pagedIds('dwellings', `?limit=${limit}`)).toEqual(all.get('dwellings'));
    expect(await pagedIds('staffing', '?limit=999')).toEqual(all.get('staffing'));
    const day = '?datetime=2026-06-01T00:00:00Z/2026-06-02T00:00:00Z&bbox=102,37,104,38';
    const wanted = await ids(sql`SELECT id FROM incident WHERE geom IS NOT NULL
      AND occurred_at BETWEEN '2026-06-01T00:00:00Z' AND '2026-06-02T00:00:00Z' ORDER BY id`);
    for (const limit of [37, 10000]) expect(await pagedIds('incidents', `${day}&limit=${limit}`)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(100);
    // `limit` may be replaced in a next link.
    const first = await client.items('grids', '?limit=5');
    const next = new URL(first.links.find((l) => l.rel === 'next')!.href);
    next.searchParams.set('limit', '3');
    expect((await client.json<Page>(next.href)).features.map((f) => f.id)).toEqual(all.get('grids')!.slice(5, 8));
    expect((await client.items('grids', '?offset=276&limit=10')).features.map((f) => f.id)).toEqual(
      all.get('grids')!.slice(276),
    );
  });

  it('takes 1 to 10,000 as limit, more as 10,000, and refuses the rest', async () => {
    expect((await client.items('dwellings')).numberReturned).toBe(1000);
    expect((await client.items('incidents', '?limit=99999')).numberReturned).toBe(10_000);
    for (const limit of ['0', '-1', 'unlimited', '1.5', '', '1e3', '٣']) {
      const { errors } = await client.problem(client.ask(`/ogc/collections/grids/items?limit=${limit}`), 400);
      expect(errors[0]!.pointer).toBe('?limit');
    }
  });

  it('selects by bbox as the database does', async () => {
    const cases = [
      '102.9,37.4,103.1,37.6',
      '102.5,37.1000000000000014,102.9000000000000001,37.59999999999999998',
      '103.5,37.2,0,103.9,37.9,9000',
      '-180,-90,180,90',
      '177,65,-177,70',
      '100,30,-170,40',
      '102.8979,37.4651,102.8979,37.4651',
    ];
    for (const bbox of cases) {
      const n = bbox.split(',').map(Number);
      const [w, s, e, north] = (n.length === 6 ? [n[0], n[1], n[3], n[4]] : n) as [number, number, number, number];
      const box = (west: number, east: number) =>
        sql`ST_Intersects(geom, ST_MakeEnvelope(${west}, ${s}, ${east}, ${north}, 4326))`;
      const where = w <= e ? box(w, e) : sql`(${box(w, 180)} OR ${box(-180, e)})`;
      for (const [id, query] of [
        ['grids', sql`SELECT code AS id FROM grid_current WHERE ${where} ORDER BY code COLLATE "C"`],
        ['divisions', sql`SELECT code AS id FROM division WHERE ${where} ORDER BY code COLLATE "C"`],
        ['centres', sql`SELECT id FROM centre WHERE ${where} ORDER BY id`],
        ['dwellings', sql`SELECT id FROM dwelling WHERE ${where} ORDER BY id`],
      ] as const) {
        const page = await client.items(id, `?bbox=${bbox}&limit=10000`);
        expect(
          page.features.map((f) => f.id),
          `${id} ${bbox}`,
        ).toEqual(await ids(query));
        expect(page.numberMatched).toBe(page.features.length);
      }
      const [row] = await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM incident WHERE ${where}`);
      expect((await client.items('incidents', `?bbox=${bbox}&limit=1`)).numberMatched).toBe(row!.n);
    }
    for (const bbox of [
      '1,2,3',
      '1,2,3,4,5',
      'a,b,c,d',
      '1,2,3,NaN',
      '1,2,3,Infinity',
      '1,2,3,1e999',
      '1,50,3,40',
      '',
      ',,,',
    ]) {
      const { errors } = await client.problem(client.ask(`/ogc/collections/grids/items?bbox=${bbox}`), 400);
      expect(errors[0]!.pointer).toBe('?bbox');
    }
  });

  it('selects by datetime as the database does', async () => {
    const day = (d: string) => sql`timestamptz '${sql.raw(d)} 00:00:00+08'`;
    const cases: [string, SQL][] = [
      [
        '2026-06-01T00:00:00Z/2026-06-02T00:00:00Z',
        sql`occurred_at BETWEEN '2026-06-01T00:00:00Z' AND '2026-06-02T00:00:00Z'`,
      ],
      ['2026-06-25T08:00:00+08:00/..', sql`occurred_at >= '2026-06-25T08:00:00+08:00'`],
      ['2026-06-25T08:00:00%2B08:00/..', sql`occurred_at >= '2026-06-25T08:00:00+08:00'`],
      ['../2025-07-03T00:00:00Z', sql`occurred_at <= '2025-07-03T00:00:00Z'`],
      ['/2025-07-03T00:00:00Z', sql`occurred_at <= '2025-07-03T00:00:00Z'`],
      ['2026-01-01T/..', sql`occurred_at >= ${day('2026-01-01')}`],
      ['2026-06-01', sql`occurred_at >= ${day('2026-06-01')} AND occurred_at < ${day('2026-06-02')}`],
      ['2026-06-01/2026-06-03', sql`occurred_at >= ${day('2026-06-01')} AND occurred_at < ${day('2026-06-04')}`],
      ['2026-06-01T00:00:00Z/P2D', sql`occurred_at >= '2026-06-01T00:00:00Z' AND occurred_at < '2026-06-03T00:00:00Z'`],
      [
        'P1DT12H/2026-06-03T00:00:00Z',
        sql`occurred_at > '2026-06-01T12:00:00Z' AND occurred_at <= '2026-06-03T00:00:00Z'`,
      ],
      ['../..', sql`true`],
    ];
    for (const [datetime, where] of cases) {
      const [row] = await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM incident WHERE ${where}`);
      expect(row!.n).toBeGreaterThan(0);
      expect((await client.items('incidents', `?datetime=${datetime}&limit=1`)).numberMatched, datetime).toBe(row!.n);
    }
    const one = (await client.items('incidents', '?limit=1')).features[0]!;
    const exact = await client.items('incidents', `?datetime=${one.properties.occurred_at}`);
    expect(exact.features.map((f) => f.id)).toContain(one.id);
    expect((await client.items('grids', '?datetime=2020-01-01')).numberMatched).toBe(278);
    expect((await client.items('staffing', '?datetime=../1999-12-31')).numberMatched).toBe(0);
    for (const datetime of [
      'yesterday',
      '2026-13-01',
      '2026-06-01T00:00:00',
      '2026-06-02/2026-06-01',
      'P1D/P1D',
      '2026-06-01/P',
      '1/2/3',
      '',
      '0000-01-01',
      '2026-06-01/P9999Y',
    ]) {
      const { errors } = await client.problem(client.ask(`/ogc/collections/incidents/items?datetime=${datetime}`), 400);
      expect(errors[0]!.pointer).toBe('?datetime');
    }
  });

  it('selects by any property', async () => {
    for (const id of IDS) {
      const { features } = await client.items(id, '?limit=25');
      const { properties, id: featureId } = features.at(-1)!;
      for (const [name, value] of Object.entries(properties)) {
        if (value === null) continue;
        const page = await client.items(id, `?${name}=${encodeURIComponent(String(value))}&limit=10000`);
        for (const feature of page.features) expect(feature.properties[name], `${id}.${name}`).toBe(value);
        if (page.numberMatched <= 10_000) expect(page.features.map((f) => f.id)).toContain(featureId);
        expect(page.numberReturned).toBeGreaterThan(0);
      }
    }
    const open = await client.items('incidents', '?open=true&kind=event&limit=1');
    const [row] = await client.db.rows<{ n: number }>(sql`SELECT count(*) AS n FROM incident WHERE kind = 'event'
      AND state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled')`);
    expect(open.numberMatched).toBe(row!.n);
    expect((await client.items('grids', '?class=none')).numberMatched).toBe(0);
    expect((await client.items('incidents', `?id=${2 ** 53 - 1}`)).numberMatched).toBe(0);
    for (const bad of [
      'id=x',
      'id=1e3',
      'households=many',
      'synthetic=perhaps',
      'area_km2=wide',
      `id=${'9'.repeat(40)}`,
    ]) {
      const { errors } = await client.problem(client.ask(`/ogc/collections/grids/items?${bad}`), 400);
      expect(errors[0]!.pointer).toBe(`?${bad.split('=')[0]}`);
    }
    await client.problem(client.ask('/ogc/collections/incidents/items?occurred_at=noon'), 400);
    await client.problem(client.ask('/ogc/collections/staffing/items?from=0000-01-01'), 400);
    await client.problem(client.ask('/ogc/collections/incidents/items?cursor=abc'), 400);
  });
});

/** Twice the signed area of a closed ring. */
const area2 = (ring: Position[]): number =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0]! * y! - x! * ring[i]![1]!, 0);
