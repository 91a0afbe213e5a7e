/** Dwellings, staff and centres of a profile. */
import type { Absence, Assignment, Centre, Division, Dwelling, Grid, Staff } from '@wangge/geodata/county/county';
import { toLattice } from '@wangge/geodata/mesh/lattice';
import { meshLocator } from '@wangge/geodata/mesh/locate';
import type { Mesh } from '@wangge/geodata/mesh/mesh';
import { readRows } from './profile-file.ts';
import type { ProfileFormat } from './profile-format.ts';
import type { Problems } from './profile-problem.ts';
import { AbsenceRow, AssignmentRow, CentreRow, DwellingRow, readPoint, readRow, WorkerRow } from './profile-rows.ts';

/** What the other files are read against. */
export interface Ground {
  readonly divisions: readonly Division[];
  readonly grids: readonly Grid[];
  readonly mesh: Mesh;
}

/** Finds the grid at `[lon, lat]` degrees. */
export function gridLocator({ grids, mesh }: Ground): (lon: number, lat: number) => Grid | null {
  const locate = meshLocator(mesh);
  const byId = new Map(grids.map((grid) => [grid.id, grid]));
  return (lon, lat) => byId.get(locate(toLattice(lon), toLattice(lat)) ?? 0) ?? null;
}

/** What a point outside every grid is, by its layer's rule: a fault, or a row that is left out. */
export function outsideRule(rule: 'refuse' | 'leave_out', problems: Problems) {
  let left = 0;
  return {
    meet(place: string, [lon, lat]: readonly [number, number]): void {
      if (rule === 'leave_out') left += 1;
      else {
        problems.add(
          place,
          `点 ${lon}, ${lat} 不在任何网格内；坐标系 crs 是否写对？`,
          'The point lies in no grid; is crs right? To leave such rows out, set "outside": "leave_out".',
        );
      }
    },
    left: () => left,
  };
}

export async function profileDwellings(
  folder: string,
  { dwellings: layer }: ProfileFormat,
  ground: Ground,
  problems: Problems,
  leftOut: [string, number][],
): Promise<Dwelling[]> {
  if (!layer) return [];
  const gridAt = gridLocator(ground);
  const outside = outsideRule(layer.outside, problems);
  const dwellings: Dwelling[] = [];
  for (const [i, row] of (await readRows(folder, layer, problems)).entries()) {
    const read = readRow(row, layer.fields, DwellingRow, problems);
    const point = read && readPoint(row, read, layer.crs, problems);
    if (point === null && read) problems.add(row.place, '没有坐标。', 'It has no coordinates.');
    if (!read || !point) continue;
    const grid = gridAt(...point);
    if (!grid) {
      outside.meet(row.place, point);
      continue;
    }
    dwellings.push({
      id: read.id ?? i + 1,
      grid_id: grid.id,
      village_code: grid.village_code,
      point,
      households: read.households,
      population: read.population,
      registered_households: read.registered_households,
      registered_population: read.registered_population,
    });
  }
  if (outside.left() > 0) leftOut.push([layer.file, outside.left()]);
  refuseRepeats(layer.file, 'id', dwellings, (dwelling) => dwelling.id, problems);
  return dwellings;
}

export async function profileStaff(
  folder: string,
  { staff }: ProfileFormat,
  { divisions, grids }: Ground,
  problems: Problems,
): Promise<Staff | null> {
  if (!staff) return null;
  const villages = new Set(divisions.filter((d) => d.level === 'village').map((d) => d.code));
  const gridIds = new Map(grids.map((grid) => [grid.code, grid.id]));
  const workers = (await readRows(folder, staff.workers, problems)).flatMap((row, i) => {
    const worker = readRow(row, staff.workers.fields, WorkerRow, problems);
    if (!worker) return [];
    if (!villages.has(worker.village_code)) {
      problems.add(row.place, `village_code“${worker.village_code}”不是已列出的村（社区）。`, 'It is no village here.');
    }
    return [{ id: i + 1, ...worker }];
  });
  refuseRepeats(staff.workers.file, 'code', workers, (worker) => worker.code, problems);
  const workerIds = new Map(workers.map((worker) => [worker.code, worker.id]));
  const known = (place: string, zh: string, value: string, id: number | undefined) => {
    if (id === undefined) problems.add(place, `没有${zh}“${value}”。`, `There is no “${value}”.`);
    return id;
  };

  const assignments = (await readRows(folder, staff.assignments, problems)).flatMap((row): Assignment[] => {
    const a = readRow(row, staff.assignments.fields, AssignmentRow, problems);
    if (!a) return [];
    const worker_id = known(row.place, '人员 worker_code', a.worker_code, workerIds.get(a.worker_code));
    const grid_id = known(row.place, '网格 grid_code', a.grid_code, gridIds.get(a.grid_code));
    if (worker_id === undefined || grid_id === undefined || !ordered(row.place, a, problems)) return [];
    return [{ worker_id, grid_id, duty: a.duty, from: a.from, to: a.to }];
  });
  const absenceLayer = staff.absences;
  const absences = absenceLayer
    ? (await readRows(folder, absenceLayer, problems)).flatMap((row): Absence[] => {
        const a = readRow(row, absenceLayer.fields, AbsenceRow, problems);
        if (!a) return [];
        const worker_id = known(row.place, '人员 worker_code', a.worker_code, workerIds.get(a.worker_code));
        if (worker_id === undefined || !ordered(row.place, a, problems)) return [];
        return [{ worker_id, reason: a.reason, from: a.from, to: a.to }];
      })
    : [];
  return { workers, assignments, absences };
}

export async function profileCentres(
  folder: string,
  { centres: layer }: ProfileFormat,
  { divisions }: Ground,
  problems: Problems,
): Promise<Centre[]> {
  if (!layer) return [];
  const levels = new Map(divisions.map((division) => [division.code, division.level]));
  const centres: Centre[] = [];
  for (const [i, row] of (await readRows(folder, layer, problems)).entries()) {
    const read = readRow(row, layer.fields, CentreRow, problems);
    const point = read && readPoint(row, read, layer.crs, problems);
    if (point === null && read) problems.add(row.place, '没有坐标。', 'It has no coordinates.');
    if (!read || !point) continue;
    if (levels.get(read.division_code) !== read.level) {
      problems.add(
        row.place,
        `division_code“${read.division_code}”不是已列出的 ${read.level}。`,
        `division_code is no ${read.level} of this profile.`,
      );
    }
    const { name, level, division_code } = read;
    centres.push({ id: read.id ?? i + 1, name, level, division_code, fengqiao: read.fengqiao ?? false, point });
  }
  refuseRepeats(layer.file, 'id', centres, (centre) => centre.id, problems);
  return centres;
}

function ordered(place: string, span: { from: string; to: string | null }, problems: Problems): boolean {
  if (span.to === null || span.to > span.from) return true;
  problems.add(place, `to ${span.to} 须晚于 from ${span.from}。`, 'to must be later than from; it is not included.');
  return false;
}

export function refuseRepeats<T>(
  file: string,
  field: string,
  items: readonly T[],
  keyOf: (item: T) => string | number,
  problems: Problems,
): void {
  const seen = new Set<string | number>();
  for (const key of items.map(keyOf)) {
    if (seen.has(key)) problems.add(file, `${field} “${key}”重复。`, `${field} “${key}” comes twice.`);
    seen.add(key);
  }
}
