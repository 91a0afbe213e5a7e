/** Writes a county into an empty database: generated or from a profile folder, through the same code. */
import { check } from '@wangge/geodata/check/check';
import type { Issue } from '@wangge/geodata/check/issue';
import type { County, Division, IsoDay } from '@wangge/geodata/county/county';
import { geodesicArea } from '@wangge/geodata/crs/area';
import { GULANG_PROFILE, gulangCounty } from '@wangge/geodata/gulang/county';
import { DAYS, reportingYear } from '@wangge/geodata/gulang/incidents/year';
import type { Incident, TracedIncident } from '@wangge/geodata/incidents/incident';
import { dissolve } from '@wangge/geodata/mesh/dissolve';
import type { Polygon } from '@wangge/geodata/mesh/mesh';
import { polygonsEwkt } from '@wangge/geodata/mesh/wkt';
import { sql } from 'drizzle-orm';
import type { CopyValue, Database, Queries } from '../db/database.ts';
import { copyTrails, type TrailOf, trailOf } from '../incidents/trails.ts';
import { fillUnindexed } from './bulk.ts';
import { addDays, startOfDay } from './day.ts';
import { CountyRefusal, heldCounty, refuseHeld } from './held.ts';
import { type Progress, silent } from './progress.ts';

export type Origin =
  | { readonly origin: 'real' }
  /** Everything is generated from (seed, date); the reporting year ends with `anchor`. */
  | { readonly origin: 'demonstration'; readonly seed: number; readonly anchor: IsoDay };

export interface LoadOptions {
  /** The day on which the first edition takes effect. */
  readonly effectiveOn: IsoDay;
  readonly progress?: Progress;
}

/**
 * Serialises whoever would load or fill a county, until the surrounding transaction ends: two processes may be started
 * on one PostgreSQL at the same moment.
 */
export async function lockLoading(tx: Queries): Promise<void> {
  // Neither waiting for the other process nor the load itself is a runaway statement.
  await tx.run(sql`SET LOCAL statement_timeout = 0`);
  await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtext('wangge county load'))::text AS locked`);
}

/**
 * Writes divisions, edition 1, grids, codes, staff, dwellings and centres.
 * A division's extent is the union of the grids that it manages.
 * @param tx an open transaction, so that a load that fails or is killed leaves nothing
 * @throws CountyRefusal where the database holds anything already, or a generated county does not tile; for a real one
 * the faults of the tiling are noted and the load goes on, as surveyed grids are mended by redrawing them
 */
export async function loadCounty(tx: Queries, county: County, origin: Origin, options: LoadOptions): Promise<void> {
  const progress = options.progress ?? silent;
  const { profile, mesh } = county;
  const c = profile.code;
  await lockLoading(tx);
  refuseHeld(await heldCounty(tx), c, origin.origin);
  if (profile.synthetic !== (origin.origin === 'demonstration')) {
    throw new CountyRefusal(
      '生成的数据必须标为演示数据，真实数据不得标为演示数据。',
      'Generated data must be marked as demonstration, and real data must not be.',
    );
  }

  progress.step('核对网格是否无缝无叠', 'Checking that the grids tile the county');
  const errors = check(mesh).filter((issue) => issue.severity === 'error');
  if (errors.length > 0) {
    if (profile.synthetic) throw new CountyRefusal(...describeIssues(errors, county));
    progress.note(...describeIssues(errors, county));
  }
  // Without faults the union is exact by cancelling shared borders; with them only an overlay gives valid polygons.
  const extents = errors.length === 0 ? extentsOf(county) : null;

  progress.step('写入区划与网格', 'Writing divisions and grids');
  await tx.run(
    sql`INSERT INTO county (code, name, name_en, time_zone, code_scheme, source_line, origin, categories, seed, anchor_day)
        VALUES (${c}, ${profile.name}, ${profile.name_en}, ${profile.time_zone}, ${profile.code_scheme},
                ${profile.source_line}, ${origin.origin}, ${JSON.stringify(profile.categories)}::jsonb,
                ${origin.origin === 'demonstration' ? origin.seed : null},
                ${origin.origin === 'demonstration' ? origin.anchor : null}::date)`,
    1,
  );
  await tx.copyIn(
    'division (county_code, code, name, short_name, name_en, level, parent_code, official, aliases, seat, geom)',
    map(topDown(county.divisions), (d) => [
      c,
      d.code,
      d.name,
      d.short_name,
      d.name_en,
      d.level,
      d.parent_code,
      d.official,
      arrayText(d.aliases),
      d.seat && pointText(d.seat),
      extents?.has(d.code) ? polygonsEwkt(extents.get(d.code)!) : null,
    ]),
  );
  await tx.run(
    sql`INSERT INTO edition (county_code, n, effective_on) VALUES (${c}, 1, ${options.effectiveOn}::date)`,
    1,
  );
  await tx.copyIn(
    'grid (county_code, id)',
    map(county.grids, (g) => [c, g.id]),
  );
  await tx.copyIn(
    'grid_version (county_code, grid_id, edition_from, code, name, class, village_code, managing_township_code, owner_unit, area_m2, geom)',
    map(county.grids, (g) => {
      const cell = mesh.cells.get(g.id);
      if (!cell) throw new Error(`grid ${g.code} has no cell ${g.id} in the mesh`);
      return [
        c,
        g.id,
        1,
        g.code,
        g.name,
        g.class,
        g.village_code,
        g.managing_township_code,
        g.owner_unit,
        geodesicArea(cell.polygons),
        polygonsEwkt(cell.polygons),
      ];
    }),
  );
  if (!extents) await uniteExtents(tx, c);
  await tx.copyIn(
    'code_ledger (county_code, code, grid_id, edition_from)',
    map(county.grids, (g) => [c, g.code, g.id, 1]),
  );

  progress.step('写入人员、住户与综治中心', 'Writing staff, dwellings and centres');
  if (county.staff) {
    await tx.copyIn(
      'worker (county_code, id, code, kind, work_phone, village_code)',
      map(county.staff.workers, (w) => [c, w.id, w.code, w.kind, w.work_phone, w.village_code]),
    );
    await tx.copyIn(
      'assignment (county_code, worker_id, grid_id, duty, from_day, to_day)',
      map(county.staff.assignments, (a) => [c, a.worker_id, a.grid_id, a.duty, a.from, a.to]),
    );
    await tx.copyIn(
      'absence (county_code, worker_id, reason, from_day, to_day)',
      map(county.staff.absences, (a) => [c, a.worker_id, a.reason, a.from, a.to]),
    );
  }
  await tx.copyIn(
    'dwelling (county_code, id, grid_id, village_code, households, population, registered_households, registered_population, geom)',
    map(county.dwellings, (d) => [
      c,
      d.id,
      d.grid_id,
      d.village_code,
      d.households,
      d.population,
      d.registered_households,
      d.registered_population,
      pointText(d.point),
    ]),
  );
  await tx.copyIn(
    'centre (county_code, id, name, level, division_code, fengqiao, geom)',
    map(county.centres, (z) => [c, z.id, z.name, z.level, z.division_code, z.fengqiao, pointText(z.point)]),
  );
  for (const table of ['division', 'grid', 'grid_version', 'worker', 'assignment', 'dwelling', 'centre']) {
    await tx.run(sql.raw(`ANALYZE ${table}`));
  }
}

/** Columns of `incident` that a load fills. */
export const INCIDENT_COLUMNS =
  'county_code, id, source, external_id, kind, category, urgency, state, occurred_at, reported_at, state_at, precision, geom, grid_id_then, grid_id, village_code, township_code';

/** A row in the order of INCIDENT_COLUMNS. */
export const incidentRow = (countyCode: string, id: number, i: Incident): CopyValue[] => [
  countyCode,
  id,
  i.source,
  i.external_id,
  i.kind,
  i.category,
  i.urgency,
  i.state,
  i.occurred_at,
  i.reported_at,
  i.state_at,
  i.precision,
  i.point && pointText(i.point),
  i.grid_id,
  i.grid_id,
  i.village_code,
  i.township_code,
];

/**
 * Writes the first incidents of a county, in the grids in which they happened, and their trails; where none is known,
 * that the state was reached.
 * @param tx the transaction of `loadCounty`
 * @param total how many there will be, for the progress; unknown where left out
 * @returns how many were written
 */
export async function loadIncidents(
  tx: Queries,
  countyCode: string,
  incidents: Iterable<Incident | TracedIncident>,
  progress: Progress = silent,
  total?: number,
): Promise<number> {
  progress.step('写入上报信息', 'Writing reports');
  // Nobody else draws ids: there was no county to report to.
  const [drawn] = await tx.rows<{ id: number }>(sql`SELECT nextval(${ID_SEQUENCE}) AS id`);
  const first = drawn!.id;
  const trails: TrailOf[] = [];
  const rows = map(incidents, (incident) => {
    const id = first + trails.length;
    trails.push({ id, trail: trailOf(incident) });
    if (total !== undefined && trails.length % 2000 === 0) progress.at(trails.length, total);
    return incidentRow(countyCode, id, incident);
  });
  const written = await fillUnindexed(tx, 'incident', () => tx.copyIn(`incident (${INCIDENT_COLUMNS})`, rows));
  await tx.rows(sql`SELECT setval(${ID_SEQUENCE}, ${first + written}::bigint, false) AS next`);
  progress.step('写入流转过程', 'Writing their trails');
  await fillUnindexed(tx, 'incident_flow', () => copyTrails(tx, countyCode, trails));
  await tx.run(sql`INSERT INTO live_event (county_code, kind) VALUES (${countyCode}, 'reloaded')`, 1);
  await tx.run(sql`ANALYZE incident`);
  await tx.run(sql`ANALYZE incident_flow`);
  return written;
}

const ID_SEQUENCE = sql`pg_get_serial_sequence('incident', 'id')`;

function* map<T>(items: Iterable<T>, row: (item: T) => readonly CopyValue[]): Generator<readonly CopyValue[]> {
  for (const item of items) yield row(item);
}

const LEVELS = ['county', 'township', 'village'];

/** Parents before children, whatever the order of the source. */
const topDown = (divisions: readonly Division[]): Division[] =>
  [...divisions].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));

/** Extents by division code: the county of all grids, a township of those it manages, a village of its own. */
function extentsOf({ profile, mesh, grids }: County): Map<string, Polygon[]> {
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  return new Map([
    ...dissolve(mesh, (id) => byId.get(id)?.village_code ?? null),
    ...dissolve(mesh, (id) => byId.get(id)?.managing_township_code ?? null),
    ...dissolve(mesh, () => profile.code),
  ]);
}

/** The same by overlay in the database, on the lattice, for grids that leave gaps or overlap. */
async function uniteExtents(tx: Queries, code: string): Promise<void> {
  await tx.run(sql`
    UPDATE division d SET geom = (
      SELECT ST_Multi(ST_Union(g.geom, 1e-7)) FROM grid_version g
      WHERE g.county_code = d.county_code
        AND CASE d.level WHEN 'county' THEN true
                         WHEN 'township' THEN g.managing_township_code = d.code
                         ELSE g.village_code = d.code END)
    WHERE d.county_code = ${code}`);
}

/** `SRID=4326;POINT(lon lat)` */
const pointText = ([lon, lat]: readonly [number, number]): string => `SRID=4326;POINT(${lon} ${lat})`;

const arrayText = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

/** How many faults by rule, and where the first few are. */
function describeIssues(issues: readonly Issue[], { grids }: County): [zh: string, en: string] {
  const counts = new Map<string, number>();
  for (const issue of issues) counts.set(issue.rule, (counts.get(issue.rule) ?? 0) + 1);
  const codes = new Map(grids.map((grid) => [grid.id, grid.code]));
  const tally = [...counts].map(([rule, n]) => `${rule} ${n}`).join(', ');
  const places = issues
    .slice(0, 5)
    .map((i) => `${i.rule} ${i.cells.map((id) => codes.get(id) ?? id).join('/')}${i.at ? ` @ ${i.at.join(', ')}` : ''}`)
    .join('; ');
  return [
    `网格没有恰好铺满全县，共 ${issues.length} 处（${tally}）。例如：${places}。`,
    `The grids do not tile the county in ${issues.length} places (${tally}), e.g. ${places}.`,
  ];
}

/**
 * Generates the demonstration county and its reporting year and writes both in one transaction: a start that is killed
 * half-way leaves nothing, and the next one begins again.
 * @param anchor the last day of the reporting year
 * @param asOf states of reports as they stand then; the end of the anchor day where it is left out
 */
export async function loadDemonstrationCounty(
  db: Database,
  { seed, anchor, asOf, progress = silent }: { seed: number; anchor: IsoDay; asOf?: Date; progress?: Progress },
): Promise<void> {
  // Before some seconds of work; loadCounty looks again inside its transaction.
  refuseHeld(await heldCounty(db), GULANG_PROFILE.code, 'demonstration');
  progress.step('正在生成演示县', 'Generating the demonstration county');
  const county = gulangCounty({ seed, anchor });
  progress.step('正在生成一年的上报信息', 'Generating a year of reports');
  const until = asOf ?? startOfDay(addDays(anchor, 1), county.profile.time_zone);
  const incidents = reportingYear(county, { seed, anchor, asOf: until });
  await db.transaction(async (tx) => {
    const origin = { origin: 'demonstration', seed, anchor } as const;
    await loadCounty(tx, county, origin, { effectiveOn: addDays(anchor, 1 - DAYS), progress });
    await loadIncidents(tx, county.profile.code, incidents, progress, incidents.length);
  });
  progress.end();
}
