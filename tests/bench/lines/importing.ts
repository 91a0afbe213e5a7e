/** A year of reports from a CSV file into the table `incident`, each in its grid: our import against psql and SQL. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { loadIncidents } from '@wangge/api/county/load';
import { ProfileFormat } from '@wangge/api/county/profile-format';
import { profileIncidents } from '@wangge/api/county/profile-incidents';
import { Problems } from '@wangge/api/county/profile-problem';
import { openDatabase } from '@wangge/api/db/open';
import { gulangCounty } from '@wangge/geodata/gulang/county';
import { reportingYear } from '@wangge/geodata/gulang/incidents/year';
import { sql } from 'drizzle-orm';
import { ANCHOR, SEED } from '../../harness/county.ts';
import { type Bench, COUNTY, MIGRATIONS } from '../bench.ts';
import type { Group } from '../group.ts';

const FILE = 'reports.csv';
const COLUMNS = [
  'external_id',
  'kind',
  'category',
  'urgency',
  'state',
  'occurred_at',
  'reported_at',
  'state_at',
  'lon',
  'lat',
  'grid_code',
  'village_code',
  'township_code',
] as const;

/** A grid by its code or by the point in it, and the areas above; without either the areas that are named. */
const INSERT = `
INSERT INTO incident (county_code, source, external_id, kind, category, urgency, state, occurred_at, reported_at, state_at,
  precision, geom, grid_id_then, grid_id, village_code, township_code)
SELECT '${COUNTY}', 'bench', s.external_id, s.kind, s.category, s.urgency, s.state, s.occurred_at, s.reported_at, s.state_at,
  CASE WHEN s.lon IS NOT NULL THEN 'point' WHEN s.grid_code IS NOT NULL THEN 'grid' WHEN s.village_code IS NOT NULL THEN 'village'
    WHEN s.township_code IS NOT NULL THEN 'township' ELSE 'unknown' END,
  ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326), coalesce(p.grid_id, g.grid_id), coalesce(p.grid_id, g.grid_id),
  coalesce(p.village_code, g.village_code, v.code),
  coalesce(p.managing_township_code, g.managing_township_code, v.parent_code, s.township_code)
FROM staging s
LEFT JOIN LATERAL (
  SELECT c.grid_id, c.village_code, c.managing_township_code FROM grid_version c
  WHERE c.edition_to IS NULL AND ST_Covers(c.geom, ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326))
  ORDER BY c.grid_id LIMIT 1) p ON s.lon IS NOT NULL
LEFT JOIN grid_version g ON g.county_code = '${COUNTY}' AND g.code = s.grid_code AND g.edition_to IS NULL
LEFT JOIN division v ON v.county_code = '${COUNTY}' AND v.code = s.village_code;`;

const staged = (folder: string): string => `
CREATE TEMP TABLE staging (external_id text, kind text, category text, urgency text, state text, occurred_at timestamptz,
  reported_at timestamptz, state_at timestamptz, lon float8, lat float8, grid_code text, village_code text, township_code text);
\\copy staging FROM '${folder}/${FILE}' WITH (FORMAT csv, HEADER)
`;

/** What stands in the table, but for ids, which are drawn anew each time. */
const CONTENT = sql`SELECT count(*) AS rows, md5(string_agg(concat_ws('|', external_id, kind, category, urgency, state,
  extract(epoch FROM occurred_at)::int8, extract(epoch FROM reported_at)::int8, extract(epoch FROM state_at)::int8, precision,
  round(ST_X(geom) * 1e7), round(ST_Y(geom) * 1e7), grid_id_then, grid_id, village_code, township_code), ',' ORDER BY external_id))
  AS digest FROM incident`;

export async function importing(bench: Bench): Promise<Group> {
  const databaseUrl = await bench.copy('importing');
  const db = await openDatabase({ databaseUrl, migrations: MIGRATIONS, statementTimeoutMs: 300_000 });
  const county = gulangCounty({ seed: SEED, anchor: ANCHOR });
  const rows = await writeReports(`${bench.folder}/${FILE}`, county);

  const format = ProfileFormat.pick({ incidents: true, time_zone: true, categories: true }).parse({
    time_zone: county.profile.time_zone,
    categories: county.profile.categories,
    incidents: { file: FILE, source: 'bench', fields: Object.fromEntries(COLUMNS.map((name) => [name, name])) },
  });
  const empty = () => db.run(sql`TRUNCATE incident, incident_flow`);
  const ours = async (): Promise<number> => {
    await empty();
    const start = performance.now();
    const problems = new Problems(bench.folder);
    const incidents = await profileIncidents(bench.folder, format, county, problems, []);
    problems.refuseIfAny();
    await db.transaction((tx) => loadIncidents(tx, COUNTY, incidents));
    return performance.now() - start;
  };

  const psql = async (name: string, before: string, after: string): Promise<() => Promise<number>> => {
    const script = `${bench.folder}/${name}.sql`;
    await writeFile(script, `${staged(bench.folder)}${before}${INSERT}${after}\nANALYZE incident;\n`);
    return async () => {
      await empty();
      const start = performance.now();
      await promisify(execFile)('psql', ['-q', '-X', '-1', '-v', 'ON_ERROR_STOP=1', '-f', script, databaseUrl]);
      return performance.now() - start;
    };
  };
  const plain = await psql('import', '', '');
  const bare = await psql('import-bare', await keys(db, 'off'), await keys(db, 'on'));

  const our = { name: 'import', measure: ours };
  return {
    rounds: 3,
    ratios: [
      {
        name: `import of ${rows.toLocaleString('en')} rows with grids`,
        ours: our,
        theirs: { name: 'psql \\copy + SQL', measure: plain },
        target: { atLeast: 3 },
      },
      {
        name: '… against psql with keys and indexes off meanwhile',
        ours: our,
        theirs: { name: 'psql, keys and indexes off', measure: bare },
        target: null,
      },
    ],
    compare: async () => {
      const contents: string[] = [];
      for (const fill of [ours, plain, bare]) {
        await fill();
        contents.push(JSON.stringify((await db.rows(CONTENT))[0]));
      }
      return new Set(contents).size === 1 ? null : `the table holds ${contents.join(', ')}`;
    },
    notes: [
      'one CSV file on either side, read, checked row by row on ours, written into the table as it stands with all its keys and indexes; the same digest over all rows',
    ],
    close: () => db.close(),
  };
}

/** Statements that take keys and indexes of `incident` off, or put them back, as an expert would around a bulk load. */
async function keys(db: Bench['db'], which: 'off' | 'on'): Promise<string> {
  const rows = await db.rows<{ off: string; on: string }>(sql`
    SELECT * FROM (
      SELECT 1 AS turn, format('DROP INDEX %s;', i.indexrelid::regclass) AS off, pg_get_indexdef(i.indexrelid) || ';' AS on
      FROM pg_index i WHERE i.indrelid = 'incident'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
      UNION ALL
      SELECT 2, format('ALTER TABLE incident DROP CONSTRAINT %I;', conname),
        format('ALTER TABLE incident ADD CONSTRAINT %I %s;', conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE conrelid = 'incident'::regclass AND contype = 'f') k ORDER BY turn`);
  return `${rows.map((row) => row[which]).join('\n')}\n`;
}

/** The reporting year as a CSV file. @returns its rows */
async function writeReports(path: string, county: ReturnType<typeof gulangCounty>): Promise<number> {
  const until = new Date(Date.parse(`${ANCHOR}T00:00:00+08:00`) + 86_400_000);
  const year = reportingYear(county, { seed: SEED, anchor: ANCHOR, asOf: until });
  const codes = new Map(county.grids.map((grid) => [grid.id, grid.code]));
  const lines = year.map((i) =>
    [
      i.external_id,
      i.kind,
      i.category,
      i.urgency,
      i.state,
      i.occurred_at.toISOString(),
      i.reported_at.toISOString(),
      i.state_at.toISOString(),
      i.point?.[0] ?? '',
      i.point?.[1] ?? '',
      i.point ? '' : (codes.get(i.grid_id ?? 0) ?? ''),
      i.point || i.grid_id !== null ? '' : (i.village_code ?? ''),
      i.point || i.grid_id !== null || i.village_code !== null ? '' : (i.township_code ?? ''),
    ].join(','),
  );
  await writeFile(path, `${COLUMNS.join(',')}\n${lines.join('\n')}\n`);
  return year.length;
}
