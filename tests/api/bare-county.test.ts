/** A real county that has given no staff, no dwellings and no reports yet: no data is not zero. */
import type { OverviewAnswer } from '@wangge/api/county/schema';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../engines.ts';
import { type Client, openClient } from './client.ts';

describe.each(ENGINES)('a bare county on %s', (engine) => {
  let client: Client;
  beforeAll(async () => {
    client = await openClient(engine, 'empty');
    await client.db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO county (code, name, name_en, time_zone, code_scheme, source_line, origin, categories)
        VALUES ('X', '某县', 'X County', 'America/New_York', 'opaque', '', 'real', '[{"code":"a","name":"甲","name_en":"A"}]')`);
      await tx.run(sql`INSERT INTO division (county_code, code, name, short_name, level, parent_code, official, aliases) VALUES
        ('X', 'X', '某县', '某县', 'county', NULL, true, '{}'),
        ('X', '1', '一乡', '一乡', 'township', 'X', true, '{T-1,T-01}'), ('X', '1A', '甲村', '甲村', 'village', '1', true, '{}')`);
      await tx.run(sql`INSERT INTO edition (county_code, n, effective_on) VALUES ('X', 1, '2026-01-01')`);
      await tx.run(sql`INSERT INTO grid (county_code, id) VALUES ('X', 1), ('X', 2)`);
      await tx.run(sql`INSERT INTO grid_version (county_code, grid_id, edition_from, code, name, class, village_code,
        managing_township_code, area_m2, geom) SELECT 'X', n, 1, '1A0' || n, n || '号', 'rural', '1A', '1', 1e6,
          ST_Multi(ST_MakeEnvelope(100 + n, 30, 101 + n, 31, 4326)) FROM generate_series(1, 2) n`);
    });
  });
  afterAll(() => client?.db.close());

  it('has nulls where nothing is known', async () => {
    const { features } = await client.items('grids');
    expect(features.map((f) => f.id)).toEqual(['1A01', '1A02']);
    expect(features[0]!.properties).toMatchObject({
      township_code: '1',
      households: null,
      population: null,
      full_time: null,
      on_post: null,
      coverage: 'unknown',
      synthetic: false,
    });
    const { totals, unplaced } = await client.json<OverviewAnswer>('/api/overview');
    expect(totals).toMatchObject({
      households: null,
      population: null,
      staff: null,
      coverage: { unknown: 2, vacant: 0 },
    });
    expect([totals.reports.total, unplaced]).toEqual([0, 0]);
    expect(await client.json('/api/county')).toMatchObject({
      demonstration_notice: null,
      attributions: [],
      bbox: [101, 30, 103, 31],
    });
  });

  it('lists empty collections with an extent all the same', async () => {
    for (const id of ['staffing', 'incidents', 'centres', 'dwellings']) {
      expect(await client.items(id)).toMatchObject({ numberMatched: 0, features: [] });
      const { extent } = await client.json<{ extent: object }>(`/ogc/collections/${id}`);
      expect(extent).toEqual({ spatial: { bbox: [[101, 30, 103, 31]], crs: expect.any(String) } });
    }
    expect((await client.items('divisions')).features.map((f) => [f.id, f.geometry, f.properties.aliases])).toEqual([
      ['1', null, 'T-1,T-01'],
      ['1A', null, null],
      ['X', null, null],
    ]);
  });

  it('takes a code by its alias, and gives a shared border to the smaller id', async () => {
    const sent = { source: 's', kind: 'event', category: 'a', occurred_at: '2026-06-30T00:00:00Z' };
    await client.post({ ...sent, external_id: '1', township_code: 'T-01' });
    await client.post({ ...sent, external_id: '2', point: { lon: 102, lat: 30.5, crs: '4490' } });
    const { features } = await client.items('incidents');
    expect(features.map((f) => [f.properties.township_code, f.properties.grid_code])).toEqual([
      ['1', null],
      ['1', '1A01'],
    ]);
    const { totals, parts, unplaced } = await client.json<OverviewAnswer>('/api/overview?by=grid');
    expect([totals.reports.total, totals.reports.unlocated, unplaced]).toEqual([2, 1, 1]);
    expect(parts.map((p) => p.totals.reports.total)).toEqual([1, 0]);
  });
});
