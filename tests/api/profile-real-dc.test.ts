/**
 * Another county through the same code: Washington DC's 296 single-member districts as grids inside 40 advisory
 * neighbourhood commissions as villages inside 8 wards as townships, and 2,898 dated incidents. Public data of DC's open
 * data portal, kept beside the repository, not in it.
 */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { heldCounty } from '@wangge/api/county/held';
import { silent } from '@wangge/api/county/progress';
import { startCounty } from '@wangge/api/county/start';
import type { Database } from '@wangge/api/db/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, openEngine } from '../engines.ts';

const DATA = fileURLToPath(new URL('../../../shared/data/real-dc', import.meta.url));
const FILES = {
  districts: 'single-member-district-2013.geojson',
  commissions: 'advisory-neighborhood-commission-2013.geojson',
  incidents: 'crime-incidents-last-30-days.geojson',
};
const ward = { field: 'ANC_ID', first: 1 };
const OFFENSES = [
  ['ARSON', '纵火'],
  ['ASSAULT W/DANGEROUS WEAPON', '持械伤人'],
  ['BURGLARY', '入室盗窃'],
  ['HOMICIDE', '杀人'],
  ['MOTOR VEHICLE THEFT', '盗窃机动车'],
  ['ROBBERY', '抢劫'],
  ['SEX ABUSE', '性侵'],
  ['THEFT F/AUTO', '车内盗窃'],
  ['THEFT/OTHER', '其他盗窃'],
] as const;

const PROFILE = {
  code: 'DC',
  name: '华盛顿特区',
  name_en: 'Washington DC',
  time_zone: 'America/New_York',
  code_scheme: 'opaque',
  source_line: 'DC Open Data, 2013 / 2016',
  effective_on: '2013-01-01',
  categories: OFFENSES.map(([name_en, name]) => ({
    code: name_en.toLowerCase().replace(/[^a-z]+/g, '_'),
    name,
    name_en,
  })),
  divisions: [
    {
      file: FILES.commissions,
      level: 'township',
      fields: { code: ward, name: { ...ward, before: 'Ward ' } },
    },
    { file: FILES.commissions, level: 'village', fields: { code: 'ANC_ID', name: 'NAME', parent_code: ward } },
  ],
  grids: {
    file: FILES.districts,
    crs: '4490',
    fields: { code: 'SMD_ID', name: 'NAME', class: { const: 'community' }, village_code: 'ANC_ID' },
  },
  incidents: {
    file: FILES.incidents,
    crs: '4490',
    source: 'dc-mpd',
    fields: {
      external_id: 'OBJECTID',
      kind: { const: 'event' },
      category: 'OFFENSE',
      occurred_at: 'REPORTDATETIME',
    },
  },
};

const there = existsSync(DATA);

// An `if` rather than a skipped test: where the data is there, nothing is reported as skipped.
if (!there) {
  describe('the profile of Washington DC', () => {
    it('is not tried: ../shared/data/real-dc is not beside this repository', () => {
      console.warn(`real-dc was not tried: ${DATA} does not exist`);
      expect(there).toBe(false);
    });
  });
}

describe.each(there ? ENGINES : [])('the profile of Washington DC on %s', (engine) => {
  let folder: string;
  let db: Database;
  const notes: string[] = [];
  const start = () =>
    startCounty(
      db,
      { county: { kind: 'profile', folder }, demoSeed: null },
      { clock: () => new Date('2026-07-01T00:00:00Z'), progress: { ...silent, note: (_, en) => notes.push(en) } },
    );
  const one = async <T>(query: ReturnType<typeof sql>): Promise<T> => (await db.rows<T>(query))[0]!;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wangge-dc-'));
    for (const file of Object.values(FILES)) await cp(join(DATA, file), join(folder, file));
    await writeFile(join(folder, 'profile.json'), JSON.stringify(PROFILE));
    db = await openEngine(engine, 'empty');
    await start();
  });
  afterAll(async () => {
    await db?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('loads as a real county with its own divisions, codes and dictionary', async () => {
    expect(await heldCounty(db)).toMatchObject({ code: 'DC', origin: 'real', seed: null, anchor_day: null });
    expect(await db.rows(sql`SELECT level, count(*)::int AS n FROM division GROUP BY level ORDER BY level`)).toEqual([
      { level: 'county', n: 1 },
      { level: 'township', n: 8 },
      { level: 'village', n: 40 },
    ]);
    expect(
      await one(sql`SELECT count(*)::int AS grids, count(DISTINCT code)::int AS codes, min(code) AS first,
        count(*) FILTER (WHERE class = 'community')::int AS community FROM grid_current`),
    ).toEqual({ grids: 296, codes: 296, first: '1A01', community: 296 });
    expect(await one(sql`SELECT count(*)::int AS workers FROM worker`)).toEqual({ workers: 0 });
  });

  it('finds each of the 2,898 incidents in the commission that was published with it', async () => {
    const published = JSON.parse(await readFile(join(DATA, FILES.incidents), 'utf8')) as {
      features: { properties: { OBJECTID: number; ANC: string; OFFENSE: string } }[];
    };
    const expected = published.features.map(({ properties: p }) => [String(p.OBJECTID), p.ANC, p.OFFENSE]);
    const stored = await db.rows<{ external_id: string; anc: string; offense: string }>(sql`
      SELECT i.external_id, g.village_code AS anc, c.name_en AS offense
      FROM incident i JOIN grid_current g ON g.grid_id = i.grid_id,
        jsonb_to_recordset((SELECT categories FROM county)) AS c (code text, name_en text)
      WHERE c.code = i.category AND i.village_code = g.village_code AND i.grid_id_then = i.grid_id`);
    const key = (row: readonly string[]) => row.join('|');
    expect(stored.length).toBe(2898);
    expect(stored.map((s) => key([s.external_id, s.anc, s.offense])).sort()).toEqual(expected.map(key).sort());
  });

  it('agrees with the database about the grid of every incident', async () => {
    const { differing } = await one<{ differing: number }>(sql`
      SELECT count(*)::int AS differing FROM incident i
      WHERE grid_at('DC', ST_X(i.geom), ST_Y(i.geom)) IS DISTINCT FROM i.grid_id`);
    expect(differing).toBe(0);
  });

  it('gives every division the land of its grids, as valid polygons', async () => {
    const rows = await db.rows<{ code: string; valid: boolean; ratio: number }>(sql`
      SELECT d.code, ST_IsValid(d.geom) AS valid, ST_Area(d.geom::geography) / (
        SELECT sum(g.area_m2) FROM grid_current g JOIN division v ON v.code = g.village_code
        WHERE d.code IN (g.village_code, v.parent_code, 'DC')
          AND CASE d.level WHEN 'village' THEN g.village_code = d.code
                           WHEN 'township' THEN v.parent_code = d.code ELSE true END) AS ratio
      FROM division d`);
    expect(rows).toHaveLength(49);
    for (const { code, valid, ratio } of rows) {
      expect.soft(valid, code).toBe(true);
      expect.soft(ratio, code).toBeGreaterThan(0.999);
      expect.soft(ratio, code).toBeLessThan(1.0005);
    }
  });

  it('finds nothing to note: the published districts tile', () => {
    expect(notes).toEqual([]);
  });

  it('serves it again at the next start without loading it twice', async () => {
    await start();
    expect(await one(sql`SELECT count(*)::int AS n FROM incident`)).toEqual({ n: 2898 });
    expect(notes.at(-1)).toContain('holds Washington DC already');
  });
});
