/** Totals from the columns against `GROUP BY`, and the place of a point against `grid_at`. */
import type { OverviewAnswer, Totals } from '@wangge/api/county/schema';
import type { LocateAnswer } from '@wangge/api/grids/schema';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

/** Counts of a division or grid, as SQL sees them. */
interface Counted {
  readonly code: string;
  readonly total: number;
  readonly collection: number;
  readonly event: number;
  readonly dispute: number;
  readonly unlocated: number;
  readonly resolved: number;
  readonly open: number;
  readonly traffic: number;
}

const LEVELS = ['township', 'village', 'grid'] as const;

describe.each(ENGINES)('/api/overview on %s', (engine) => {
  let client: Client;
  let codes: { code: string; level: 'county' | 'township' | 'village' | 'grid' }[];
  beforeAll(async () => {
    client = await openClient(engine);
    codes = await client.db.rows(sql`SELECT code, level FROM division UNION ALL SELECT code, 'grid' FROM grid_current`);
    // Reports whose place is known only roughly, or not at all.
    await client.post({
      incidents: ['620622103', '620622103001', '620622001', undefined].map((code, i) => ({
        source: 'rough',
        external_id: String(i),
        kind: 'dispute',
        category: 'dispute',
        occurred_at: '2026-06-29T12:00:00Z',
        ...(code?.length === 9 ? { township_code: code } : code ? { village_code: code } : {}),
      })),
    });
  });
  afterAll(() => client?.db.close());

  const counted = async (level: string, from: string, to: string): Promise<Map<string, Counted>> => {
    const rows = await client.db.rows<Counted>(sql`
      WITH placed AS (
        SELECT i.*, g.code AS g_code,
          coalesce(g.village_code, i.village_code) AS v_code,
          coalesce(v.parent_code, i.township_code) AS t_code
        FROM incident i LEFT JOIN grid_current g ON g.grid_id = i.grid_id
          LEFT JOIN division v ON v.code = coalesce(g.village_code, i.village_code)
        WHERE i.occurred_at >= ${from}::timestamptz AND i.occurred_at < ${to}::timestamptz)
      SELECT ${sql.raw({ county: "'620622'", township: 't_code', village: 'v_code', grid: 'g_code' }[level]!)} AS code,
        count(*) AS total, count(*) FILTER (WHERE kind = 'collection') AS collection,
        count(*) FILTER (WHERE kind = 'event') AS event, count(*) FILTER (WHERE kind = 'dispute') AS dispute,
        count(*) FILTER (WHERE geom IS NULL) AS unlocated,
        count(*) FILTER (WHERE kind = 'dispute' AND state IN ('closed', 'archived')) AS resolved,
        count(*) FILTER (WHERE kind <> 'collection'
          AND state NOT IN ('closed', 'archived', 'rejected', 'duplicate', 'cancelled')) AS open,
        count(*) FILTER (WHERE category = 'traffic') AS traffic
      FROM placed GROUP BY 1`);
    return new Map(rows.map((row) => [row.code, row]));
  };
  const none: Omit<Counted, 'code'> = {
    total: 0,
    collection: 0,
    event: 0,
    dispute: 0,
    unlocated: 0,
    resolved: 0,
    open: 0,
    traffic: 0,
  };
  const flat = (t: Totals): Omit<Counted, 'code'> => ({
    ...t.reports,
    resolved: t.disputes.resolved,
    open: t.open.total,
    traffic: t.by_category.traffic!,
  });
  const expected = ({
    total,
    collection,
    event,
    dispute,
    unlocated,
    resolved,
    open,
    traffic,
  }: Omit<Counted, 'code'>) => ({ total, collection, event, dispute, unlocated, resolved, open, traffic });

  it('equals GROUP BY, for any area, window and level', async () => {
    const day = fc
      .integer({ min: 0, max: 364 })
      .map((n) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...codes), fc.constantFrom(...LEVELS), day, day, async (area, by, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        fc.pre(area.level === 'county' || area.level === 'grid' || LEVELS.indexOf(by) > LEVELS.indexOf(area.level));
        const query = area.level === 'grid' ? '' : `&by=${by}`;
        const answer = await client.json<OverviewAnswer>(
          `/api/overview?area=${area.code}&from=${from}&to=${to}${query}`,
        );
        const [start, end] = [
          `${from}T00:00:00+08:00`,
          new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString(),
        ];
        expect(Date.parse(answer.window.from)).toBe(Date.parse(start));
        expect(Date.parse(answer.window.to)).toBe(Date.parse(end));
        const whole = (await counted(area.level, start, end)).get(area.code) ?? none;
        expect(flat(answer.totals)).toEqual(expected(whole));
        expect(answer.totals.open.of).toBe(whole.event + whole.dispute);
        expect(answer.totals.disputes.total).toBe(whole.dispute);
        const byPart = await counted(by, start, end);
        for (const part of answer.parts)
          expect(flat(part.totals), part.code).toEqual(expected(byPart.get(part.code) ?? none));
        const inParts = answer.parts.reduce((sum, part) => sum + part.totals.reports.total, 0);
        expect(answer.unplaced).toBe(area.level === 'grid' ? 0 : whole.total - inParts);
        expect(Object.values(answer.totals.by_category).reduce((s, n) => s + n, 0)).toBe(whole.total);
      }),
      { numRuns: 15 },
    );
  });

  it('reproduces the report of the county', async () => {
    const { totals, parts, path } = await client.json<OverviewAnswer>('/api/overview?from=2025-07-01&to=2026-06-30');
    expect(totals.grids).toEqual({ total: 278, community: 44, rural: 221, special: 13 });
    expect(totals.reports.total).toBe(207_004);
    expect(totals.disputes).toEqual({ total: 4586, resolved: 4532 });
    expect(totals.staff).toMatchObject({ full_time: 278, stability: 186, auxiliary: 1871 });
    expect(totals.centres).toBe(202);
    expect(totals.population).toBe(250_200);
    const { own, shared, vacant, unknown } = totals.coverage;
    expect(own + shared + vacant + unknown).toBe(278);
    expect(path).toEqual([]);
    expect(parts).toHaveLength(20);
    expect(parts.map((p) => p.code)).toEqual(parts.map((p) => p.code).sort());
    const sum = (of: (t: Totals) => number) => parts.reduce((total, part) => total + of(part.totals), 0);
    expect(sum((t) => t.grids.total)).toBe(278);
    expect(sum((t) => t.households!)).toBe(totals.households);
    expect(sum((t) => t.area_km2)).toBeCloseTo(totals.area_km2, 4);
    expect(sum((t) => t.coverage.vacant)).toBe(vacant);
  });

  it('goes down to a grid and names the way up', async () => {
    const grid = codes.find((c) => c.level === 'grid' && c.code.startsWith('620622103'))!;
    const answer = await client.json<OverviewAnswer>(`/api/overview?area=${grid.code}`);
    expect(answer.path.map((a) => a.level)).toEqual(['county', 'township', 'village']);
    expect(answer.parts).toEqual([]);
    expect(answer.totals.grids.total).toBe(1);
    const village = await client.json<OverviewAnswer>(`/api/overview?area=${answer.path[2]!.code}`);
    expect(village.parts.find((p) => p.code === grid.code)!.totals).toEqual(answer.totals);
    const township = await client.json<OverviewAnswer>('/api/overview?area=620622103&by=grid');
    expect(township.parts).toHaveLength(38);
  });

  it('means 30 days that end today where nothing is said, and takes instants', async () => {
    const { window } = await client.json<OverviewAnswer>('/api/overview');
    expect(window).toEqual({ from: '2026-05-31T16:00:00Z', to: '2026-06-30T16:00:00Z' });
    const exact = await client.json<OverviewAnswer>(
      '/api/overview?from=2026-06-01T00:00:00.5Z&to=2026-06-02T08:00:00%2B08:00',
    );
    expect(exact.window).toEqual({ from: '2026-06-01T00:00:01Z', to: '2026-06-02T00:00:00Z' });
    client.now = new Date('2026-06-30T16:00:00Z');
    expect((await client.json<OverviewAnswer>('/api/overview')).window.to).toBe('2026-07-01T16:00:00Z');
    client.now = new Date('2026-06-30T04:00:00Z');
  });

  it('locates a point where the database does', async () => {
    const edges = await client.db.rows<{ lon: number; lat: number }>(sql`
      SELECT ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat
      FROM (SELECT (ST_DumpPoints(geom)).geom FROM grid_current) p ORDER BY md5(ST_AsText(p.geom)) LIMIT 150`);
    const random = Array.from({ length: 150 }, (_, i) => ({
      lon: 102.6 + ((i * 7919) % 1000) / 666,
      lat: 37.05 + ((i * 104729) % 1000) / 1150,
    }));
    for (const { lon, lat } of [...edges, ...random]) {
      const answer = await client.json<LocateAnswer>(`/api/locate?lon=${lon}&lat=${lat}&crs=4490`);
      const [row] = await client.db.rows<{ id: number | null }>(sql`SELECT grid_at('620622', ${lon}, ${lat}) AS id`);
      expect(answer.grid?.id ?? null, `${lon} ${lat}`).toBe(row!.id);
    }
    const shifted = await client.json<LocateAnswer>('/api/locate?lon=103.42&lat=37.48&crs=gcj02');
    expect(shifted.shift_m).toBeGreaterThan(150);
    expect(shifted.shift_m).toBeLessThan(260);
    expect(shifted.given).toEqual({ lon: 103.42, lat: 37.48, crs: 'gcj02' });
    const missing = await client.problem(client.ask('/api/locate?lon=103.42&lat=37.48'), 400, 'invalid-parameter');
    expect(missing.errors[0]!.pointer).toBe('?crs');
    for (const bad of ['lon=181&lat=0', 'lon=0&lat=91', 'lon=x&lat=0', 'lon=1e2&lat=0', 'lat=0'])
      await client.problem(client.ask(`/api/locate?${bad}&crs=4490`), 400, 'invalid-parameter');
    expect((await client.json<LocateAnswer>('/api/locate?lon=116.4&lat=39.9&crs=4490')).grid).toBeNull();
  });
});
