/**
 * No silent failure: statements that PostgreSQL refuses fail on both engines, whatever runs around them is rolled back, and
 * the connection goes on. PGlite answers many of the geometric ones with an empty success.
 */
import { type Database, DatabaseError } from '@wangge/api/db/database';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../../engines.ts';

const SQUARE = `ST_GeomFromText('POLYGON((0 0,8 0,8 8,0 8,0 0))', 4326)`;
const OTHER = `ST_GeomFromText('POLYGON((4 1,9 1,9 5,4 5,4 1))', 4326)`;
/** Crosses itself. */
const BOW = `ST_GeomFromText('POLYGON((0 0,10 10,10 0,0 10,0 0))', 4326)`;
/** A ring that does not close, which WKB lets through. */
const OPEN = `ST_SetSRID('0103000000010000000400000000000000000000000000000000000000000000000000F03F0000000000000000000000000000F03F000000000000F03F00000000000000000000000000000040'::geometry, 4326)`;
const multi = (geometry: string): string => `ST_Multi(${geometry})`;

const version = (values: Record<string, string>): string => {
  const row: Record<string, string> = {
    county_code: `'620622'`,
    grid_id: '2',
    edition_from: '1',
    code: `'620622100001002'`,
    name: `'二'`,
    class: `'rural'`,
    village_code: `'620622100001'`,
    managing_township_code: `'620622100'`,
    area_m2: '1',
    geom: multi(SQUARE),
    ...values,
  };
  return `INSERT INTO grid_version (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
};

const incident = (values: Record<string, string>): string => {
  const row: Record<string, string> = {
    county_code: `'620622'`,
    source: `'s'`,
    external_id: `'new'`,
    kind: `'event'`,
    category: `'c'`,
    urgency: `'normal'`,
    state: `'reported'`,
    occurred_at: `'2026-01-01T00:00Z'`,
    reported_at: `'2026-01-01T01:00Z'`,
    state_at: `'2026-01-01T01:00Z'`,
    precision: `'grid'`,
    grid_id: '1',
    grid_id_then: '1',
    ...values,
  };
  return `INSERT INTO incident (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
};

const MUST_FAIL: readonly (readonly [what: string, statement: string])[] = [
  // Geometry
  ['intersection with a polygon that crosses itself', `SELECT ST_Intersection(${BOW}, ${OTHER})`],
  ['difference', `SELECT ST_Difference(${SQUARE}, ${BOW})`],
  ['symmetric difference', `SELECT ST_SymDifference(${SQUARE}, ${BOW})`],
  ['union of two', `SELECT ST_Union(${BOW}, ${OTHER})`],
  ['union of rows', `SELECT ST_Union(g) FROM shape`],
  ['union of an array', `SELECT ST_Union(ARRAY[${BOW}, ${OTHER}])`],
  ['intersection of rows', `SELECT a.id, ST_Intersection(a.g, b.g) FROM shape a, shape b`],
  ['intersection in a condition', `SELECT id FROM shape WHERE ST_Area(ST_Intersection(g, ${OTHER})) > 0`],
  ['INSERT … SELECT of an intersection', `INSERT INTO cut SELECT id, ST_Intersection(g, ${OTHER}) FROM shape`],
  ['UPDATE to an intersection', `UPDATE shape SET g = ST_Intersection(g, ${OTHER})`],
  ['UPDATE to a union', `UPDATE shape SET g = (SELECT ST_Union(s.g) FROM shape s)`],
  ['DELETE by an intersection', `DELETE FROM shape WHERE ST_Area(ST_Intersection(g, ${OTHER})) > 0`],
  ['CREATE TABLE AS an intersection', `CREATE TABLE made AS SELECT ST_Intersection(g, ${OTHER}) AS g FROM shape`],
  ['an intersection in PL/pgSQL', `DO $$ BEGIN UPDATE shape SET g = ST_Intersection(g, ${OTHER}); END $$`],
  [
    'an intersection in a CTE that writes',
    `WITH w AS (INSERT INTO cut SELECT id, ST_Intersection(g, ${OTHER}) FROM shape RETURNING id) SELECT count(*) FROM w`,
  ],
  ['an index over an intersection', `CREATE INDEX broken ON shape USING gist (ST_Intersection(g, ${OTHER}))`],
  ['buffer of an open ring', `SELECT ST_Buffer(${OPEN}, 1)`],
  ['an open ring into a table that checks validity', version({ geom: multi(OPEN) })],
  [
    'an open ring by INSERT … SELECT',
    `INSERT INTO grid_version SELECT '620622', 2, 1, NULL, 'x', 'x', 'rural', '620622100001', '620622100', NULL, 1, ST_Multi(g) FROM ring`,
  ],
  ['an open ring by UPDATE', `UPDATE grid_version SET geom = (SELECT ST_Multi(g) FROM ring LIMIT 1)`],
  ['a polygon that crosses itself as a grid', version({ geom: multi(BOW) })],
  ['two reference systems', `SELECT ST_Intersects(${SQUARE}, ST_SetSRID(${SQUARE}, 4490))`],
  ['WKT that is none', `SELECT ST_GeomFromText('POLYGON((0 0,1 1')`],
  ['WKT of an open ring', `SELECT ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 1))')`],
  ['GeoJSON that is none', `SELECT ST_GeomFromGeoJSON('{"type":"Nothing"}')`],
  ['WKB that is none', `SELECT '01030000'::geometry`],
  ['a point into a column of multipolygons', version({ geom: `ST_SetSRID(ST_MakePoint(1, 1), 4326)` })],
  ['another reference system into the column', version({ geom: `ST_SetSRID(${multi(SQUARE)}, 4490)` })],
  // The rules of the schema
  ['a second county of that code', `INSERT INTO county SELECT * FROM county`],
  ['an origin that is none', `UPDATE county SET origin = 'imported'`],
  ['real data with a seed', `UPDATE county SET origin = 'real'`],
  ['a demonstration without its anchor day', `UPDATE county SET anchor_day = NULL`],
  [
    'a division of no county',
    `INSERT INTO division (county_code, code, name, short_name, level, official) VALUES ('000000', '1', 'x', 'x', 'county', true)`,
  ],
  ['a village without a parent', `UPDATE division SET parent_code = NULL WHERE level = 'village'`],
  ['a parent that is none', `UPDATE division SET parent_code = 'none' WHERE level = 'village'`],
  ['a level that is none', `UPDATE division SET level = 'hamlet' WHERE level = 'village'`],
  ['an edition 0', `INSERT INTO edition (county_code, n, effective_on) VALUES ('620622', 0, '2026-01-01')`],
  ['a grid 0', `INSERT INTO grid VALUES ('620622', 0)`],
  ['a grid twice', `INSERT INTO grid VALUES ('620622', 1)`],
  ['a version of no grid', version({ grid_id: '77' })],
  ['a class that is none', version({ class: `'urban'` })],
  ['a code that another grid holds', version({ code: `'620622100001001'` })],
  ['a second version in force', version({ grid_id: '1', edition_from: '2', code: `'free'` })],
  ['no area', version({ area_m2: '0' })],
  ['no geometry', version({ geom: 'NULL' })],
  ['an edition that ends before it begins', `UPDATE grid_version SET edition_to = 1`],
  ['a grid that still has a version', `DELETE FROM grid WHERE id = 1`],
  [
    'a duty that is none',
    `INSERT INTO assignment (county_code, worker_id, grid_id, duty, from_day) VALUES ('620622', 1, 1, 'lead', '2026-01-01')`,
  ],
  [
    'an assignment of nobody',
    `INSERT INTO assignment (county_code, worker_id, grid_id, duty, from_day) VALUES ('620622', 9, 1, 'own', '2026-01-01')`,
  ],
  [
    'an absence that ends before it begins',
    `INSERT INTO absence (county_code, worker_id, reason, from_day, to_day) VALUES ('620622', 1, 'sick', '2026-02-01', '2026-01-01')`,
  ],
  [
    'a reason that is none',
    `INSERT INTO absence (county_code, worker_id, reason, from_day) VALUES ('620622', 1, 'tired', '2026-02-01')`,
  ],
  [
    'fewer than no households',
    `INSERT INTO dwelling (county_code, id, grid_id, village_code, households, population, geom) VALUES ('620622', 1, 1, '620622100001', -1, 3, ST_SetSRID(ST_MakePoint(1, 1), 4326))`,
  ],
  ['an incident twice', incident({ external_id: `'known'` })],
  ['a kind that is none', incident({ kind: `'rumour'` })],
  ['a state that is none', incident({ state: `'done'` })],
  ['a point without its precision', incident({ geom: `ST_SetSRID(ST_MakePoint(1, 1), 4326)` })],
  ['a precision without its point', incident({ precision: `'point'` })],
  ['a grid that is not named', incident({ grid_id: 'NULL' })],
  ['a report before it happened', incident({ reported_at: `'2025-12-31T23:59Z'` })],
  ['an incident in no grid', incident({ grid_id: '77' })],
  ['a flow of no incident', `INSERT INTO incident_flow VALUES ('620622', 99, 1, NULL, 'reported', now())`],
  // The language
  ['a division by zero', `SELECT 1 / (id - id) FROM shape`],
  ['a cast that fails', `SELECT 'x'::int`],
  ['a day that is none', `SELECT '2026-02-30'::date`],
  ['JSON that is none', `SELECT '{"a":'::jsonb`],
  ['a number out of range', `SELECT 3000000000::int4`],
  ['a column that is none', `SELECT nothing FROM county`],
  ['a table that is none', `SELECT 1 FROM nothing`],
  ['a function that is none', `SELECT ST_Nothing(1)`],
  ['a syntax error', `SELEC 1`],
  ['two statements in one', `SELECT 1; SELECT 2`],
  ['a subquery of several rows', `SELECT (SELECT id FROM shape)`],
  ['too many values', `INSERT INTO cut VALUES (1, NULL, 3)`],
  ['NULL where none may be', `INSERT INTO cut VALUES (NULL, NULL)`],
  ['an exception of PL/pgSQL', `DO $$ BEGIN RAISE EXCEPTION 'no'; END $$`],
  ['a parameter that is missing', `SELECT $1::int`],
];

describe.each(ENGINES)('on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openEngine(engine, 'empty');
    const setUp = [
      `INSERT INTO county VALUES ('620622', '古浪县', 'Gulang', 'Asia/Shanghai', 'cn-grid-15', '-', 'demonstration', '[]', 1, '2026-06-30')`,
      `INSERT INTO division (county_code, code, name, short_name, level, parent_code, official) VALUES
        ('620622', '620622', '县', '县', 'county', NULL, true), ('620622', '620622100', '镇', '镇', 'township', '620622', true),
        ('620622', '620622100001', '村', '村', 'village', '620622100', true)`,
      `INSERT INTO edition (county_code, n, effective_on) VALUES ('620622', 1, '2026-01-01'), ('620622', 2, '2026-02-01')`,
      `INSERT INTO grid VALUES ('620622', 1), ('620622', 2)`,
      version({ grid_id: '1', code: `'620622100001001'` }),
      `INSERT INTO worker VALUES ('620622', 1, '网格员0001', 'full_time', NULL, '620622100001')`,
      incident({ external_id: `'known'` }),
      `CREATE TABLE marker (what text)`,
      `CREATE TABLE cut (id int NOT NULL, g geometry)`,
      `CREATE TABLE shape AS SELECT id, CASE id WHEN 3 THEN ${BOW} ELSE ${SQUARE} END AS g FROM generate_series(1, 5) id`,
      `CREATE TABLE ring AS SELECT ${OPEN} AS g`,
    ];
    for (const statement of setUp) await db.run(sql.raw(statement));
  });

  it('lists at least 40 statements that must fail', () => {
    expect(MUST_FAIL.length).toBeGreaterThanOrEqual(40);
  });

  it.each(MUST_FAIL)('fails and rolls back: %s', async (what, statement) => {
    const before = await contents(db);
    await expect(db.run(sql.raw(statement)), 'by itself').rejects.toBeInstanceOf(DatabaseError);
    expect(await contents(db)).toEqual(before);

    const work = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO marker VALUES (${what})`, 1);
      await tx.run(sql.raw(statement));
    });
    await expect(work, 'in a transaction').rejects.toBeInstanceOf(DatabaseError);
    expect(await contents(db)).toEqual(before);

    // Also where the failure is swallowed on the way.
    const swallowed = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO marker VALUES (${what})`, 1);
      await tx.rows(sql.raw(statement)).catch(() => undefined);
    });
    await expect(swallowed, 'swallowed').rejects.toBeInstanceOf(DatabaseError);
    expect(await contents(db)).toEqual(before);
  });

  it('refuses a statement that affects another number of rows than expected, also outside a transaction', async () => {
    const before = await contents(db);
    await expect(db.run(sql`DELETE FROM shape WHERE id > 3`, 1)).rejects.toThrow(
      'affected 2 rows where 1 were expected',
    );
    await expect(
      db.transaction(async (tx) => {
        await tx.run(sql`INSERT INTO marker VALUES ('expected')`, 1);
        await tx.run(sql`UPDATE shape SET id = id WHERE id = 77`, 1).catch(() => undefined);
      }),
    ).rejects.toThrow('affected 0 rows where 1 were expected');
    expect(await contents(db)).toEqual(before);
  });

  it.each([
    [
      'a row that breaks a rule',
      'grid (county_code, id)',
      [
        ['620622', 50],
        ['620622', -1],
      ],
    ],
    [
      'a row that is there already',
      'grid (county_code, id)',
      [
        ['620622', 50],
        ['620622', 1],
      ],
    ],
    [
      'a value of the wrong type',
      'cut (id, g)',
      [
        [1, null],
        ['x', null],
      ],
    ],
    ['too few columns', 'cut (id, g)', [[1]]],
    [
      'a geometry that is none',
      'cut (id, g)',
      [
        [1, null],
        [2, 'POLYGON((0 0,1 1'],
      ],
    ],
    ['a column that is none', 'cut (nothing)', [[1]]],
    ['a table that is none', 'nothing (id)', [[1]]],
  ] as const)('copies all or nothing: %s', async (_, target, rows) => {
    const before = await contents(db);
    await expect(db.copyIn(target, rows)).rejects.toBeInstanceOf(DatabaseError);
    await expect(
      db.transaction(async (tx) => {
        await tx.run(sql`INSERT INTO marker VALUES ('copy')`, 1);
        await tx.copyIn(target, rows);
      }),
    ).rejects.toBeInstanceOf(DatabaseError);
    expect(await contents(db)).toEqual(before);
  });

  it('copies all or nothing: an open ring into a table that checks validity', async () => {
    const before = await contents(db);
    const ring = (await db.rows<{ g: string }>(sql`SELECT ST_Multi(g) AS g FROM ring`))[0]!.g;
    const row = ['620622', 2, 1, 'free', '二', 'rural', '620622100001', '620622100', 1, ring] as const;
    await expect(
      db.copyIn(
        'grid_version (county_code, grid_id, edition_from, code, name, class, village_code, managing_township_code, area_m2, geom)',
        [row],
      ),
    ).rejects.toBeInstanceOf(DatabaseError);
    expect(await contents(db)).toEqual(before);
  });

  it('fails a COPY out, and the next one is whole', async () => {
    await expect(db.copyOut(`SELECT id, ST_Intersection(g, ${OTHER}) FROM shape`, 'text')).rejects.toBeInstanceOf(
      DatabaseError,
    );
    await expect(db.copyOut('SELECT nothing', 'binary')).rejects.toBeInstanceOf(DatabaseError);
    expect(new TextDecoder().decode(await db.copyOut('SELECT 1', 'text'))).toBe('1\n');
  });

  it('tells SQLSTATE and the engine’s words, not the parameters', async () => {
    const secret = '身份证620622199001011234';
    const failure: unknown = await db
      .run(sql`INSERT INTO county (code, name, name_en) VALUES (${'620622'}, ${secret}, NULL)`)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect((failure as DatabaseError).code).toBe('23502');
    const { message, stack, cause } = failure as DatabaseError;
    expect(`${message} ${stack} ${JSON.stringify(failure)} ${String(cause)}`).not.toContain(secret);
    for (const [statement, code] of [
      [sql`INSERT INTO grid VALUES ('620622', 1)`, '23505'],
      [sql`INSERT INTO grid VALUES ('620622', -1)`, '23514'],
      [sql`INSERT INTO grid VALUES ('000000', 1)`, '23503'],
      [sql`SELECT 1/0`, '22012'],
      [sql`SELECT nothing`, '42703'],
      [sql`BEGIN`, '25001'],
      [sql`ROLLBACK`, '25001'],
    ] as const) {
      await expect(db.run(statement)).rejects.toMatchObject({ name: 'DatabaseError', code });
    }
  });

  it('does not mistake the exceptions that GEOS itself handles for failures', async () => {
    expect(
      await db.rows(sql`
        SELECT count(ST_Intersection(a, b)) AS n FROM (
          SELECT ST_Buffer(ST_MakePoint(i * 0.1, 0), 1.0000001, 16) AS a,
                 ST_Rotate(ST_Buffer(ST_MakePoint(i * 0.1, 0), 1.0000001, 16), 1e-9 * i) AS b
          FROM generate_series(1, 500) i) q`),
    ).toEqual([{ n: 500 }]);
    expect(await db.rows(sql.raw(`SELECT ST_IsValid(${BOW}) AS valid, ST_IsValidReason(${BOW}) AS reason`))).toEqual([
      { valid: false, reason: 'Self-intersection[5 5]' },
    ]);
  });
});

/** Everything that a statement of the list could have changed. */
async function contents(db: Database): Promise<unknown> {
  const tables = [
    'county',
    'division',
    'edition',
    'grid',
    'grid_version',
    'worker',
    'assignment',
    'absence',
    'dwelling',
    'incident',
    'incident_flow',
    'marker',
    'cut',
    'shape',
    'ring',
  ];
  const parts = tables.map((table) =>
    sql.raw(
      `SELECT '${table}' AS "table", count(*) AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ${table} t`,
    ),
  );
  return await db.rows(
    sql`${sql.join(parts, sql` UNION ALL `)} UNION ALL SELECT 'tables', count(*), string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  );
}
