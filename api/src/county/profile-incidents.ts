import type { LonLat } from '@wangge/geodata/county/county';
import type { Incident } from '@wangge/geodata/incidents/incident';
import { type Row, readRows } from './profile-file.ts';
import type { ProfileFormat } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';
import { IncidentRow, readPoint, readRow } from './profile-rows.ts';
import { type Ground, gridLocator, outsideRule, refuseRepeats } from './profile-staff.ts';
import { instantOf } from './profile-time.ts';

type Place = Pick<Incident, 'precision' | 'point' | 'grid_id' | 'village_code' | 'township_code'>;

/** Incidents in the grids in which their points lie; without a point, as exactly as the row names an area. */
export async function profileIncidents(
  folder: string,
  { incidents: layer, time_zone, categories }: Pick<ProfileFormat, 'incidents' | 'time_zone' | 'categories'>,
  ground: Ground,
  problems: Problems,
  leftOut: [string, number][],
): Promise<Incident[]> {
  if (!layer) return [];
  const words = new Map(categories.flatMap((c) => [c.code, c.name, c.name_en, ...c.values].map((w) => [w, c.code])));
  const outside = outsideRule(layer.outside, problems);
  const gridAt = gridLocator(ground);
  const areaOf = areas(ground, problems);
  const incidents: Incident[] = [];
  for (const row of await readRows(folder, layer, problems)) {
    const read = readRow(row, layer.fields, IncidentRow, problems);
    const point = read && readPoint(row, read, layer.crs, problems);
    if (!read || point === undefined) continue;
    const grid = point && gridAt(...point);
    if (point && !grid) {
      outside.meet(row.place, point);
      continue;
    }
    const category = words.get(read.category);
    if (category === undefined) {
      problems.add(
        row.place,
        `类别“${read.category}”不在 categories 里。`,
        `Category “${read.category}” is not in categories; add it, or list it under the values of one.`,
      );
      continue;
    }
    const place: Place | null = grid ? inGrid(grid, point as LonLat) : areaOf(row, read);
    const occurred_at = time(row, 'occurred_at', read.occurred_at);
    const reported_at = read.reported_at === null ? occurred_at : time(row, 'reported_at', read.reported_at);
    const state_at = read.state_at === null ? reported_at : time(row, 'state_at', read.state_at);
    if (!place || !occurred_at || !reported_at || !state_at) continue;
    if (reported_at < occurred_at) {
      problems.add(row.place, 'reported_at 早于 occurred_at。', 'reported_at is earlier than occurred_at.');
      continue;
    }
    incidents.push({
      source: layer.source,
      external_id: read.external_id,
      kind: read.kind,
      category,
      urgency: read.urgency ?? 'normal',
      state: read.state ?? 'reported',
      occurred_at,
      reported_at,
      state_at,
      ...place,
    });
  }
  if (outside.left() > 0) leftOut.push([layer.file, outside.left()]);
  refuseRepeats(layer.file, 'external_id', incidents, (incident) => incident.external_id, problems);
  return incidents;

  function time(row: Row, name: string, text: string): Date | null {
    const instant = instantOf(text, time_zone);
    if (!instant) {
      problems.add(
        row.place,
        `${name} “${text}”不是时间，例如 2026-03-05 08:30。`,
        'It is no time, e.g. 2026-03-05 08:30 or 2026-03-05T08:30:00+08:00.',
      );
    }
    return instant;
  }
}

const inGrid = (grid: Ground['grids'][number], point: LonLat | null): Place => ({
  precision: point ? 'point' : 'grid',
  point,
  grid_id: grid.id,
  village_code: grid.village_code,
  township_code: grid.managing_township_code,
});

/** The place of a row without a point: the smallest area that it names. */
function areas({ divisions, grids }: Ground, problems: Problems) {
  const byGridCode = new Map(grids.map((grid) => [grid.code, grid]));
  const byCode = new Map(divisions.map((division) => [division.code, division]));
  return (
    row: Row,
    names: { grid_code: string | null; village_code: string | null; township_code: string | null },
  ): Place | null => {
    const nowhere: Place = {
      precision: 'unknown',
      point: null,
      grid_id: null,
      village_code: null,
      township_code: null,
    };
    if (names.grid_code !== null) {
      const grid = byGridCode.get(names.grid_code);
      if (grid) return inGrid(grid, null);
      problems.add(row.place, `没有网格“${names.grid_code}”。`, `There is no grid “${names.grid_code}”.`);
      return null;
    }
    for (const level of ['village', 'township'] as const) {
      const code = names[`${level}_code`];
      if (code === null) continue;
      const division = byCode.get(code);
      if (division?.level !== level) {
        problems.add(row.place, `${level}_code“${code}”不在区划里。`, `${level}_code is no ${level} of this profile.`);
        return null;
      }
      return level === 'village'
        ? { ...nowhere, precision: 'village', village_code: code, township_code: division.parent_code }
        : { ...nowhere, precision: 'township', township_code: code };
    }
    return nowhere;
  };
}
