import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { heldCounty } from '@wangge/api/county/held';
import { loadCounty, loadDemonstrationCounty, loadIncidents } from '@wangge/api/county/load';
import { silent } from '@wangge/api/county/progress';
import { startCounty } from '@wangge/api/county/start';
import type { Database } from '@wangge/api/db/database';
import { openDatabase } from '@wangge/api/db/open';
import type { County } from '@wangge/geodata/county/county';
import type { Incident } from '@wangge/geodata/incidents/incident';
import { meshFromFeatures } from '@wangge/geodata/mesh/geojson';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyOf, ENGINES, openEngine } from '../engines.ts';

const PROFILE = fileURLToPath(new URL('../fixtures/small-profile', import.meta.url));

/** A square of 0.01° with its south-west corner so many steps of 0.01° east and north of 103, 37. */
const square = (id: number, east: number, north: number, width = 0.01) => {
  const [w, s] = [103 + east * 0.01, 37 + north * 0.01];
  const ring = [
    [w, s],
    [w + width, s],
    [w + width, s + 0.01],
    [w, s + 0.01],
    [w, s],
  ];
  return { id, geometry: { type: 'Polygon' as const, coordinates: [ring] } };
};

const division = (
  code: string,
  level: 'county' | 'township' | 'village',
  parent_code: string | null,
  name: string,
) => ({
  code,
  name,
  short_name: name,
  name_en: null,
  level,
  parent_code,
  official: true,
  aliases: level === 'village' ? [`${code}"\\x`, '别名, 甲'] : [],
  seat: level === 'township' ? ([103.005, 37.005] as const) : null,
});
const grid = (id: number, code: string, village_code: string, managing_township_code: string) => ({
  id,
  code,
  name: `第${id}网格\t\\N`,
  class: 'rural' as const,
  village_code,
  managing_township_code,
  owner_unit: null,
});

/** Two villages of one township, one of whose grids a street unit manages. */
const SMALL: County = {
  profile: {
    code: '990101',
    name: '示例县',
    name_en: 'Example County',
    time_zone: 'Asia/Shanghai',
    code_scheme: 'cn-grid-15',
    source_line: '测试',
    synthetic: false,
    categories: [{ code: 'road', name: '道路', name_en: 'Roads' }],
  },
  divisions: [
    division('990101100201', 'village', '990101100', '东村'),
    division('990101001', 'township', '990101', '街道'),
    division('990101', 'county', null, '示例县'),
    division('990101100', 'township', '990101', '甲镇'),
    division('990101100202', 'village', '990101100', '西村'),
  ],
  grids: [
    grid(3, '990101100202001', '990101100202', '990101001'),
    grid(1, '990101100201001', '990101100201', '990101100'),
    grid(2, '990101100201002', '990101100201', '990101100'),
  ],
  mesh: meshFromFeatures([square(1, 0, 0), square(2, 1, 0), square(3, 0, 1)]),
  dwellings: [],
  staff: null,
  centres: [],
};
const INCIDENT: Incident = {
  source: 'test',
  external_id: '1',
  kind: 'event',
  category: 'road',
  urgency: 'normal',
  state: 'reported',
  occurred_at: new Date('2026-03-05T00:30:00Z'),
  reported_at: new Date('2026-03-05T00:31:00Z'),
  state_at: new Date('2026-03-05T00:31:00Z'),
  point: [103.005, 37.005],
  precision: 'point',
  grid_id: 1,
  village_code: '990101100201',
  township_code: '990101100',
};
const REAL = { origin: 'real' } as const;
const OPTIONS = { effectiveOn: '2026-01-01' };
const TABLES = [
  'county',
  'division',
  'edition',
  'grid',
  'grid_version',
  'code_ledger',
  'worker',
  'assignment',
  'absence',
  'dwelling',
  'centre',
  'incident',
  'incident_flow',
];

const one = async <T>(db: Database, query: ReturnType<typeof sql>): Promise<T> => (await db.rows<T>(query))[0]!;
const counts = async (db: Database) =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => [
        table,
        (await one<{ n: number }>(db, sql`SELECT count(*)::int AS n FROM ${sql.identifier(table)}`)).n,
      ]),
    ),
  );
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'was accepted',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe.each(ENGINES)('loading a county on %s', (engine) => {
  let db: Database;
  const load = (county: County, incidents: Iterable<Incident> = [], progress = silent) =>
    db.transaction(async (tx) => {
      await loadCounty(tx, county, REAL, { ...OPTIONS, progress });
      await loadIncidents(tx, county.profile.code, incidents, progress);
    });

  beforeAll(async () => {
    db = await openEngine(engine, 'empty');
  });
  afterAll(() => db?.close());
  // Opening an embedded engine takes seconds; every table hangs on this one.
  beforeEach(() => db.run(sql`TRUNCATE county CASCADE`));

  it('leaves nothing behind when it fails at the last row, and then works', async () => {
    const nothing = Object.fromEntries(TABLES.map((table) => [table, 0]));
    const broken = [INCIDENT, { ...INCIDENT, external_id: '2', grid_id: 99 }];
    expect(await refusal(load(SMALL, broken))).toMatch(/^DatabaseError/);
    expect(await counts(db)).toEqual(nothing);
    const cut = (function* () {
      yield INCIDENT;
      throw new Error('killed');
    })();
    expect(await refusal(load(SMALL, cut))).toBe('Error: killed');
    expect(await counts(db)).toEqual(nothing);

    await load(SMALL, [INCIDENT]);
    expect(await counts(db)).toEqual({
      ...nothing,
      county: 1,
      division: 5,
      edition: 1,
      grid: 3,
      grid_version: 3,
      code_ledger: 3,
      incident: 1,
      incident_flow: 1,
    });
    // What is known of how it came to its state: that it did.
    expect(
      await db.rows(sql`SELECT i.external_id, f.seq, f.from_state, f.to_state, f.at = i.state_at AS timely
        FROM incident_flow f JOIN incident i ON i.id = f.incident_id`),
    ).toEqual([{ external_id: '1', seq: 1, from_state: null, to_state: 'reported', timely: true }]);
    expect(await one(db, sql`SELECT grid_id, grid_id_then FROM incident`)).toEqual({
      grid_id: 1,
      grid_id_then: 1,
    });
    // Names survive COPY as they are, and a division's land is that of the grids it manages.
    expect(await db.rows(sql`SELECT name FROM grid_version WHERE grid_id = 1`)).toEqual([{ name: '第1网格\t\\N' }]);
    expect(
      await db.rows(sql`SELECT d.code, d.aliases, (
          SELECT array_agg(g.grid_id ORDER BY g.grid_id) FROM grid_version g
          WHERE ST_Covers(d.geom, ST_PointOnSurface(g.geom))) AS grids,
          round((ST_Area(d.geom::geography) / 1e3)::numeric) AS area
        FROM division d ORDER BY d.code`),
    ).toMatchObject([
      { code: '990101', grids: [1, 2, 3], aliases: [] },
      { code: '990101001', grids: [3] },
      { code: '990101100', grids: [1, 2] },
      { code: '990101100201', grids: [1, 2], aliases: ['990101100201"\\x', '别名, 甲'] },
      { code: '990101100202', grids: [3] },
    ]);
    const areas = await one<{ off: number }>(
      db,
      sql`SELECT max(abs(area_m2 / ST_Area(geom::geography) - 1)) AS off FROM grid_version`,
    );
    expect(areas.off).toBeLessThan(1e-9);
  });

  it.each(['incident', 'incident_flow'])('leaves keys and indexes of %s as the migrations made them', async (table) => {
    const schema = () =>
      db.rows(sql`
        SELECT conname AS name, pg_get_constraintdef(oid) AS definition, convalidated AS valid FROM pg_constraint
        WHERE conrelid = ${table}::regclass
        UNION ALL
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index
        WHERE indrelid = ${table}::regclass ORDER BY 1, 2`);
    const before = await schema();
    expect(before.length).toBeGreaterThan(2);
    await load(SMALL, [INCIDENT]);
    expect(await schema()).toEqual(before);
    expect(await refusal(db.run(sql`UPDATE incident SET grid_id = 99`))).toMatch(/^DatabaseError.*foreign key/);
  });

  it('gives incidents of an older database the step of their trail that is known', async () => {
    await load(SMALL, [INCIDENT, { ...INCIDENT, external_id: '2' }]);
    const flows = () => db.rows(sql`SELECT * FROM incident_flow ORDER BY incident_id`);
    const before = await flows();
    await db.run(sql`DELETE FROM incident_flow WHERE incident_id = (SELECT max(id) FROM incident)`, 1);
    const migration = await readFile(new URL('../../migrations/0002_incidents.sql', import.meta.url), 'utf8');
    await db.run(sql.raw(migration.split('--> statement-breakpoint').at(-1)!), 1);
    expect(await flows()).toEqual(before);
  });

  it('draws the next id after those that it has written', async () => {
    await load(SMALL, [INCIDENT, { ...INCIDENT, external_id: '2' }]);
    const { next, last } = await one<{ next: number; last: number }>(
      db,
      sql`SELECT nextval(pg_get_serial_sequence('incident', 'id')) AS next, (SELECT max(id) FROM incident) AS last`,
    );
    expect(next).toBe(last + 1);
  });

  it('refuses a second county, the same one again, and demonstration beside real', async () => {
    await load(SMALL, [INCIDENT]);
    expect(await refusal(load(SMALL))).toMatch(/^CountyRefusal: .*没有重复写入/);
    const other = { ...SMALL, profile: { ...SMALL.profile, code: '990102' } };
    expect(await refusal(load(other))).toMatch(/^CountyRefusal: .*示例县（990101）.*990102.*一个数据库只放一个县/);
    const start = (kind: 'demonstration') =>
      startCounty(db, { county: { kind }, demoSeed: null }, { clock: () => new Date(), progress: silent });
    expect(await refusal(start('demonstration'))).toMatch(/^CountyRefusal: .*真实数据.*不能写入演示数据/);
    expect(await heldCounty(db)).toMatchObject({ code: '990101', origin: 'real' });
    expect((await counts(db)).incident).toBe(1);
  });

  it('serves nothing, or what is there, where no county is wanted', async () => {
    const none = () =>
      startCounty(db, { county: { kind: 'none' }, demoSeed: null }, { clock: () => new Date(), progress: silent });
    expect(await none()).toBeNull();
    await load(SMALL);
    expect(await none()).toMatchObject({ code: '990101' });
  });

  it('refuses a generated county that does not tile, and loads a surveyed one with a note of where', async () => {
    const overlapping: County = {
      ...SMALL,
      mesh: meshFromFeatures([square(1, 0, 0, 0.012), square(2, 1, 0), square(3, 0, 1)]),
    };
    const synthetic: County = { ...overlapping, profile: { ...SMALL.profile, synthetic: true } };
    const demonstration = { origin: 'demonstration', seed: 1, anchor: '2026-06-30' } as const;
    const loading = db.transaction((tx) => loadCounty(tx, synthetic, demonstration, OPTIONS));
    expect(await refusal(loading)).toMatch(/^CountyRefusal: 网格没有恰好铺满全县，共 \d+ 处.*990101100201001/);
    expect((await counts(db)).county).toBe(0);

    const notes: string[] = [];
    await load(overlapping, [], { ...silent, note: (zh) => notes.push(zh) });
    expect(notes).toEqual([expect.stringMatching(/^网格没有恰好铺满全县.*990101100201002/)]);
    const land = await db.rows<{ valid: boolean; km2: number }>(
      sql`SELECT ST_IsValid(geom) AS valid, round((ST_Area(geom::geography) / 1e6)::numeric, 2) AS km2
          FROM division WHERE code IN ('990101', '990101100201') ORDER BY code`,
    );
    // The overlap is counted once.
    expect(land).toEqual([
      { valid: true, km2: 2.96 },
      { valid: true, km2: 1.98 },
    ]);
  });

  it('refuses generated data that does not say so, and the reverse', async () => {
    const origin = { origin: 'demonstration', seed: 1, anchor: '2026-06-30' } as const;
    expect(await refusal(db.transaction((tx) => loadCounty(tx, SMALL, origin, OPTIONS)))).toMatch(/必须标为演示数据/);
  });
});

describe('two processes that start on one empty PostgreSQL', () => {
  it('both serve the county, which is loaded once', async () => {
    const { place } = await copyOf('postgres', 'empty');
    const processes = await Promise.all([openDatabase(place), openDatabase(place)]);
    try {
      const county = { kind: 'profile', folder: PROFILE } as const;
      const held = await Promise.all(
        processes.map((db) =>
          startCounty(db, { county, demoSeed: null }, { clock: () => new Date(), progress: silent }),
        ),
      );
      expect(held.map((each) => each?.code)).toEqual(['990101', '990101']);
      expect(await counts(processes[0]!)).toMatchObject({ county: 1, grid: 2, incident: 1, worker: 1 });
    } finally {
      await Promise.all(processes.map((db) => db.close()));
    }
  });
});

describe.each(ENGINES)('the demonstration county on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'gulang');
  });
  afterAll(() => db?.close());

  it('has the figures of the county’s report', async () => {
    expect(
      await one(
        db,
        sql`SELECT
          (SELECT count(*)::int FROM grid_current) AS grids,
          (SELECT count(*)::int FROM grid_current WHERE class = 'community') AS community,
          (SELECT count(*)::int FROM grid_current WHERE class = 'rural') AS rural,
          (SELECT count(*)::int FROM grid_current WHERE class = 'special') AS special,
          (SELECT count(*)::int FROM division WHERE level = 'township') AS townships,
          (SELECT count(*)::int FROM division WHERE level = 'village' AND name LIKE '%居民委员会') AS communities,
          (SELECT count(*)::int FROM division WHERE level = 'village' AND name LIKE '%村民委员会') AS villages,
          (SELECT count(*)::int FROM worker WHERE kind = 'full_time') AS full_time,
          (SELECT count(*)::int FROM worker WHERE kind = 'stability') AS stability,
          (SELECT count(*)::int FROM worker WHERE kind = 'auxiliary') AS auxiliary,
          (SELECT count(*)::int FROM centre) AS centres,
          (SELECT count(*)::int FROM centre WHERE level = 'township') AS township_centres,
          (SELECT count(*)::int FROM centre WHERE level = 'village') AS village_centres,
          (SELECT sum(population)::int FROM dwelling) AS residents,
          (SELECT count(*)::int FROM incident) AS reports,
          (SELECT count(*)::int FROM incident WHERE kind = 'dispute') AS disputes,
          (SELECT count(*)::int FROM incident WHERE kind = 'dispute' AND state IN ('closed', 'archived')) AS resolved,
          (SELECT jsonb_array_length(categories) FROM county) AS categories`,
      ),
    ).toEqual({
      grids: 278,
      community: 44,
      rural: 221,
      special: 13,
      townships: 20,
      communities: 7,
      villages: 186,
      full_time: 278,
      stability: 186,
      auxiliary: 1871,
      centres: 202,
      township_centres: 20,
      village_centres: 181,
      residents: 250_200,
      reports: 207_000,
      disputes: 4582,
      resolved: 4532,
      categories: 13,
    });
  });

  it('tiles in the database too: no overlap, no gap, and each division is the land of its grids', async () => {
    expect(
      await one(
        db,
        sql`SELECT
          (SELECT bool_and(ST_IsValid(geom)) FROM grid_current) AS valid,
          (SELECT count(*)::int FROM grid_current a JOIN grid_current b ON a.grid_id < b.grid_id AND a.geom && b.geom
            WHERE ST_Relate(a.geom, b.geom, '2********')) AS overlaps,
          (SELECT ST_Equals(d.geom, (SELECT ST_Union(geom) FROM grid_current)) FROM division d WHERE level = 'county') AS whole,
          (SELECT sum(ST_NumInteriorRings((p.dump).geom))::int FROM (
            SELECT ST_Dump(geom) AS dump FROM division WHERE level = 'county') p) AS holes,
          (SELECT count(*)::int FROM division WHERE geom IS NULL) AS landless,
          (SELECT bool_and(ST_IsValid(geom)) FROM division) AS divisions_valid`,
      ),
    ).toEqual({ valid: true, overlaps: 0, whole: true, holes: 0, landless: 0, divisions_valid: true });
  });

  it('keeps every dwelling and every placed report inside its grid', async () => {
    const { dwellings, reports } = await one<{ dwellings: number; reports: number }>(
      db,
      sql`SELECT
        (SELECT count(*)::int FROM dwelling d JOIN grid_current g USING (county_code, grid_id)
          WHERE NOT ST_Contains(g.geom, d.geom)) AS dwellings,
        (SELECT count(*)::int FROM incident i JOIN grid_current g USING (county_code, grid_id)
          WHERE i.geom IS NOT NULL AND NOT ST_Contains(g.geom, i.geom)) AS reports`,
    );
    expect({ dwellings, reports }).toEqual({ dwellings: 0, reports: 0 });
  });

  it('is never mixed with real data, nor with another seed', async () => {
    const before = await counts(db);
    expect(await refusal(db.transaction((tx) => loadCounty(tx, SMALL, REAL, OPTIONS)))).toMatch(
      /^CountyRefusal: 数据库里是演示数据（古浪县），不能写入真实数据/,
    );
    expect(
      await refusal(
        startCounty(
          db,
          { county: { kind: 'demonstration' }, demoSeed: 7 },
          { clock: () => new Date('2026-07-01T00:00:00+08:00'), progress: silent },
        ),
      ),
    ).toMatch(/^CountyRefusal: .*种子 620622.*7/);
    expect(await refusal(loadDemonstrationCounty(db, { seed: 620622, anchor: '2026-06-30' }))).toMatch(/没有重复写入/);
    expect(await counts(db)).toEqual(before);
  });
});
