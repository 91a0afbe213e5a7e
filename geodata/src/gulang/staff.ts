/**
 * 网格员 of the demonstration county. The totals are facts (278 专职, 186 创稳, 1,871 辅助); who stands where, who is away
 * and who covers is synthetic, laid out so that on the anchor day vacant, shared and uncovered grids exist to be found.
 */
import type { Dwelling, Grid, IsoDay, Staff, Worker, WorkerKind } from '../county/county.ts';
import { apportion } from './apportion.ts';
import { isVacated } from './dwelling-figures.ts';
import { PLANE } from './frame.ts';
import { type Random, random } from './random.ts';
import { History } from './staff-history.ts';

/** 在册 on the anchor day. */
export const REGISTER: Readonly<Record<WorkerKind, number>> = { full_time: 278, stability: 186, auxiliary: 1871 };

/** What the anchor day shows, by grids. Together: 10 vacant, of which 3 uncovered; 14 shared; the rest own. */
export const SITUATION = {
  /** No full-time worker 在册 and nobody else either: uncovered. */
  unstaffed: 3,
  /** No full-time worker 在册, covered 代管 by the neighbour's: two shared grids each. */
  unstaffed_covered: 3,
  /** The full-time worker is away, nobody covers: vacant, others on post. */
  away: 7,
  /** The full-time worker is away, the neighbour's covers 顶岗: two shared grids each. */
  away_covered: 4,
} as const;

/** Two full-time workers at one grid 一格多员: as many as grids have none, for there are as many workers as grids. */
const DOUBLED = SITUATION.unstaffed + SITUATION.unstaffed_covered;

export interface Posts {
  readonly grids: readonly Grid[];
  readonly dwellings: readonly Dwelling[];
}

/** Staff as on the anchor day, with the year before it; later days continue what then holds. */
export function gulangStaff(posts: Posts, { seed, anchor }: { seed: number; anchor: IsoDay }): Staff {
  const plan = planFullTime(posts, random(seed, 'staffing'));
  const workers: Worker[] = [];
  const hire = (kind: WorkerKind, grid: Grid): Worker => {
    const id = workers.length + 1;
    workers.push({
      id,
      code: `网格员${String(id).padStart(4, '0')}`,
      kind,
      // Chinese mobile numbers begin with 13 to 19; 100 opens short service numbers, so that 11 digits reach nobody.
      work_phone: `100${String(id).padStart(8, '0')}`,
      village_code: grid.village_code,
    });
    return workers.at(-1)!;
  };

  const fullTime = new Map<number, Worker[]>();
  for (const grid of posts.grids) {
    const n = plan.unstaffed.has(grid.id) ? 0 : plan.doubled.has(grid.id) ? 2 : 1;
    fullTime.set(
      grid.id,
      Array.from({ length: n }, () => hire('full_time', grid)),
    );
  }
  const history = new History(random(seed, 'staff history'), anchor);
  postFullTime(posts, plan, fullTime, history);
  for (const grid of stabilityGrids(posts.grids)) history.post(hire('stability', grid), grid);
  const auxiliaries = auxiliariesByGrid(posts, plan);
  posts.grids.forEach((grid, g) => {
    for (let i = 0; i < auxiliaries[g]!; i++) history.post(hire('auxiliary', grid), grid);
  });
  for (const worker of workers) if (worker.kind !== 'full_time') history.leaves(worker);
  return { workers, assignments: history.assignments, absences: history.absences };
}

interface Plan {
  readonly unstaffed: ReadonlySet<number>;
  readonly uncovered: ReadonlySet<number>;
  readonly doubled: ReadonlySet<number>;
  readonly away: ReadonlySet<number>;
  /** Grid without its own worker → grid whose worker covers it. */
  readonly covered: ReadonlyMap<number, number>;
}

function planFullTime({ grids, dwellings }: Posts, uniform: Random): Plan {
  const households = householdsByGrid(dwellings);
  const free = new Set(grids.map((g) => g.id));
  const take = (from: readonly Grid[], n: number): number[] => {
    const left = from.filter((g) => free.has(g.id)).map((g) => g.id);
    const taken = Array.from({ length: n }, () => left.splice(Math.floor(uniform() * left.length), 1)[0]!);
    for (const id of taken) free.delete(id);
    return taken;
  };
  const rural = grids.filter((g) => g.class === 'rural' && !isVacated(g));
  const large = grids.toSorted((a, b) => households.get(b.id)! - households.get(a.id)!).slice(0, 40);

  const doubled = take(large, DOUBLED);
  // Nobody is posted on land that was left; elsewhere a grid without anyone would soon be noticed.
  const uncovered = take(grids.filter(isVacated), SITUATION.unstaffed);
  const unstaffedCovered = take(rural, SITUATION.unstaffed_covered);
  const awayCovered = take(rural, SITUATION.away_covered);
  const away = take(
    grids.filter((g) => g.class === 'community' || (g.class === 'rural' && !isVacated(g))),
    SITUATION.away,
  );
  const place = new Map(grids.map((g) => [g.id, middle(dwellings.filter((d) => d.grid_id === g.id))]));
  const covered = new Map<number, number>();
  for (const id of [...unstaffedCovered, ...awayCovered]) {
    const [x, y] = place.get(id)!;
    const far = (g: Grid) => Math.hypot(place.get(g.id)![0] - x, place.get(g.id)![1] - y);
    const neighbour = rural.filter((g) => free.has(g.id)).reduce((best, g) => (far(g) < far(best) ? g : best));
    free.delete(neighbour.id);
    covered.set(id, neighbour.id);
  }
  return {
    unstaffed: new Set([...uncovered, ...unstaffedCovered]),
    uncovered: new Set(uncovered),
    doubled: new Set(doubled),
    away: new Set([...away, ...awayCovered]),
    covered,
  };
}

function postFullTime(
  { grids }: Posts,
  plan: Plan,
  fullTime: ReadonlyMap<number, readonly Worker[]>,
  history: History,
): void {
  // Some pairs changed places during the year; before and after, each held one grid.
  const movable = grids.filter((g) => fullTime.get(g.id)!.length === 1 && !plan.away.has(g.id) && !isVacated(g));
  const swapped = history.pairs(movable, 11);
  for (const grid of grids) {
    for (const worker of fullTime.get(grid.id)!) {
      const partner = swapped.get(grid);
      if (partner) history.moved(worker, partner.grid, grid, partner.day);
      else history.post(worker, grid);
    }
    const [first] = fullTime.get(grid.id)!;
    if (first && plan.away.has(grid.id)) history.away(first);
    const from = plan.covered.get(grid.id);
    if (from !== undefined) history.cover(fullTime.get(from)![0]!, grid, first ?? null);
  }
  // One of a pair may be away without a gap.
  const [pair] = plan.doubled;
  if (pair !== undefined) history.away(fullTime.get(pair)![1]!);
  const busy = new Set([...plan.away, ...plan.doubled, ...plan.covered.values()]);
  for (const grid of grids)
    if (!busy.has(grid.id)) for (const worker of fullTime.get(grid.id)!) history.pastLeave(worker);
}

/** One of each village committee, at the first of its ordinary grids. */
function stabilityGrids(grids: readonly Grid[]): Grid[] {
  const first = new Map<string, Grid>();
  for (const grid of grids) {
    if (grid.class === 'rural' && !isVacated(grid) && !first.has(grid.village_code)) first.set(grid.village_code, grid);
  }
  return [...first.values()];
}

/** By households, at least one where anyone is posted at all. */
function auxiliariesByGrid({ grids, dwellings }: Posts, plan: Plan): number[] {
  const households = householdsByGrid(dwellings);
  const least = grids.map((g) => (plan.uncovered.has(g.id) ? 0 : 1));
  const more = apportion(
    REGISTER.auxiliary - least.reduce<number>((s, n) => s + n, 0),
    // The root evens out: a grid of few households is wide.
    grids.map((g, i) => (least[i] === 0 ? 0 : households.get(g.id)! ** 0.7)),
  );
  return least.map((n, i) => n + more[i]!);
}

const householdsByGrid = (dwellings: readonly Dwelling[]): Map<number, number> => {
  const households = new Map<number, number>();
  for (const d of dwellings) households.set(d.grid_id, (households.get(d.grid_id) ?? 0) + d.households);
  return households;
};

const middle = (dwellings: readonly Dwelling[]): readonly [number, number] => {
  const points = dwellings.map((d) => PLANE.forward(d.point));
  return [points.reduce((s, [x]) => s + x, 0) / points.length, points.reduce((s, [, y]) => s + y, 0) / points.length];
};
