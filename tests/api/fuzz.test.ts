/** Malformed questions: no 5xx, and a problem for each that is refused. `PROVE=1` asks many more. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

const RUNS = process.env.PROVE ? 20_000 : 400;

const PATHS = [
  '/healthz',
  '/api',
  '/api/county',
  '/api/overview',
  '/api/incidents/columns',
  '/api/incidents',
  '/api/incidents/1',
  '/api/rollup',
  '/api/locate',
  '/api/openapi.json',
  '/ogc',
  '/ogc/api',
  '/ogc/collections',
  '/ogc/collections/grids',
  '/ogc/collections/grids/items',
  '/ogc/collections/incidents/items',
  '/ogc/collections/staffing/items',
  '/ogc/collections/dwellings/items',
  '/ogc/collections/divisions/items',
  '/ogc/collections/centres/items',
  '/ogc/collections/incidents/tiles',
  '/ogc/collections/grids/tiles/WebMercatorQuad',
  '/ogc/collections/incidents/tiles/WebMercatorQuad/8/99/201',
  '/ogc/collections/grids/tiles/WebMercatorQuad/8/99',
  '/ogc/tileMatrixSets',
  '/ogc/tileMatrixSets/WebMercatorQuad',
  '/tiles',
  '/tiles/grids',
  '/tiles/grids/8/201',
  '/tiles/incidents/8/201/99.mvt',
  '/tiles/incidents.json',
];
const NAMES = [
  'f',
  'limit',
  'bbox',
  'datetime',
  'cursor',
  'offset',
  'area',
  'by',
  'from',
  'to',
  'lon',
  'lat',
  'crs',
  'id',
  'code',
  'kind',
  'open',
  'category',
  'urgency',
  'state',
  'precision',
  'sort',
  'order',
  'format',
  'grid_code',
  'occurred_at',
  'households',
  'synthetic',
  'area_km2',
  'level',
  'category',
  'urgency',
  'state',
  '__proto__',
  'constructor',
  'toString',
];
const HOSTILE = [
  '',
  '0',
  '-1',
  '1',
  '10000',
  '1e9',
  'NaN',
  'Infinity',
  '9'.repeat(30),
  '0x10',
  '1;DROP TABLE incident',
  "' OR 1=1 --",
  '%00',
  '\u0000',
  '\ud800',
  '😀',
  '..',
  '../..',
  '/',
  'null',
  'undefined',
  'true',
  '102,37,103,38',
  '-180,-90,180,90',
  '1e308,1e308,1e308,1e308',
  '-1e308,-1e308,1e308,1e308',
  '2026-06-30',
  '2026-06-30T00:00:00Z',
  '2026-06-30T/..',
  '9999-12-31',
  '0001-01-01',
  '-000001-01-01',
  '+275760-09-13T00:00:00Z',
  '9998-12-31T23:59:59+14:00',
  '2026-06-30/P9D',
  'P9999Y/2026-06-30',
  '620622',
  '620622103',
  '4490',
  'gcj02',
  'bd09',
  'event,dispute',
  'traffic',
  'state_at',
  'asc',
  'columns',
  Buffer.from('occurred_at.desc.1782788400000000.5').toString('base64url'),
  Buffer.from('occurred_at.desc.9007199254740991.9007199254740991').toString('base64url'),
  Buffer.from('occurred_at.desc.-9007199254740991.0').toString('base64url'),
  '180',
  '-90',
  'constructor',
];

/** `encodeURIComponent` throws on a lone surrogate. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

describe.each(ENGINES)('malformed questions on %s', (engine) => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient(engine);
  });
  afterAll(() => client?.db.close());

  const judge = async (answer: Response): Promise<void> => {
    if (answer.status < 400) {
      await answer.arrayBuffer();
      return;
    }
    await client.problem(answer, answer.status);
    expect(answer.status).toBeLessThan(500);
  };

  it('are refused, not fallen over', async () => {
    const value = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.double().map(String),
    );
    const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 8 })), value), {
      maxLength: 4,
    });
    const tail = fc.oneof(
      fc.constant(''),
      fc.constantFrom(...HOSTILE).map((v) => `/${encodeURIComponent(wellFormed(v))}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), tail, query, fc.boolean(), async (path, more, pairs, encoded) => {
        const text = pairs
          .map(([k, v]) =>
            encoded
              ? `${encodeURIComponent(wellFormed(k))}=${encodeURIComponent(wellFormed(v))}`
              : `${k}=${v}`.replace(/[#\s]/g, ''),
          )
          .join('&');
        await judge(await client.ask(`${path}${more}?${text}`));
      }),
      { numRuns: RUNS },
    );
  });

  it('as bodies are refused, not fallen over', async () => {
    const field = fc.oneof(fc.constantFrom<unknown>(...HOSTILE, null, 0, -1, 1e308, true, [], {}), fc.jsonValue());
    const report = fc.record(
      {
        source: fc.oneof(fc.constant<unknown>('fuzz'), field),
        external_id: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), field),
        kind: fc.oneof(fc.constant<unknown>('event'), field),
        category: fc.oneof(fc.constant<unknown>('traffic'), field),
        state: fc.oneof(fc.constant<unknown>('closed'), field),
        occurred_at: fc.oneof(
          fc.constantFrom<unknown>(
            '2026-06-30T03:00:00Z',
            '0000-01-01T00:00:00Z',
            '2026-06-30T03:00:00.123456789+14:00',
          ),
          field,
        ),
        state_at: fc.oneof(fc.constant<unknown>('2026-06-30T03:59:00Z'), field),
        point: fc.oneof(
          fc.record({
            lon: fc.oneof(fc.double(), fc.constant(103.42)),
            lat: fc.oneof(fc.double(), fc.constant(37.48)),
            crs: fc.constantFrom('4490', 'gcj02', 'bd09', 'x'),
          }),
          field,
        ),
        grid_code: field,
        village_code: field,
        __proto__: field,
      },
      { requiredKeys: ['source', 'external_id', 'kind', 'category', 'occurred_at'] },
    );
    const body = fc.oneof(
      report,
      fc.array(fc.oneof(report, field), { maxLength: 5 }).map((incidents) => ({ incidents })),
      fc.jsonValue(),
      fc.constantFrom<unknown>({ incidents: [[[[[]]]]] }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        await judge(await client.post(JSON.stringify(value)));
      }),
      { numRuns: RUNS },
    );
    await judge(await client.post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`));
    await judge(await client.post(`{"incidents":${'['.repeat(100_000)}${']'.repeat(100_000)}}`));
  });
});
