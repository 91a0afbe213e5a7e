/** 网格员配备: who stands for which grid on a day, per grid and per division. */
import type { Absence, Division, Grid, IsoDay, Staff, WorkerKind } from '../county/county.ts';

/**
 * `own` 专人在岗: an on-post full-time worker holds the grid as their own, and no other grid.
 * `shared` 代管兼管: only on-post full-time workers who cover it, or who hold several grids.
 * `vacant` 空岗: no full-time worker on post.
 * `unknown` 无数据: the county has given no staff at all.
 */
export const COVERAGES = ['own', 'shared', 'vacant', 'unknown'] as const;
export type Coverage = (typeof COVERAGES)[number];

/** Distinct workers 在册 (an own assignment holds on the day) and, of these, 在岗 (no absence on the day). */
export interface StaffCounts {
  readonly full_time: number;
  readonly stability: number;
  readonly auxiliary: number;
  readonly full_time_on_post: number;
  readonly stability_on_post: number;
  readonly auxiliary_on_post: number;
}

export interface GridCoverage {
  readonly coverage: Coverage;
  /** Null where the county has given no staff: no data is not zero. */
  readonly staff: StaffCounts | null;
  /** 无人在岗: vacant, and no stability or auxiliary worker on post either, not even as cover. Null as above. */
  readonly uncovered: boolean | null;
}

export interface AreaCoverage {
  /** Each worker counts once, however many of the area's grids they hold. */
  readonly staff: StaffCounts | null;
  /** Grids by class; they add up to the grids of the area. */
  readonly coverage: Readonly<Record<Coverage, number>>;
  /** Grids without anyone on post; null where the county has given no staff. */
  readonly uncovered: number | null;
}

export interface StaffedPlaces {
  readonly divisions: readonly Pick<Division, 'code' | 'parent_code'>[];
  readonly grids: readonly Pick<Grid, 'id' | 'village_code'>[];
}

export interface CoverageOfDay {
  readonly grids: ReadonlyMap<number, GridCoverage>;
  readonly areas: ReadonlyMap<string, AreaCoverage>;
}

/** Whether a day lies in [from, to). */
export const holdsOn = (period: { readonly from: IsoDay; readonly to: IsoDay | null }, day: IsoDay): boolean =>
  period.from <= day && (period.to === null || day < period.to);

/** Workers who are 离岗 on a day. */
export const awayOn = (absences: readonly Absence[], day: IsoDay): ReadonlySet<number> =>
  new Set(absences.filter((absence) => holdsOn(absence, day)).map((absence) => absence.worker_id));

/**
 * The coverage of every grid and division on a day, by the assignments and absences that hold on it. Assignments to
 * grids that are not in `places` (retired since) do not count, nor do they spread a worker.
 *
 * @param staff null where the county has given none.
 */
export function coverageOn(places: StaffedPlaces, staff: Staff | null, day: IsoDay): CoverageOfDay {
  const holders = holdersByGrid(places, staff, day);
  const parent = new Map(places.divisions.map((d) => [d.code, d.parent_code]));
  const grids = new Map<number, GridCoverage>();
  const areas = new Map(
    places.divisions.map((d) => [
      d.code,
      { registers: new Set<Holder>(), coverage: { own: 0, shared: 0, vacant: 0, unknown: 0 }, uncovered: 0 },
    ]),
  );
  for (const grid of places.grids) {
    const own = holders.get(grid.id) ?? [];
    const found = staff === null ? NO_DATA : coverageOfGrid(own);
    grids.set(grid.id, found);
    let code: string | null | undefined = grid.village_code;
    for (let area = areas.get(code); area; area = code ? areas.get(code) : undefined) {
      area.coverage[found.coverage]++;
      if (found.uncovered) area.uncovered++;
      for (const holder of own) if (holder.duty === 'own') area.registers.add(holder);
      code = parent.get(code!);
    }
  }
  return {
    grids,
    areas: new Map(
      [...areas].map(([code, { registers, coverage, uncovered }]) => [
        code,
        staff === null
          ? { staff: null, coverage, uncovered: null }
          : { staff: countStaff([...registers]), coverage, uncovered },
      ]),
    ),
  };
}

const NO_DATA: GridCoverage = { coverage: 'unknown', staff: null, uncovered: null };

/** A worker at a grid on the day. */
interface Holder {
  readonly worker_id: number;
  readonly kind: WorkerKind;
  readonly duty: 'own' | 'cover';
  readonly on_post: boolean;
  /** How many grids the worker holds on the day, as own or as cover. */
  readonly grids: number;
}

function holdersByGrid(places: StaffedPlaces, staff: Staff | null, day: IsoDay): Map<number, Holder[]> {
  const byGrid = new Map<number, Holder[]>();
  if (staff === null) return byGrid;
  const known = new Set(places.grids.map((g) => g.id));
  const active = staff.assignments.filter((a) => known.has(a.grid_id) && holdsOn(a, day));
  const held = new Map<number, Set<number>>();
  for (const a of active) {
    const grids = held.get(a.worker_id) ?? new Set();
    held.set(a.worker_id, grids.add(a.grid_id));
  }
  const kinds = new Map(staff.workers.map((w) => [w.id, w.kind]));
  const away = awayOn(staff.absences, day);
  for (const { worker_id, grid_id, duty } of active) {
    const kind = kinds.get(worker_id);
    if (kind === undefined) throw new Error(`assignment to grid ${grid_id}: worker_id ${worker_id} is no worker`);
    const holder = { worker_id, kind, duty, on_post: !away.has(worker_id), grids: held.get(worker_id)!.size };
    const holders = byGrid.get(grid_id);
    if (holders) holders.push(holder);
    else byGrid.set(grid_id, [holder]);
  }
  return byGrid;
}

function coverageOfGrid(holders: readonly Holder[]): GridCoverage {
  const present = holders.filter((h) => h.on_post);
  const fullTime = present.filter((h) => h.kind === 'full_time');
  const coverage =
    fullTime.length === 0 ? 'vacant' : fullTime.some((h) => h.duty === 'own' && h.grids === 1) ? 'own' : 'shared';
  return {
    coverage,
    staff: countStaff(holders.filter((h) => h.duty === 'own')),
    uncovered: present.length === 0,
  };
}

/** Counts each worker once. */
function countStaff(holders: readonly Holder[]): StaffCounts {
  const counts = {
    full_time: 0,
    stability: 0,
    auxiliary: 0,
    full_time_on_post: 0,
    stability_on_post: 0,
    auxiliary_on_post: 0,
  };
  const seen = new Set<number>();
  for (const { worker_id, kind, on_post } of holders) {
    if (seen.has(worker_id)) continue;
    seen.add(worker_id);
    counts[kind]++;
    if (on_post) counts[`${kind}_on_post`]++;
  }
  return counts;
}
