import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Database } from '@wangge/api/db/database';
import { DatabaseError } from '@wangge/api/db/database';
import { CONTENT_SECURITY_POLICY } from '@wangge/api/http/requests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { Client, openClient } from './client.ts';

describe.each(ENGINES)('every answer on %s', (engine) => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  it('says that it can serve, and whom', async () => {
    expect(await client.json('/healthz')).toEqual({ status: 'ok', engine, county: '620622' });
  });

  it('describes the county with its notices', async () => {
    const county = await client.json('/api/county');
    expect(county).toMatchObject({
      code: '620622',
      origin: 'demonstration',
      demonstration_notice: '演示数据·非真实情况',
      boundary_notice: '示意图，网格界线不作为行政区域划界依据',
      map_approval_no: null,
      anchor_day: '2026-06-30',
      edition: { n: 1 },
    });
    expect(county.categories).toHaveLength(13);
    expect((county.attributions as string[]).join()).toContain('CC BY');
  });

  it('carries the headers that keep a browser safe, errors too', async () => {
    for (const path of [
      '/healthz',
      '/api',
      '/ogc',
      '/nowhere',
      '/tiles/grids/8/201/99.mvt',
      '/tiles/grids/0/9/9.mvt',
    ]) {
      const { headers } = await client.ask(path);
      expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self'");
  });

  it('names the parameter that it does not know, or that comes twice', async () => {
    for (const path of [
      '/healthz',
      '/api',
      '/api/openapi.json',
      '/api/county',
      '/api/overview',
      '/api/incidents/columns',
      '/api/incidents',
      '/api/incidents/1',
      '/api/rollup',
      '/api/locate',
      '/ogc',
      '/ogc/api',
      '/ogc/conformance',
      '/ogc/collections',
      '/ogc/collections/grids',
      '/ogc/collections/grids/items',
      '/ogc/collections/grids/items/x',
      '/ogc/collections/grids/tiles',
      '/ogc/collections/grids/tiles/WebMercatorQuad',
      '/ogc/collections/grids/tiles/WebMercatorQuad/8/99/201',
      '/ogc/tileMatrixSets',
      '/ogc/tileMatrixSets/WebMercatorQuad',
      '/tiles/grids.json',
      '/tiles/grids/8/201/99.mvt',
      '/tiles/incidents/8/201/99.mvt',
    ]) {
      const unknown = await client.problem(client.ask(`${path}?surprise=1`), 400, 'invalid-parameter');
      expect(unknown.errors.map((e) => e.pointer)).toContain('?surprise');
      const twice = await client.problem(client.ask(`${path}?f=json&f=json`), 400, 'invalid-parameter');
      expect(twice.errors).toEqual([{ pointer: '?f', detail: expect.any(String) }]);
    }
  });

  it('answers what cannot be answered with a problem of the right kind', async () => {
    await client.problem(client.ask('/nowhere'), 404, 'unknown-address');
    await client.problem(client.ask('/ogc/collections/streets/items'), 404, 'not-found');
    await client.problem(client.ask('/ogc/collections/grids/items/nothing'), 404, 'not-found');
    const area = await client.problem(client.ask('/api/overview?area=000000'), 404, 'not-found');
    expect(area.detail).toContain('000000');
    const method = await client.ask('/api/overview', { method: 'DELETE' });
    expect(method.headers.get('allow')).toBe('GET, HEAD');
    await client.problem(method, 405, 'method-not-allowed');
    expect((await client.ask('/api/incidents', { method: 'PUT' })).headers.get('allow')).toBe('GET, HEAD, POST');
    await client.problem(client.post('{"source":'), 400, 'malformed-json');
    await client.problem(client.post('a=1', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type');
    await client.problem(client.post('x'.repeat(9_000_000)), 413, 'too-large');
    await client.problem(client.post({ source: 'test' }), 422, 'invalid-body');
    for (const query of [
      'from=yesterday',
      'from=2026-02-30',
      'from=2026-06-30&to=2026-06-01',
      'to=0000-01-01',
      'by=street',
    ])
      await client.problem(client.ask(`/api/overview?${query}`), 400, 'invalid-parameter');
    const by = await client.problem(client.ask('/api/overview?area=620622103&by=township'), 400, 'invalid-parameter');
    expect(by.errors[0]!.pointer).toBe('?by');
  });

  it('answers 304 as long as the data stands, and the new data after a write', async () => {
    for (const path of [
      '/api/county',
      '/api/overview',
      '/api/incidents/columns',
      '/api/incidents',
      '/api/incidents/1',
      '/api/rollup',
      '/ogc/collections',
      '/ogc/collections/incidents/items?limit=1',
      '/ogc/collections/grids/items',
      '/api/locate?lon=102.9&lat=37.47&crs=4490',
      '/tiles/grids.json',
      '/tiles/grids/8/201/99.mvt',
      '/tiles/incidents/8/201/99.mvt',
      '/ogc/collections/dwellings/tiles/WebMercatorQuad/8/99/201',
      '/api',
      '/api/openapi.json',
    ]) {
      const first = await client.ask(path);
      const tag = first.headers.get('etag')!;
      expect(tag, path).toMatch(/^W\/"/);
      const again = await client.ask(path, { headers: { 'if-none-match': `"other", ${tag}` } });
      expect(again.status, path).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(tag);
      expect((await client.ask(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
    const overviewTag = (await client.ask('/api/overview')).headers.get('etag')!;
    const gridsTag = (await client.ask('/ogc/collections/grids/items')).headers.get('etag')!;
    const before = await client.json<{ totals: { reports: { total: number } } }>('/api/overview');
    const report = {
      source: 'http-test',
      external_id: '1',
      kind: 'event',
      category: 'traffic',
      occurred_at: '2026-06-30T03:00:00Z',
    };
    expect((await client.post(report)).status).toBe(201);
    const after = await client.ask('/api/overview', { headers: { 'if-none-match': overviewTag } });
    expect(after.status).toBe(200);
    const { totals } = (await after.json()) as typeof before;
    expect(totals.reports.total).toBe(before.totals.reports.total + 1);
    expect((await client.ask('/ogc/collections/grids/items', { headers: { 'if-none-match': gridsTag } })).status).toBe(
      304,
    );
  });

  it('tells in every read answer at which position it stands, unchanged ones too', async () => {
    const report = { source: 'http-test', external_id: '2', kind: 'event', category: 'traffic' };
    const posted = await client.post({ ...report, occurred_at: '2026-06-30T03:00:00Z' });
    const { as_of } = (await posted.json()) as { as_of: number };
    for (const path of [
      '/api/county',
      '/api/overview',
      '/api/incidents/columns',
      '/api/incidents',
      '/api/incidents/1',
      '/api/rollup',
      '/api/rollup?format=columns',
      '/api/locate?lon=102.9&lat=37.47&crs=4490',
      '/ogc',
      '/ogc/collections',
      '/ogc/collections/grids',
      '/ogc/collections/grids/items',
      '/ogc/collections/incidents/items?limit=1',
      '/ogc/collections/incidents/items/1',
    ]) {
      const answer = await client.ask(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('as-of'), path).toBe(String(as_of));
      const held = await client.ask(path, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      expect([held.status, held.headers.get('as-of')], path).toEqual([304, String(as_of)]);
      if (!/^\/api\/(overview|incidents|incidents\/1|rollup)$/.test(path)) continue;
      expect(((await answer.json()) as { as_of: number }).as_of, path).toBe(as_of);
    }
  });

  it('compresses big answers, and the bytes are the same', async () => {
    for (const path of ['/ogc/collections/grids/items', '/api/overview', '/api/incidents/columns?from=2026-06-29']) {
      const plain = new Uint8Array(await (await client.ask(path)).arrayBuffer());
      for (const [coding, decode] of [
        ['gzip', gunzipSync],
        ['br', brotliDecompressSync],
      ] as const) {
        const answer = await client.ask(path, { headers: { 'accept-encoding': coding } });
        expect(answer.headers.get('content-encoding')).toBe(coding);
        expect(answer.headers.get('vary')).toContain('Accept-Encoding');
        const bytes = new Uint8Array(await answer.arrayBuffer());
        expect(bytes.byteLength).toBeLessThan(plain.byteLength);
        expect(new Uint8Array(decode(bytes))).toEqual(plain);
      }
    }
    const small = await client.ask('/ogc/collections/incidents/items?limit=50', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(small.headers.get('content-encoding')).toBe('gzip');
    const text = gunzipSync(new Uint8Array(await small.arrayBuffer())).toString();
    expect(JSON.parse(text)).toMatchObject({ numberReturned: 50 });
  });

  it('describes exactly the routes that there are', async () => {
    const real = (inside: (path: string) => boolean) =>
      client.app.routes
        .filter(({ method, path }) => method !== 'ALL' && inside(path))
        .map(({ method, path }) => `${method} ${path.replace(/\/$/, '').replace(/^(\/api.*)\/:(\w+)$/, '$1/{$2}')}`);
    const described = (paths: Record<string, object>) =>
      Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`));
    const api = await client.json<{ openapi: string; paths: Record<string, object> }>('/api/openapi.json');
    expect(api.openapi).toBe('3.1.0');
    const tiled = ['grids', 'incidents', 'dwellings'];
    const plain = real((path) => !path.startsWith('/ogc')).flatMap((route) =>
      route.includes('/tiles/:collection/')
        ? tiled.map((id) => route.replace('/:collection/:z/:x/:file{.+\\.mvt}', `/${id}/{z}/{x}/{y}.mvt`))
        : [route],
    );
    expect(new Set(plain)).toEqual(new Set([...described(api.paths), 'GET /api', 'GET /api/openapi.json']));
    const ogc = await client.json<{ paths: Record<string, object> }>('/ogc/api');
    const ids = ['divisions', 'grids', 'staffing', 'incidents', 'centres', 'dwellings'];
    expect(new Set(described(ogc.paths).map((route) => route.replace('GET ', 'GET /ogc').replace(/\/$/, '')))).toEqual(
      new Set(
        real((path) => path.startsWith('/ogc'))
          .map((route) =>
            route
              .replace(':tileMatrixSetId', 'WebMercatorQuad')
              .replace('/:tileMatrix/:tileRow/:tileCol', '/{tileMatrix}/{tileRow}/{tileCol}'),
          )
          .flatMap((route) =>
            route.includes(':collectionId')
              ? (route.includes('/tiles') ? tiled : ids).map((id) =>
                  route.replace(':collectionId', id).replace(':featureId', '{featureId}'),
                )
              : [route],
          ),
      ),
    );
    const page = await (await client.ask('/api')).text();
    for (const path of Object.keys(api.paths)) expect(page).toContain(path);
    expect(page).not.toMatch(/<script|https?:\/\//);
  });
});

describe.each(ENGINES)('a database without a county on %s', (engine) => {
  it('is 503 until one is loaded', async () => {
    const client = await openClient(engine, 'empty');
    for (const path of ['/healthz', '/api/county', '/api/overview', '/ogc', '/ogc/collections/grids/items']) {
      await client.problem(client.ask(path), 503, 'no-county');
    }
    await client.db.close();
  });
});

describe('a database that is away', () => {
  /** Answers `reply` until it is told otherwise. */
  const standIn = (reply: () => Promise<never>) => {
    const db = {
      engine: 'embedded',
      rows: reply,
      run: reply,
      copyIn: reply,
      copyOut: reply,
      transaction: reply,
      close: async () => {},
    };
    return { db: db as unknown as Database };
  };
  const fails = (code: string | null) => () => Promise.reject(new DatabaseError('SELECT secret FROM worker', code));

  it('is 503 where it is cut off or too slow, 500 where a statement is wrong; the words of the engine stay inside', async () => {
    for (const [code, status, slug] of [
      ['57014', 503, 'query-cut'],
      ['08006', 503, 'database-unavailable'],
      ['57P03', 503, 'database-unavailable'],
      [null, 500, 'internal'],
      ['42P01', 500, 'internal'],
    ] as const) {
      const { db } = standIn(fails(code));
      const client = new Client(db);
      await client.problem(client.ask('/api/county'), status, slug);
    }
  });

  it('leaves /healthz answering while a runaway query holds it up, for a minute', async () => {
    let hung = false;
    const rows = () =>
      hung
        ? new Promise<never>(() => {})
        : Promise.resolve([
            {
              code: '620622',
              time_zone: 'Asia/Shanghai',
              loaded: '1',
              edition: 1,
              ground: 0,
              incidents: 0,
              position: 0,
              waiting: false,
            },
          ]);
    const { db } = standIn(rows as never);
    const client = new Client(db);
    expect(await client.json('/healthz')).toMatchObject({ county: '620622' });
    hung = true;
    expect(await client.json('/healthz')).toMatchObject({ county: '620622' });
    client.now = new Date(client.now.getTime() + 61_000);
    await client.problem(client.ask('/healthz'), 503, 'database-unavailable');
  });
});
